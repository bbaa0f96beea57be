import { createHash } from 'node:crypto';
import { invalid, type Refusal } from '../kernel/refusal';
import { readRules } from '../platform/config';
import { keptVersion, promiseFor, shownVersion, type PromiseText } from './engine/promise';

interface Exclusion {
  readonly code: string;
  readonly text: string;
}

interface Wording {
  readonly title: string;
  readonly promise: string;
  readonly exclusions: readonly Exclusion[];
}

interface CatalogPromise extends PromiseText {
  readonly languages: Readonly<Record<string, Wording>>;
}

export interface PromiseCatalog {
  readonly texts: readonly CatalogPromise[];
}

/** A promise in one language, as it is shown. */
export interface ShownPromise extends Wording {
  readonly version: string;
  readonly language: string;
  /** SHA-256 of what is shown, hexadecimal. */
  readonly hash: string;
}

interface PromisingAgency {
  readonly id: string;
  readonly state: string;
}

const problemsOf = (text: CatalogPromise): string[] =>
  Object.entries(text.languages).flatMap(([language, { title, promise, exclusions }]) => {
    const isWhole = [title, promise, ...exclusions.map((one) => one.text)].every((part) => part.trim() !== '');
    return isWhole && exclusions.length > 0 ? [] : [`${shownVersion(text, language)} is not whole`];
  });

const shown = (text: CatalogPromise, language: string, wording: Wording): ShownPromise => {
  const { title, promise, exclusions } = wording;
  const whole = [title, promise, ...exclusions.map((one) => one.text)].join('\n\n');
  const hash = createHash('sha256').update(whole).digest('hex');
  return { version: shownVersion(text, language), language, hash, title, promise, exclusions };
};

/** The texts that are shown before anything is handed over: data, each version of each language with its hash. */
export class NoArrestPromises {
  /** Throws when a text is not whole, is current beside another, or leaves agencies without one. */
  constructor(private readonly catalog: PromiseCatalog) {
    const { texts } = catalog;
    const current = texts.filter(({ isCurrent }) => isCurrent).map(({ of }) => of);
    const problems = texts.flatMap(problemsOf);
    if (!current.includes('DEFAULT')) problems.push('no current DEFAULT');
    if (new Set(current).size < current.length) problems.push('two texts of one place are current');
    if (new Set(texts.map(keptVersion)).size < texts.length) problems.push('a version is given twice');
    if (problems.length > 0) throw new Error(`rules/no-arrest-promises.json: ${problems.join('; ')}`);
  }

  /** What an agency shows today; null for a language it has no text in. */
  current(agency: PromisingAgency, language: string): ShownPromise | null {
    const text = this.textOf(agency);
    // The language is whatever a client sends: what an object inherits is no text.
    const wording = Object.hasOwn(text.languages, language) ? text.languages[language] : undefined;
    return wording ? shown(text, language, wording) : null;
  }

  languagesOf(agency: PromisingAgency): string[] {
    return Object.keys(this.textOf(agency).languages).sort();
  }

  /** The version to keep of what was attested: without its language. Refused unless it is what the agency shows today. */
  attested(agency: PromisingAgency, version: string, isShown: boolean): string | Refusal {
    const text = this.textOf(agency);
    const isCurrent = Object.keys(text.languages).some((language) => shownVersion(text, language) === version);
    if (!isCurrent) {
      const remedy = 'Ask `noArrestPromise` for the current text, show it, and send its version.';
      return invalid('input.promiseVersion', 'This is not the promise that your agency makes today.', remedy);
    }
    if (isShown) return keptVersion(text);
    const remedy = 'Show the promise and what it does not cover, then send `isPromiseShown: true`.';
    return invalid('input.isPromiseShown', 'Nothing changes hands before the promise was shown.', remedy);
  }

  private textOf(agency: PromisingAgency): CatalogPromise {
    const text = promiseFor(this.catalog.texts, agency);
    if (text === null) throw new Error('no promise is current');
    return text;
  }
}

export const noArrestPromises = (): NoArrestPromises =>
  new NoArrestPromises(readRules('no-arrest-promises.json') as PromiseCatalog);
