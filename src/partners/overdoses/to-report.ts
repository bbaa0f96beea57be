import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { counties } from '../../agencies';
import type { ImportedReport, NaloxoneGiver, SuspectedSubstance } from '../../overdoses';
import { unreadableReasons } from '../csv/reject';
import type { CountyRule, OverdoseAdapter, Told, Translation } from './adapter';
import { retractionOf } from './retractions';

export const rejectReasons = {
  ...unreadableReasons,
  NO_KEY: 'The columns that make the key of a report are blank.',
  UNKNOWN_TIME: 'When it happened cannot be read.',
  UNKNOWN_COUNTY: 'The county is blank or none that exists.',
  UNKNOWN_VALUE: 'A column that must be understood holds a value that the adapter does not know.',
  CANCELLED: 'Its disposition says that it was called off.',
  DUPLICATE: 'Its disposition says that it stands in the file already.',
  DUPLICATE_ROW: 'The same row stands in the file already.',
  KEY_AGAIN: 'Another row of its key, which says something else, stands in the file already: the first one was taken.',
  NOT_AN_OVERDOSE: 'Its disposition says that it was no overdose.',
  RESPONDER_EXPOSURE: 'A responder who was exposed, and nobody who overdosed.',
  NOT_TOGETHER: 'A further row of a report whose rows stood together before: sort the file by its key.',
  REFUSED: 'The facts do not go together; the message says which.',
} as const;
export type RejectReason = keyof typeof rejectReasons;

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, string>>;
export interface Unfit {
  readonly reason: RejectReason;
  readonly message: string;
}
type Fields = Extract<ImportedReport, { report: unknown }>['report'];

const ABSENT = /^(null|n\/a|na|none)?$/i;
const textIn = (row: Row, column: string): string => {
  const text = (row[column] ?? '').trim();
  return ABSENT.test(text) ? '' : text;
};
const unfit = (reason: RejectReason, message: string): Unfit => ({ reason, message });
export const isUnfit = (value: object): value is Unfit => 'reason' in value;

/** A thousands separator is no part of a number. */
const plain = (text: string): string => text.replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');

/** As long as the key of a report may be. */
const MOST_OF_KEY = 100;

/** A longer key stands as what only it comes to. */
const fittingKey = (key: string): string =>
  key.length <= MOST_OF_KEY ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;

/** The key of a row’s report in its source; null: blank. */
export const keyOf = (adapter: OverdoseAdapter, row: Row): string | null => {
  const parts = adapter.key.map((column) => plain(textIn(row, column)));
  return parts.every((part) => part === '') ? null : fittingKey(`${adapter.name}:${parts.join(':')}`);
};

const translated = <Value>(row: Row, { column, values, otherwise }: Translation<Value>): Value | null | undefined => {
  const text = textIn(row, column).toLowerCase();
  const known = Object.entries(values).find(([name]) => name.toLowerCase() === text);
  if (known) return known[1];
  return text === '' ? null : otherwise;
};

/** A fact that every report needs. */
const required = (row: Row, told: Told<boolean>): boolean | Unfit => {
  if ('fixed' in told) return told.fixed;
  const isSo = translated(row, told);
  if (typeof isSo === 'boolean') return isSo;
  const isBlank = textIn(row, told.column) === '';
  const why = isBlank
    ? 'is blank, and the adapter does not say what that stands for (`"": …`).'
    : 'has a value that is not in the adapter.';
  return unfit('UNKNOWN_VALUE', `${told.column} ${why}`);
};

const timeIn = (
  row: Row,
  { columns, formats, dayFormats = [], zone, isMidnightUnknown = false }: OverdoseAdapter['occurredAt'],
) => {
  const text = columns
    .map((column) => textIn(row, column))
    .join(' ')
    .trim();
  const read = (ways: readonly string[]) =>
    ways.map((way) => DateTime.fromFormat(text, way, { zone })).find(({ isValid }) => isValid);
  const moment = read(formats);
  const day = moment ?? read(dayFormats);
  if (!day) return unfit('UNKNOWN_TIME', `${columns.join(' + ')} cannot be read.`);
  const isMidnight = day.hour === 0 && day.minute === 0 && day.second === 0;
  return { occurredAt: day.toJSDate(), isTimeKnown: moment !== undefined && !(isMidnight && isMidnightUnknown) };
};

const countyIn = (row: Row, rule: CountyRule): string | null => {
  if ('fixed' in rule) return rule.fixed;
  const { column, prefix = '', onlyWhere } = rule;
  if (onlyWhere && textIn(row, onlyWhere.column).toLowerCase() !== onlyWhere.is.toLowerCase()) return null;
  const text = textIn(row, column);
  if (!/^\d{1,5}$/.test(text)) return null;
  const fips = `${prefix}${text.padStart(5 - prefix.length, '0')}`;
  return counties().isCounty(fips) ? fips : null;
};

/** Whether the row tells a point, be it one that fits. */
export const tellsPoint = (row: Row, { point }: OverdoseAdapter): boolean =>
  point !== undefined && textIn(row, point.latitude) + textIn(row, point.longitude) !== '';

/** A point that cannot be of this county is a slip of the file: the county stands without it. */
const pointIn = (row: Row, { point }: OverdoseAdapter, countyFips: string) => {
  if (!point) return {};
  const [latitude, longitude] = [point.latitude, point.longitude].map((column) => {
    const text = textIn(row, column);
    return text === '' ? NaN : Number(text);
  }) as [number, number];
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return {};
  const found = counties().countyAt(latitude, longitude);
  const isNear =
    found === countyFips ||
    (counties()
      .county(countyFips)
      ?.neighbours.includes(found ?? '') ??
      false);
  return isNear ? { latitude, longitude } : {};
};

const wholeNumber = (text: string, most: number): number | null => {
  const value = Number(text === '' ? NaN : plain(text));
  return Number.isInteger(value) && value >= 0 && value <= most ? value : null;
};

const MOST_DOSES = 50;

type Doses = NonNullable<OverdoseAdapter['doses']>;
type Giving = readonly [by: NaloxoneGiver, count: number | null];

/** Each giving once, however many rows repeat it. */
const givingsIn = (rows: readonly Row[], { column, event, by }: Doses): Giving[] => {
  const told = rows.filter((row) => textIn(row, column) !== '');
  const givings = told.map((row, at): [string, Giving] => {
    const count = wholeNumber(textIn(row, column), MOST_DOSES);
    return [event === undefined ? String(at) : textIn(row, event), [translated(row, by) ?? by.blank, count]];
  });
  return [...new Map(givings).values()];
};

/** Added up by giver; none counted is a giving without a number. */
const dosesIn = (rows: readonly Row[], { doses }: OverdoseAdapter) => {
  if (!doses) return null;
  const sums = new Map<NaloxoneGiver, number>();
  for (const [by, count] of givingsIn(rows, doses)) sums.set(by, (sums.get(by) ?? 0) + (count ?? 0));
  const added = [...sums].map(([by, sum]) => ({ by, count: sum === 0 ? null : Math.min(MOST_DOSES, sum) }));
  return added.length === 0 ? null : added;
};

const substancesIn = (rows: readonly Row[], { substances }: OverdoseAdapter): SuspectedSubstance[] => {
  if (!substances) return [];
  const { columns, ...translation } = substances;
  const told = rows.flatMap((row) => columns.map((column) => translated(row, { column, ...translation })));
  return [...new Set(told.filter((one) => one !== null && one !== undefined))].sort();
};

const excluded = (row: Row, { exclude = [] }: OverdoseAdapter) =>
  exclude.find(({ column, startsWith }) => {
    const text = textIn(row, column).toLowerCase();
    return startsWith.some((beginning) => text.startsWith(beginning.toLowerCase()));
  });

/** The facts that may be missing. */
const detailsIn = (rows: readonly [Row, ...Row[]], adapter: OverdoseAdapter): Partial<Fields> => {
  const [row] = rows;
  const residence = adapter.residenceCounty ? countyIn(row, adapter.residenceCounty) : null;
  return {
    doses: dosesIn(rows, adapter),
    suspectedSubstances: substancesIn(rows, adapter),
    transport: (adapter.transport && translated(row, adapter.transport)) ?? null,
    residence: residence === null ? null : { countyFips: residence },
    person: {
      ageYears: adapter.age ? wholeNumber(textIn(row, adapter.age.column), 120) : null,
      sex: (adapter.sex && translated(row, adapter.sex)) ?? null,
    },
  };
};

/** Without doses that nobody gave; and of whoever died it says nothing that they were not taken because they refused. */
const fitting = (
  details: Partial<Fields>,
  { isFatal, isNaloxoneGiven }: { readonly isFatal: boolean; readonly isNaloxoneGiven: boolean },
): Partial<Fields> => ({
  ...details,
  ...(!isNaloxoneGiven && { doses: null }),
  ...(isFatal && details.transport === 'REFUSED' && { transport: null }),
});

/** The report that the rows of one victim make; or why they make none. A row marked as none takes an earlier report back. */
export const toReport = (adapter: OverdoseAdapter, rows: readonly [Row, ...Row[]]): ImportedReport | Unfit => {
  const [row] = rows;
  const clientId = keyOf(adapter, row);
  if (clientId === null) return unfit('NO_KEY', `${adapter.key.join(' + ')} is blank.`);
  const exclusion = excluded(row, adapter);
  if (exclusion) return { clientId, retracted: retractionOf[exclusion.reason] };
  const time = timeIn(row, adapter.occurredAt);
  if ('reason' in time) return time;
  const countyFips = countyIn(row, adapter.county);
  if (countyFips === null) return unfit('UNKNOWN_COUNTY', 'No county of this code.');
  const isFatal = required(row, adapter.isFatal);
  if (typeof isFatal === 'object') return isFatal;
  const isNaloxoneGiven = required(row, adapter.isNaloxoneGiven);
  if (typeof isNaloxoneGiven === 'object') return isNaloxoneGiven;
  const words = (adapter.place ?? []).map((column) => textIn(row, column)).filter((text) => text !== '');
  const place = words.length === 0 ? {} : { place: words.join(', ').slice(0, 300) };
  const report = {
    ...fitting(detailsIn(rows, adapter), { isFatal, isNaloxoneGiven }),
    ...time,
    where: { countyFips, ...pointIn(row, adapter, countyFips), ...place },
    isFatal,
    isNaloxoneGiven,
  };
  return { clientId, report };
};

/** Why a row that takes a report back is no report itself. */
export const exclusionReason = (adapter: OverdoseAdapter, row: Row): RejectReason =>
  excluded(row, adapter)?.reason ?? 'REFUSED';
