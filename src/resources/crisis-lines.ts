import { isState } from '../agencies';
import { readRules } from '../platform/config';

/** Languages that fixed texts are written in. */
export const helpLanguages = { en: 'English', es: 'Spanish' } as const;
export type HelpLanguage = keyof typeof helpLanguages;
export const helpLanguageNames = Object.keys(helpLanguages) as HelpLanguage[];

interface LineWords {
  readonly name: string;
  readonly does: string;
  readonly press: string | null;
}
interface LineRule {
  readonly id: string;
  readonly phone: string;
  readonly text: string | null;
  readonly hours: string;
  readonly states: readonly string[];
  readonly words: Readonly<Record<HelpLanguage, LineWords>>;
  readonly source: string;
}

/** A line anybody may call, in one language. */
export interface CrisisLineFacts extends LineWords, Omit<LineRule, 'words'> {
  readonly language: HelpLanguage;
}

/** The file is data: what its type promises may be missing. */
const isWorded = ({ words }: LineRule, language: HelpLanguage): boolean => {
  const own = words[language] as LineWords | undefined;
  return Boolean(own?.name && own.does);
};

const problemsOf = (line: LineRule): string[] => [
  ...(/^\d{3}$|^\d{3}-\d{3}-\d{4}$/.test(line.phone) ? [] : [`${line.id}: ${line.phone} is no number`]),
  ...line.states.filter((state) => !isState(state)).map((state) => `${line.id}: no state ${state}`),
  ...helpLanguageNames.filter((language) => !isWorded(line, language)).map((one) => `${line.id} lacks ${one}`),
  ...(line.source ? [] : [`${line.id} lacks its source`]),
];

/** Data an operator may correct. Throws when it is faulty. */
export class CrisisLines {
  constructor(private readonly lines: readonly LineRule[]) {
    const problems = lines.flatMap(problemsOf);
    if (problems.length > 0) throw new Error(`rules/crisis-lines.json: ${problems.join('; ')}`);
  }

  /** In the order they are printed; those of the whole country, and of the state if one is named. */
  in(language: HelpLanguage, state: string | null): CrisisLineFacts[] {
    return this.lines
      .filter(({ states }) => states.length === 0 || (state !== null && states.includes(state)))
      .map(({ words, ...line }) => ({ ...line, ...words[language], language }));
  }
}

export const crisisLines = (): CrisisLines =>
  new CrisisLines((readRules('crisis-lines.json') as { lines: LineRule[] }).lines);
