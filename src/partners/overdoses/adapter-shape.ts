import { DateTime, IANAZone } from 'luxon';
import { counties } from '../../agencies';
import { keysOf, sexes } from '../../kernel/vocabulary';
import { naloxoneGivers, suspectedSubstances, transports } from '../../overdoses';
import { retractionOf } from './retractions';

/** What is wrong with a part of an adapter, in words for whoever wrote it; null: nothing. `path` is empty for the whole. */
type Check = (value: unknown, path: string) => string | null;
type Checks = Readonly<Record<string, Check>>;

const at = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
const shown = (value: unknown): string => JSON.stringify(value).replace(/^"|"$/g, '').slice(0, 60);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const firstOf = (faults: Iterable<string | null>): string | null => {
  for (const fault of faults) if (fault !== null) return fault;
  return null;
};

const text: Check = (value, path) =>
  typeof value === 'string' && value.trim() !== '' ? null : `${path}: is no text in quotes`;
const flag: Check = (value, path) => (typeof value === 'boolean' ? null : `${path}: is neither true nor false`);

const listOf =
  (item: Check, least: number): Check =>
  (value, path) =>
    Array.isArray(value) && value.length >= least
      ? firstOf(value.map((one, index) => item(one, `${path}[${index}]`)))
      : `${path}: is no list${least > 0 ? ' with something in it' : ''}, for example ["column"]`;

/** Named parts, and no others: a part that is misspelt would otherwise be passed over without a word. */
const partsOf =
  (needed: Checks, further: Checks = {}): Check =>
  (value, path) => {
    const names = [...Object.keys(needed), ...Object.keys(further)];
    const inside = path === '' ? '' : `${path}: `;
    if (!isRecord(value)) return `${inside}is no object with ${names.join(', ')}`;
    const missing = Object.keys(needed).filter((name) => (value[name] ?? null) === null);
    if (missing.length > 0) return `${inside}lacks ${missing.join(', ')}`;
    const strange = Object.keys(value).find((name) => !names.includes(name));
    if (strange !== undefined) return `${inside}has a part “${shown(strange)}”, and may have ${names.join(', ')}`;
    return firstOf(
      Object.entries({ ...needed, ...further }).map(([name, check]) =>
        (value[name] ?? null) === null ? null : check(value[name], at(path, name)),
      ),
    );
  };

const oneOf =
  (known: readonly unknown[], owner?: string): Check =>
  (value, path) =>
    known.includes(value) ? null : `${owner ?? path}: “${shown(value)}” is none of ${known.join(', ')}`;

/** Values of a column to codes of ours; null where a value says nothing. */
const values =
  (known: readonly unknown[]): Check =>
  (value, path) =>
    isRecord(value)
      ? firstOf(Object.values(value).map((one) => (one === null ? null : oneOf(known, owner(path))(one, path))))
      : `${path}: is no object of the values of the column, for example {"Y": …}`;
const owner = (path: string): string => path.replace(/\.(values|otherwise|fixed|blank)$/, '');
const code =
  (known: readonly unknown[]): Check =>
  (value, path) =>
    oneOf(known, owner(path))(value, path);

const translation = (known: readonly unknown[], needed: Checks = { column: text }): Check =>
  partsOf({ ...needed, values: values(known) }, { otherwise: code(known) });
const told =
  (known: readonly unknown[]): Check =>
  (value, path) =>
    (isRecord(value) && 'fixed' in value ? partsOf({ fixed: code(known) }) : translation(known))(value, path);

const fips: Check = (value, path) =>
  typeof value === 'string' && counties().isCounty(value)
    ? null
    : `${path}: no county has the FIPS code “${shown(value)}”`;
const digits: Check = (value, path) =>
  typeof value === 'string' && /^\d{1,4}$/.test(value) ? null : `${path}: is no text of digits, for example "39"`;
const county: Check = (value, path) => {
  const onlyWhere = partsOf({ column: text, is: text });
  const parts =
    isRecord(value) && 'fixed' in value
      ? partsOf({ fixed: fips })
      : partsOf({ column: text }, { prefix: digits, onlyWhere });
  return parts(value, path);
};

/** Two moments, so that no half of a clock and no order of day and month reads both. */
const MOMENTS = [DateTime.utc(2031, 11, 3, 22, 47), DateTime.utc(2028, 2, 29, 4, 5)];
const reads = (format: string, unit: 'day' | 'minute'): boolean =>
  MOMENTS.every((moment) =>
    DateTime.fromFormat(moment.toFormat(format), format, { zone: 'utc' }).hasSame(moment, unit),
  );
const format =
  (unit: 'day' | 'minute', what: string): Check =>
  (value, path) =>
    text(value, path) ?? (reads(String(value), unit) ? null : `${path}: “${shown(value)}” does not tell ${what}`);
const zone: Check = (value) =>
  IANAZone.isValidZone(String(value)) ? null : 'occurredAt: there is no such zone, for example America/New_York';
const name: Check = (value, path) =>
  typeof value === 'string' && /^[\w.-]{1,60}$/.test(value)
    ? null
    : `${path}: is 1 to 60 letters, digits, dots and hyphens in quotes`;
const exclusion = partsOf({
  column: text,
  startsWith: listOf(text, 1),
  reason: oneOf(keysOf(retractionOf), 'exclude'),
});
const givers = keysOf(naloxoneGivers);
const keyColumns: Check = (value, path) =>
  listOf(text, 1)(value, path) === null ? null : `${path}: name the columns that make a report’s key`;

/** All that an adapter may say. A word of none of these would stop the import in the middle of a file, or be passed over. */
export const adapterFault: Check = partsOf(
  {
    name,
    version: text,
    key: keyColumns,
    occurredAt: partsOf(
      { columns: listOf(text, 1), formats: listOf(format('minute', 'day and minute'), 1), zone },
      { isMidnightUnknown: flag, dayFormats: listOf(format('day', 'the day'), 0) },
    ),
    county,
    isFatal: told([true, false]),
    isNaloxoneGiven: told([true, false]),
  },
  {
    title: (value, path) => (value === '' ? null : text(value, path)),
    assumes: listOf(text, 0),
    hasRowsPerVictim: flag,
    point: partsOf({ latitude: text, longitude: text }),
    place: listOf(text, 0),
    residenceCounty: county,
    exclude: listOf(exclusion, 0),
    doses: partsOf({ column: text, by: translation(givers, { column: text, blank: code(givers) }) }, { event: text }),
    substances: translation(keysOf(suspectedSubstances), { columns: listOf(text, 1) }),
    transport: translation(keysOf(transports)),
    sex: translation(keysOf(sexes)),
    age: partsOf({ column: text }),
  },
);
