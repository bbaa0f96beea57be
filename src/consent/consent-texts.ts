import { createHash } from 'node:crypto';
import { consentScopes, type ConsentScope } from '../access';
import { readRules } from '../platform/config';
import {
  consentExpiries,
  consentKinds,
  consentPurposes,
  discloserClasses,
  informationClasses,
  isScopeOf,
  recipientKinds,
  statementElements,
  statementsOf,
  type ConsentExpiry,
  type ConsentKind,
  type ConsentPurpose,
  type DiscloserClass,
  type InformationClass,
  type RecipientKind,
  type StatementElement,
} from './engine/vocabulary';

/** What a text makes of a consent that is signed under it; the blanks in it are `{person}`, `{recipient}` and `{expires}`. */
interface TextMeaning {
  readonly kind: ConsentKind;
  readonly permits: readonly ConsentScope[];
  readonly recipientKinds: readonly RecipientKind[];
  readonly disclosers: readonly DiscloserClass[];
  readonly information: readonly InformationClass[];
  readonly purposes: readonly ConsentPurpose[];
  readonly expiries: readonly ConsentExpiry[];
  /** Days from the signature to its end, where nothing else was agreed. */
  readonly defaultDays: number;
}

interface Wording {
  readonly title: string;
  readonly statements: Readonly<Partial<Record<StatementElement, string>>>;
}

interface CatalogText extends TextMeaning {
  readonly name: string;
  readonly number: number;
  /** False: no longer shown, still known by its version. */
  readonly isCurrent: boolean;
  readonly languages: Readonly<Record<string, Wording>>;
}

/** The content of `rules/consent-texts.json`. */
export interface TextCatalog {
  readonly texts: readonly CatalogText[];
}

/** A text in one language, as it is shown before somebody signs. */
export interface ShownText extends TextMeaning {
  /** Names text, number and language, for example `outcome-to-sender/1/en`. */
  readonly version: string;
  readonly language: string;
  readonly isCurrent: boolean;
  readonly title: string;
  readonly body: string;
  /** SHA-256 of title and body, hexadecimal. */
  readonly hash: string;
  readonly statements: readonly StatementElement[];
}

const ELEMENTS = Object.keys(statementElements) as StatementElement[];

const shownText = (
  { name, number, languages: _, ...text }: CatalogText,
  language: string,
  wording: Wording,
): ShownText => {
  const statements = ELEMENTS.filter((element) => Boolean(wording.statements[element]?.trim()));
  const body = statements.map((element) => wording.statements[element]).join('\n\n');
  const hash = createHash('sha256').update(`${wording.title}\n\n${body}`).digest('hex');
  return { ...text, version: `${name}/${number}/${language}`, language, title: wording.title, body, hash, statements };
};

const strange = (values: readonly string[], table: object): string[] =>
  values.filter((value) => !Object.hasOwn(table, value));

const strangeWords = (text: ShownText): string[] => [
  ...strange([text.kind], consentKinds),
  ...strange(text.permits, consentScopes),
  ...strange(text.recipientKinds, recipientKinds),
  ...strange(text.disclosers, discloserClasses),
  ...strange(text.information, informationClasses),
  ...strange(text.purposes, consentPurposes),
  ...strange(text.expiries, consentExpiries),
];

const problemsOf = (text: ShownText): string[] => {
  const words = strangeWords(text);
  if (words.length > 0) return words.map((word) => `no word ${word}`);
  const unsaid = statementsOf(text.kind).filter((element) => !text.statements.includes(element));
  const beyond = text.permits.filter((scope) => !isScopeOf(text.kind, scope));
  const isFilled = [text.recipientKinds, text.disclosers, text.information, text.purposes, text.expiries].every(
    (list) => list.length > 0,
  );
  return [
    ...unsaid.map((element) => `does not say ${element}`),
    ...beyond.map((scope) => `permits ${scope}, which its kind cannot`),
    ...(isFilled ? [] : ['has an empty list']),
    ...(text.defaultDays > 0 ? [] : ['ends before it begins']),
  ];
};

/** The texts that may be shown to a person before they sign: data, each version of each language with its hash. */
export class ConsentTexts {
  readonly #byVersion: ReadonlyMap<string, ShownText>;

  /** Throws when a text lacks a statement that 42 CFR 2.31 asks of its kind, or uses an unknown word. */
  constructor({ texts }: TextCatalog) {
    const shown = texts.flatMap((text) =>
      Object.entries(text.languages).map(([language, wording]) => shownText(text, language, wording)),
    );
    this.#byVersion = new Map(shown.map((text) => [text.version, text]));
    const problems = shown.flatMap((text) => problemsOf(text).map((problem) => `${text.version} ${problem}`));
    if (this.#byVersion.size < shown.length) problems.push('a version is given twice');
    if (problems.length > 0) throw new Error(`Consent texts: ${problems.join('; ')}`);
  }

  /** The text of a version, current or not. */
  find(version: string): ShownText | undefined {
    return this.#byVersion.get(version);
  }

  /** What is shown today in a language; empty for one that has no texts. */
  current(language: string): ShownText[] {
    return [...this.#byVersion.values()].filter((text) => text.isCurrent && text.language === language);
  }

  get languages(): string[] {
    return [...new Set([...this.#byVersion.values()].map(({ language }) => language))].sort();
  }
}

let shipped: ConsentTexts | undefined;

/** The texts in `rules/consent-texts.json`, read once. */
export const consentTexts = (): ConsentTexts => {
  shipped ??= new ConsentTexts(readRules('consent-texts.json') as TextCatalog);
  return shipped;
};
