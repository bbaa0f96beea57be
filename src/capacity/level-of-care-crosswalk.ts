import { levelsOfCare, type LevelOfCare } from '../kernel/vocabulary';
import { readRules } from '../platform/config';

interface Row {
  readonly level: LevelOfCare | null;
  readonly note: string;
}

interface BroadRow extends Row {
  /** Finer codes; where one of them is given the broad code adds nothing. */
  readonly unless: readonly string[];
}

/** The content of `rules/level-of-care.json`: data that a state's clinician may correct without touching code. */
export interface LevelOfCareRules {
  readonly version: string;
  readonly isVerifiedAtSource: boolean;
  readonly samhsaSettings: Readonly<Record<string, Row>>;
  readonly samhsaBroadSettings: Readonly<Record<string, BroadRow>>;
  readonly asamThirdEdition: Readonly<Record<string, Row>>;
}

const sections = ['samhsaSettings', 'samhsaBroadSettings', 'asamThirdEdition'] as const;

const problemsOf = (rules: LevelOfCareRules): string[] => {
  const broad = Object.entries(rules.samhsaBroadSettings).flatMap(([code, { unless }]) =>
    unless.filter((finer) => !(finer in rules.samhsaSettings)).map((finer) => `${code}: no setting ${finer}`),
  );
  const levels = sections.flatMap((section) =>
    Object.entries(rules[section])
      .filter(([, { level }]) => level !== null && !Object.hasOwn(levelsOfCare, level))
      .map(([code, { level }]) => `${section}.${code}: no level of care ${String(level)}`),
  );
  return [...broad, ...levels];
};

/** Leads other vocabularies to levels of care of the ASAM Criteria, 4th edition. */
export class LevelOfCareCrosswalk {
  /** Throws when the rules name a level or a setting that does not exist. */
  constructor(private readonly rules: LevelOfCareRules) {
    const problems = problemsOf(rules);
    if (problems.length > 0) throw new Error(`Level-of-care rules ${rules.version}: ${problems.join('; ')}`);
  }

  get version(): string {
    return this.rules.version;
  }

  /** SAMHSA setting codes that this crosswalk knows. */
  get settings(): string[] {
    return [...Object.keys(this.rules.samhsaSettings), ...Object.keys(this.rules.samhsaBroadSettings)];
  }

  /** Levels for SAMHSA service-setting codes, each once, in ascending order. Codes of other categories are passed over. */
  levelsOfSettings(codes: ReadonlySet<string>): LevelOfCare[] {
    const fine = Object.entries(this.rules.samhsaSettings).filter(([code]) => codes.has(code));
    const broad = Object.entries(this.rules.samhsaBroadSettings).filter(
      ([code, { unless }]) => codes.has(code) && !unless.some((finer) => codes.has(finer)),
    );
    const levels = [...fine, ...broad].map(([, { level }]) => level).filter((level) => level !== null);
    return [...new Set(levels)].sort();
  }

  /** Level for one of the 3rd edition, for example `3.2-WM`; `null` when it has none, `undefined` when it is unknown. */
  levelOfThirdEdition(level: string): LevelOfCare | null | undefined {
    return this.rules.asamThirdEdition[level]?.level;
  }
}

let shipped: LevelOfCareCrosswalk | undefined;

/** The crosswalk in `rules/level-of-care.json`, read once. Throws when the file is missing or names unknown levels. */
export const levelOfCareCrosswalk = (): LevelOfCareCrosswalk => {
  shipped ??= new LevelOfCareCrosswalk(readRules('level-of-care.json') as LevelOfCareRules);
  return shipped;
};
