import fc from 'fast-check';
import { atOnce } from './at-once.fixture';
import { onlyUnknown } from './attack.fixture';
import { EVERYWHERE, keyOf, latticeOf, monthOf, periods, YEAR, type BaseCount, type ReportShape } from './lattice';
import { inSlices } from '../in-slices';
import { SMALL_CELL } from './sums';

const shape: ReportShape = {
  leaves: ['DEATHS', 'SURVIVED'],
  sums: [{ total: 'EVENTS', parts: ['DEATHS', 'SURVIVED'] }],
  isAboutPeople: true,
};
const laidOut = (base: readonly BaseCount[], of: ReportShape) => atOnce(latticeOf(base, of));
const inMonth = (measure: string, countyFips: string, month: number, count: number): BaseCount => ({
  ...{ measure, countyFips, month, count },
  group: null,
});
const ofGroup = (measure: string, countyFips: string, value: string, count: number): BaseCount => ({
  ...{ measure, countyFips, count },
  ...{ month: null, group: { dimension: 'SEX', value } },
});

describe('the figures of a report', () => {
  const lattice = laidOut(
    [
      ...[inMonth('SURVIVED', '39141', 1, 20), inMonth('SURVIVED', '39141', 5, 25), inMonth('DEATHS', '39141', 2, 12)],
      ...[ofGroup('SURVIVED', '39141', 'FEMALE', 15), ofGroup('SURVIVED', '39141', 'MALE', 30)],
      ofGroup('DEATHS', '39141', 'MALE', 12),
      ...[inMonth('SURVIVED', '39079', 3, 30), ofGroup('SURVIVED', '39079', 'MALE', 30)],
    ],
    shape,
  );
  const figure = (measure: string, place: string, of: string) => lattice.figure({ measure, place, of });

  it('add up over periods, places, groups and measures', () => {
    expect(figure('SURVIVED', '39141', YEAR)).toBe(45);
    expect(figure('EVENTS', '39141', 'Q1')).toBe(32);
    expect(figure('EVENTS', EVERYWHERE, YEAR)).toBe(87);
    expect(figure('EVENTS', EVERYWHERE, 'SEX=MALE')).toBe(72);
    expect(lattice.hiddenFigures).toBe(0);
    expect([lattice.places, [...lattice.groups]]).toEqual([['39079', '39141'], [['SEX', ['FEMALE', 'MALE']]]]);
  });

  it('are zero where nothing was counted, and where nobody counts', () => {
    expect(figure('DEATHS', '39079', monthOf(7))).toBe(0);
    expect(figure('DEATHS', '39061', YEAR)).toBe(0);
    expect(laidOut([], shape).figure({ measure: 'EVENTS', place: EVERYWHERE, of: YEAR })).toBe(0);
  });

  it('are hidden with what would give them away', () => {
    const small = laidOut([inMonth('DEATHS', '39141', 1, 3), inMonth('SURVIVED', '39141', 1, 40)], shape);
    const at = (measure: string, place: string) => small.figure({ measure, place, of: monthOf(1) });
    // Survivors and all events would differ by the deaths.
    expect(at('DEATHS', '39141')).toBeNull();
    expect([at('SURVIVED', '39141'), at('EVENTS', '39141')]).toContain(null);
    expect(at('DEATHS', EVERYWHERE)).toBeNull();
  });
});

/** Some counties of very different size, by month and by sex. */
const base = fc
  .array(
    fc.array(
      fc.tuple(
        fc.constantFrom('DEATHS', 'SURVIVED'),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
      ),
      { minLength: 1, maxLength: 12 },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((counties) =>
    counties.flatMap((facts, at) => {
      const countyFips = String(39001 + 2 * at);
      const counted = new Map<string, BaseCount>();
      const add = (one: BaseCount): void => {
        const key = [one.measure, one.month, one.group?.value].join();
        counted.set(key, { ...one, count: one.count + (counted.get(key)?.count ?? 0) });
      };
      for (const [measure, month, isFemale, count] of facts) {
        add(inMonth(measure, countyFips, month, count));
        add(ofGroup(measure, countyFips, isFemale ? 'FEMALE' : 'MALE', count));
      }
      return [...counted.values()];
    }),
  );
const MEASURES = ['DEATHS', 'SURVIVED', 'EVENTS'];
const GROUPS = ['SEX=FEMALE', 'SEX=MALE'];
const asked = fc.record({
  place: fc.nat(),
  of: fc.constantFrom(periods.MONTH, periods.QUARTER, periods.YEAR, GROUPS),
});

describe('10,000 pairs of questions about made-up years', () => {
  it('tell no small count, neither as they are nor by their difference', () => {
    fc.assert(
      fc.property(base, fc.array(fc.tuple(asked, asked), { minLength: 100, maxLength: 100 }), (counts, pairs) => {
        const lattice = laidOut(counts, shape);
        const places = [EVERYWHERE, ...lattice.places];
        const answers = ({ place, of }: { place: number; of: readonly string[] }) =>
          MEASURES.flatMap((measure) =>
            of.map((one) => ({ measure, place: places[place % places.length] as string, of: one })),
          );
        // Collected, because a million expectations take longer than what they look at.
        const told: unknown[] = [];
        for (const pair of pairs) {
          const known = new Map<string, number>();
          for (const address of pair.flatMap(answers)) {
            const figure = lattice.figure(address);
            if (figure !== null) known.set(keyOf(address), figure);
          }
          for (const [address, figure] of known) if (figure !== 0 && figure < SMALL_CELL) told.push([address, figure]);
          for (const sum of lattice.sums) {
            const left = onlyUnknown(sum, known);
            // What the answers leave open follows from the others: it must be published anyway.
            if (left !== null && lattice.isHidden(left)) told.push([left, sum]);
          }
        }
        expect(told).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a state of 88 counties', () => {
  const counts = Array.from({ length: 88 }, (_, county) => String(39001 + 2 * county)).flatMap((countyFips, county) =>
    Array.from({ length: 12 }, (_, month) =>
      inMonth(month % 3 === 0 ? 'DEATHS' : 'SURVIVED', countyFips, month + 1, ((county * 7 + month * 5) % 30) + 1),
    ),
  );

  it('is laid out bit by bit, and others are seen to meanwhile', async () => {
    const work = latticeOf(counts, shape);
    let steps = 0;
    let step = work.next();
    for (; !step.done; step = work.next()) steps += 1;
    // It pauses in every long loop: laying out, adding up, hiding, and solving what is hidden.
    expect(steps).toBeGreaterThan(2 * step.value.sums.length);

    let seenTo = 0;
    const others = setInterval(() => (seenTo += 1), 1);
    const lattice = await inSlices(latticeOf(counts, shape));
    clearInterval(others);
    expect(seenTo).toBeGreaterThan(3);
    expect(lattice.figure({ measure: 'EVENTS', place: EVERYWHERE, of: YEAR })).toBeGreaterThan(1000);
  });
});
