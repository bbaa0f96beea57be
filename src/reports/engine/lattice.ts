import type { Steps } from './steps';
import type { Sum } from './sums';
import { suppressed, type Figures } from './suppression';

/** How many things of one kind a report counts in one county and month, or in one county and year by one fact about them. */
export interface BaseCount {
  readonly measure: string;
  readonly countyFips: string;
  /** 1 to 12; null: of the whole year, in a group. */
  readonly month: number | null;
  readonly group: { readonly dimension: string; readonly value: string } | null;
  readonly count: number;
  /** How many people (or uses, or requests) are behind it, where that is fewer than is counted. Left out: as many. */
  readonly things?: number;
}

/** A measure that is the sum of others, in every county, period and group. */
export interface MeasureSum {
  readonly total: string;
  readonly parts: readonly string[];
}

export interface ReportShape {
  /** What is counted directly. */
  readonly leaves: readonly string[];
  /** From the leaves upwards. A measure may be the sum of these and of those. */
  readonly sums: readonly MeasureSum[];
  /** False: no people are counted, and nothing is hidden. */
  readonly isAboutPeople: boolean;
}

/** Everywhere at once. */
export const EVERYWHERE = 'ALL';
export const YEAR = 'Y';
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const QUARTERS = [1, 2, 3, 4] as const;

export const groupOf = ({ dimension, value }: { readonly dimension: string; readonly value: string }): string =>
  `${dimension}=${value}`;
export const monthOf = (month: number): string => `M${String(month).padStart(2, '0')}`;
export const quarterOf = (quarter: number): string => `Q${quarter}`;
export const periods = { MONTH: MONTHS.map(monthOf), QUARTER: QUARTERS.map(quarterOf), YEAR: [YEAR] } as const;
export type Granularity = keyof typeof periods;

/** Where a figure stands: a measure in a place, and either a period of the year or a group of the whole year. */
export interface Address {
  readonly measure: string;
  readonly place: string;
  /** `M01` to `M12`, `Q1` to `Q4`, `Y`; or a group as `SEX=FEMALE`. */
  readonly of: string;
}

export const keyOf = ({ measure, place, of }: Address): string => `${measure}|${place}|${of}`;

/** Of a key; a group may hold any character. */
const addressOf = (key: string): readonly [measure: string, place: string, of: string] => {
  const [first, second] = [key.indexOf('|'), key.indexOf('|', key.indexOf('|') + 1)];
  return [key.slice(0, first), key.slice(first + 1, second), key.slice(second + 1)];
};

/** `null`: not published. */
export type Figure = number | null;

/** All figures of one report and year, with what is not published. */
export class Lattice {
  readonly places: readonly string[];
  /** Groups by dimension, in order. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** All sums that hold between figures, by their keys. */
  readonly sums: readonly Sum[];

  constructor(
    private readonly table: Pick<Figures, 'counts' | 'things'>,
    private readonly hidden: ReadonlySet<string>,
    { places, groups, sums }: Pick<Lattice, 'places' | 'groups' | 'sums'>,
  ) {
    this.places = places;
    this.groups = groups;
    this.sums = sums;
  }

  /** Nothing was counted: zero. */
  figure(address: Address): Figure {
    const key = keyOf(address);
    return this.isHidden(key) ? null : (this.table.counts.get(key) ?? 0);
  }

  /** How many people are behind a figure that there is, hidden or not. */
  thingsOf(key: string): number {
    return this.table.things.get(key) as number;
  }

  isHidden(key: string): boolean {
    return this.hidden.has(key);
  }

  get hiddenFigures(): number {
    return this.hidden.size;
  }

  get hiddenKeys(): readonly string[] {
    return [...this.hidden];
  }
}

const groupsOf = (base: readonly BaseCount[]): ReadonlyMap<string, readonly string[]> => {
  const values = new Map<string, Set<string>>();
  for (const { group } of base) {
    if (group === null) continue;
    const { dimension, value } = group;
    values.set(dimension, (values.get(dimension) ?? new Set()).add(value));
  }
  return new Map([...values].map(([dimension, own]) => [dimension, [...own].sort()]));
};

/** Figures, and how many people are behind each: what is small is decided by these. */
interface Table {
  readonly counts: Map<string, number>;
  readonly things: Map<string, number>;
}

/** Adds up sums from what they are made of, and keeps them. */
class Adder {
  readonly sums: Sum[] = [];

  constructor(readonly table: Table) {}

  add(total: Address, parts: readonly Address[]): void {
    const keys = parts.map(keyOf);
    for (const cells of [this.table.counts, this.table.things]) {
      cells.set(
        keyOf(total),
        keys.reduce((sum, key) => sum + (cells.get(key) as number), 0),
      );
    }
    this.sums.push({ total: keyOf(total), parts: keys });
  }

  /** Where nothing was counted: zero. */
  zero(address: Address): void {
    const key = keyOf(address);
    if (this.table.counts.has(key)) return;
    this.table.counts.set(key, 0);
    this.table.things.set(key, 0);
  }
}

/** What was counted, by where it stands. */
const countedOf = (base: readonly BaseCount[]): Table => {
  const table: Table = { counts: new Map(), things: new Map() };
  for (const { measure, countyFips: place, month, group, count, things } of base) {
    const of = group === null ? monthOf(month as number) : groupOf(group);
    table.counts.set(keyOf({ measure, place, of }), count);
    table.things.set(keyOf({ measure, place, of }), things ?? count);
  }
  return table;
};

/** Where each measure was counted at all. Elsewhere it is zero in every period and group, which is shown and tells of nobody. */
const countiesOf = (
  base: readonly BaseCount[],
  sums: readonly MeasureSum[],
): ReadonlyMap<string, readonly string[]> => {
  const counted = new Map<string, Set<string>>();
  const ofMeasure = (measure: string): Set<string> => counted.get(measure) ?? new Set();
  for (const { measure, countyFips } of base) counted.set(measure, ofMeasure(measure).add(countyFips));
  for (const { total, parts } of sums) {
    const counties = [total, ...parts].flatMap((measure) => [...ofMeasure(measure)]);
    if (counties.length > 0) counted.set(total, new Set(counties));
  }
  return new Map([...counted].map(([measure, counties]) => [measure, [...counties].sort()]));
};

/** Each measure of a place over all that is shown of it, of the parts that were counted there. */
const addMeasures = (adder: Adder, place: string, { total, parts }: MeasureSum, shown: readonly string[]): void => {
  if (parts.length === 0) return;
  for (const of of shown) {
    const at = (measure: string): Address => ({ measure, place, of });
    adder.add(at(total), parts.map(at));
  }
};

const addPlaces = (adder: Adder, measure: string, places: readonly string[], shown: readonly string[]): void => {
  for (const of of shown) {
    const at = (place: string): Address => ({ measure, place, of });
    adder.add(at(EVERYWHERE), places.map(at));
  }
};

/**
 * By the year of each measure in a county, its periods and groups there. What is zero everywhere is zero in each county, which everybody
 * sees: it is left out.
 */
const rowsOf = (things: ReadonlyMap<string, number>): ReadonlyMap<string, readonly string[]> => {
  const rows = new Map<string, string[]>();
  for (const cell of things.keys()) {
    const [measure, place, of] = addressOf(cell);
    if (place === EVERYWHERE || of === YEAR || things.get(keyOf({ measure, place: EVERYWHERE, of })) === 0) continue;
    const whole = keyOf({ measure, place, of: YEAR });
    rows.set(whole, rows.get(whole) ?? []);
    rows.get(whole)?.push(cell);
  }
  return rows;
};

/**
 * Every figure that a report of one year can show, with all the sums that hold between them: months, quarters and the year;
 * counties and everywhere; groups and all; measures and what they are made of. Nothing else can be asked for, so nothing else can
 * be subtracted. `hide` says which of them are not published.
 */
export const latticeOf = function* (
  base: readonly BaseCount[],
  { leaves, sums, isAboutPeople }: ReportShape,
  hide: (figures: Figures) => Steps<ReadonlySet<string>> = suppressed,
): Steps<Lattice> {
  const adder = new Adder(countedOf(base));
  const counties = countiesOf(base, sums);
  const groups = groupsOf(base);
  const groupKeys = [...groups].map(([dimension, values]) => values.map((value) => groupOf({ dimension, value })));
  const shown = [...periods.MONTH, ...periods.QUARTER, YEAR, ...groupKeys.flat()];
  const placesOf = (measure: string): readonly string[] => counties.get(measure) ?? [];
  const overTime = function* (measure: string, places: readonly string[]): Steps<void> {
    for (const place of places) {
      inPeriodsAndGroups(adder, { measure, place }, groupKeys);
      yield;
    }
  };
  const overMeasures = function* (sum: MeasureSum, places: readonly string[]): Steps<void> {
    for (const place of places) {
      const isCounted = (part: string): boolean => place === EVERYWHERE || placesOf(part).includes(place);
      addMeasures(
        adder,
        place,
        { ...sum, parts: sum.parts.filter((part) => counties.has(part) && isCounted(part)) },
        shown,
      );
      yield;
    }
  };
  for (const measure of leaves) {
    for (const place of placesOf(measure)) for (const of of shown) adder.zero({ measure, place, of });
    yield* overTime(measure, placesOf(measure));
  }
  for (const sum of sums) yield* overMeasures(sum, placesOf(sum.total));
  const totals = [...new Set(sums.map(({ total }) => total))].filter((total) => counties.has(total));
  for (const total of totals) yield* overTime(total, placesOf(total));
  for (const measure of [...leaves.filter((leaf) => counties.has(leaf)), ...totals]) {
    addPlaces(adder, measure, placesOf(measure), shown);
    yield* overTime(measure, [EVERYWHERE]);
  }
  for (const sum of sums) yield* overMeasures(sum, [EVERYWHERE]);
  const { counts, things } = adder.table;
  const hidden = isAboutPeople
    ? yield* hide({ counts, things, sums: adder.sums, rows: rowsOf(things) })
    : new Set<string>();
  const places = [...new Set(base.map(({ countyFips }) => countyFips))].sort();
  return new Lattice({ counts, things }, hidden, { places, groups, sums: adder.sums });
};

/** A measure that is a sum itself adds up over periods and groups like any other. */
const inPeriodsAndGroups = (
  adder: Adder,
  { measure, place }: Pick<Address, 'measure' | 'place'>,
  groupKeys: readonly (readonly string[])[],
): void => {
  const at = (of: string): Address => ({ measure, place, of });
  for (const quarter of QUARTERS) {
    adder.add(
      at(quarterOf(quarter)),
      [1, 2, 3].map((nth) => at(monthOf(3 * (quarter - 1) + nth))),
    );
  }
  adder.add(at(YEAR), periods.QUARTER.map(at));
  for (const keys of groupKeys) adder.add(at(YEAR), keys.map(at));
};
