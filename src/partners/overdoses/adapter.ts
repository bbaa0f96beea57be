import { IANAZone } from 'luxon';
import {
  naloxoneGivers,
  suspectedSubstances,
  transports,
  type NaloxoneGiver,
  type RetractionReason,
  type SuspectedSubstance,
  type Transport,
} from '../../overdoses';
import { keysOf, sexes, type Sex } from '../../kernel/vocabulary';

/** A value of a column to one of ours; compared without case and outer blanks. `otherwise`: for what is not listed and not blank. */
export interface Translation<Value> {
  readonly column: string;
  readonly values: Readonly<Record<string, Value | null>>;
  readonly otherwise?: Value | null;
}

/** The same for every row, or translated from a column. */
export type Told<Value> = { readonly fixed: Value } | Translation<Value>;

/** Rows that are no report. A row of a known report, so marked later, takes the report back. */
export interface Exclusion {
  readonly column: string;
  /** Beginnings of the value, without case. */
  readonly startsWith: readonly string[];
  readonly reason: 'CANCELLED' | 'DUPLICATE' | 'NOT_AN_OVERDOSE' | 'RESPONDER_EXPOSURE';
}

export type CountyRule =
  | { readonly fixed: string }
  /** `prefix` stands before the column’s digits: three digits of a county need the two of their state. */
  | {
      readonly column: string;
      readonly prefix?: string;
      readonly onlyWhere?: { readonly column: string; readonly is: string };
    };

/** How a file of incidents is read: data a county writes for its own files, `rules/overdose-adapters/<name>.json`. */
export interface OverdoseAdapter {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  /** What the file does not say and the adapter takes as given, in words for whoever reads the figures. */
  readonly assumes: readonly string[];
  /** Columns that make the key of a report. Thousands separators are no part of a number in it. */
  readonly key: readonly string[];
  /** One victim stands on several rows, together in the file: they make one report. */
  readonly hasRowsPerVictim: boolean;
  readonly occurredAt: {
    readonly columns: readonly string[];
    /** As Luxon reads them (`MM/dd/yyyy HH:mm:ss`), the first that fits. */
    readonly formats: readonly string[];
    readonly zone: string;
    /** 00:00 stands for a time that nobody knows. */
    readonly isMidnightUnknown: boolean;
    /** As `formats`, for rows that tell the day only. */
    readonly dayFormats?: readonly string[];
  };
  readonly county: CountyRule;
  readonly point?: { readonly latitude: string; readonly longitude: string };
  /** Columns that tell the place in words; kept sealed. */
  readonly place?: readonly string[];
  readonly residenceCounty?: CountyRule;
  readonly exclude?: readonly Exclusion[];
  readonly isFatal: Told<boolean>;
  readonly isNaloxoneGiven: Told<boolean>;
  /** Doses; `event` is the column that tells one giving from another where rows repeat it. */
  readonly doses?: {
    readonly column: string;
    readonly event?: string;
    readonly by: Translation<NaloxoneGiver> & { readonly blank: NaloxoneGiver };
  };
  readonly substances?: Omit<Translation<SuspectedSubstance>, 'column'> & { readonly columns: readonly string[] };
  readonly transport?: Translation<Transport>;
  readonly sex?: Translation<Sex>;
  readonly age?: { readonly column: string };
}

export const retractionOf: Readonly<Record<Exclusion['reason'], RetractionReason>> = {
  CANCELLED: 'NOT_AN_OVERDOSE',
  DUPLICATE: 'DUPLICATE',
  NOT_AN_OVERDOSE: 'NOT_AN_OVERDOSE',
  RESPONDER_EXPOSURE: 'NOT_AN_OVERDOSE',
};

const columnsOfCounty = (rule: CountyRule | undefined): string[] =>
  rule === undefined || 'fixed' in rule ? [] : [rule.column, ...(rule.onlyWhere ? [rule.onlyWhere.column] : [])];
const columnsOfTold = (told: Told<unknown> | undefined): string[] =>
  told === undefined || 'fixed' in told ? [] : [told.column];

/** Every column the adapter reads. */
export const columnsOf = (adapter: OverdoseAdapter): string[] => {
  const { key, occurredAt, point, place = [], exclude = [], doses, substances, age } = adapter;
  return [
    ...key,
    ...occurredAt.columns,
    ...[adapter.county, adapter.residenceCounty].flatMap(columnsOfCounty),
    ...(point ? [point.latitude, point.longitude] : []),
    ...place,
    ...exclude.map(({ column }) => column),
    ...[adapter.isFatal, adapter.isNaloxoneGiven, adapter.transport, adapter.sex, doses?.by].flatMap(columnsOfTold),
    ...(doses ? [doses.column, ...(doses.event === undefined ? [] : [doses.event])] : []),
    ...(substances?.columns ?? []),
    ...(age ? [age.column] : []),
  ];
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What a part of the adapter may translate to; a word of none of these would stop the import in the middle of a file. */
const codes = ({ isFatal, isNaloxoneGiven, doses, substances, transport, sex }: OverdoseAdapter) =>
  [
    ['isFatal', isFatal, [true, false]],
    ['isNaloxoneGiven', isNaloxoneGiven, [true, false]],
    ['doses.by', doses?.by, keysOf(naloxoneGivers)],
    ['substances', substances, keysOf(suspectedSubstances)],
    ['transport', transport, keysOf(transports)],
    ['sex', sex, keysOf(sexes)],
  ] as const;

const toldBy = (part: Partial<Translation<unknown> & { fixed: unknown; blank: unknown }>): unknown[] =>
  [...Object.values(part.values ?? {}), part.otherwise, part.fixed, part.blank].filter(
    (value) => (value ?? null) !== null,
  );

const codeFault = (adapter: OverdoseAdapter): string | null => {
  for (const [name, part, known] of codes(adapter)) {
    const strange = toldBy(part ?? {}).find((value) => !(known as readonly unknown[]).includes(value));
    if (strange !== undefined) {
      return `${name}: “${JSON.stringify(strange).replace(/^"|"$/g, '')}” is none of ${known.join(', ')}`;
    }
  }
  const reason = (adapter.exclude ?? []).map((one) => one.reason).find((one) => !Object.hasOwn(retractionOf, one));
  return reason === undefined ? null : `exclude: “${reason}” is none of ${keysOf(retractionOf).join(', ')}`;
};

/** The adapter, or what is wrong with the file that should hold one. Mistakes a county is likely to make are named. */
export const adapterFrom = (value: unknown): OverdoseAdapter | string => {
  if (!isRecord(value)) return 'is no JSON object';
  const missing = ['name', 'version', 'key', 'occurredAt', 'county', 'isFatal', 'isNaloxoneGiven'].filter(
    (part) => !(part in value),
  );
  if (missing.length > 0) return `lacks ${missing.join(', ')}`;
  const adapter = { assumes: [], hasRowsPerVictim: false, title: '', ...value } as unknown as OverdoseAdapter;
  if (!Array.isArray(adapter.key) || adapter.key.length === 0) return 'key: name the columns that make a report’s key';
  if (!Array.isArray(adapter.occurredAt.columns) || !Array.isArray(adapter.occurredAt.formats)) {
    return 'occurredAt: columns and formats are lists';
  }
  if (!IANAZone.isValidZone(adapter.occurredAt.zone)) {
    return 'occurredAt: there is no such zone, for example America/New_York';
  }
  return codeFault(adapter) ?? adapter;
};
