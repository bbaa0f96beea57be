/** A text that may be shown before anything is handed over. */
export interface PromiseText {
  /** Whose it is: one agency’s own programme, a state’s (USPS code), or DEFAULT. */
  readonly of: string;
  readonly number: number;
  readonly isCurrent: boolean;
}

/** The current text that holds for an agency: its own programme’s, else its state’s, else the default. */
export const promiseFor = <Text extends PromiseText>(
  texts: readonly Text[],
  agency: { readonly id: string; readonly state: string },
): Text | null => {
  const current = texts.filter(({ isCurrent }) => isCurrent);
  const found = [agency.id, agency.state, 'DEFAULT'].map((of) => current.find((text) => text.of === of));
  return found.find((text) => text !== undefined) ?? null;
};

/** Names text and number, for example `no-arrest/OH/1`: what is kept, because the language could tell who it was shown to. */
export const keptVersion = ({ of, number }: PromiseText): string => `no-arrest/${of}/${number}`;

/** What was shown, for example `no-arrest/OH/1/en`. */
export const shownVersion = (text: PromiseText, language: string): string => `${keptVersion(text)}/${language}`;
