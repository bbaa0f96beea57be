/** What stands for what in names and addresses: data that an installation may extend (`rules/nicknames.json`, `rules/address-words.json`). */
export interface LinkageWords {
  /** Rows of given names that stand for each other, lower case, without accents. */
  readonly nicknames: readonly (readonly string[])[];
  /** Abbreviation to word, for example `st` to `street`. */
  readonly spelledOut: Readonly<Record<string, string>>;
  /** Words that most streets end in: they say little about which street it is. */
  readonly streetTypes: readonly string[];
  /** Names of states without spaces, to their postal abbreviations. */
  readonly states: Readonly<Record<string, string>>;
}
