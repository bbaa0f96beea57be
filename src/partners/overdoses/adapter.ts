import type { NaloxoneGiver, SuspectedSubstance, Transport } from '../../overdoses';
import type { Sex } from '../../kernel/vocabulary';
import { adapterFault } from './adapter-shape';
import type { retractionOf } from './retractions';

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
  readonly reason: keyof typeof retractionOf;
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
    readonly isMidnightUnknown?: boolean;
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

/** What the parts mean that may be left out. */
const LEFT_OUT = { assumes: [], hasRowsPerVictim: false, title: '' };

/** The adapter, or what is wrong with the file that should hold one. */
export const adapterFrom = (value: unknown): OverdoseAdapter | string =>
  adapterFault(value, '') ?? { ...LEFT_OUT, ...(value as OverdoseAdapter) };
