import type { HelpLanguage } from '../../resources';
import { levelsOfCare, type LevelOfCare } from '../../kernel/vocabulary';
import { readRules } from '../../platform/config';
import { toldBy } from '../telling-words';

/** The fixed words of a packet in one language. Words in braces are filled in. */
export interface PacketWords {
  readonly locale: string;
  /** Formats of luxon. */
  readonly time: string;
  readonly day: string;
  readonly title: string;
  /** `name` stands for a public name that would tell. */
  readonly outside: {
    readonly title: string;
    readonly lines: readonly string[];
    readonly call: string;
    readonly name: string;
  };
  /** `unnamed` stands for a name in a script that cannot be printed. */
  readonly meetings: {
    readonly title: string;
    readonly note: string;
    readonly none: string;
    readonly online: string;
    readonly unnamed: string;
  };
  readonly places: {
    readonly title: string;
    readonly note: string;
    readonly none: string;
    readonly room: string;
    readonly miles: string;
    readonly unnamed: string;
  };
  readonly primer: {
    readonly title: string;
    readonly intro: string;
    readonly steps: readonly string[];
    readonly safe: string;
  };
  readonly lines: { readonly title: string; readonly text: string };
  readonly us: { readonly title: string; readonly text: string };
  readonly care: Readonly<Record<LevelOfCare, string>>;
}

const problemsOf = (language: string, { outside, title, care, lines }: PacketWords): string[] => [
  ...[title, outside.title, outside.call, outside.name, ...outside.lines, lines.title]
    .flatMap(toldBy)
    .map((word) => `${language}: “${word}” on the outside tells a stranger`),
  ...Object.keys(levelsOfCare)
    .filter((level) => !Object.hasOwn(care, level))
    .map((level) => `${language} lacks ${level}`),
];

/** Data an operator may correct. Throws where the outside would tell a stranger why somebody came. */
export class PacketTexts {
  constructor(private readonly texts: Readonly<Record<HelpLanguage, PacketWords>>) {
    const problems = Object.entries(texts).flatMap(([language, words]) => problemsOf(language, words));
    if (problems.length > 0) throw new Error(`rules/packet-texts.json: ${problems.join('; ')}`);
  }

  in(language: HelpLanguage): PacketWords {
    return this.texts[language];
  }
}

export const packetTexts = (): PacketTexts =>
  new PacketTexts((readRules('packet-texts.json') as { texts: Record<HelpLanguage, PacketWords> }).texts);

/** `{count} open` with what is given: what is not given stays as it is. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
