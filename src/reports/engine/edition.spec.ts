import fc from 'fast-check';
import { atOnce } from './at-once.fixture';
import { isOverBy } from './edition';
import { EVERYWHERE, latticeOf, type BaseCount, type Lattice } from './lattice';
import { bookShapes } from '../report-books';
import { solvable } from './solvable';
import { suppressed } from './suppression';

const SHAPE = bookShapes.OVERDOSES;
const COUNTIES = ['39001', '39003', '39005'];
const SEXES = ['FEMALE', 'MALE', 'UNKNOWN'];

/** Survived overdoses, or deaths, of one sort. */
interface Crowd {
  readonly countyFips: string;
  readonly month: number;
  readonly sex: string;
  readonly how: string;
  readonly many: number;
}

const countsOf = (crowds: readonly Crowd[]): BaseCount[] => {
  const counted = new Map<string, BaseCount>();
  for (const { countyFips, month, sex, how, many } of crowds) {
    for (const measure of [how, 'GIVEN']) {
      for (const at of [
        { month, group: null },
        { month: null, group: { dimension: 'SEX', value: sex } },
      ]) {
        const key = [measure, countyFips, at.month, at.group?.value].join();
        const before = counted.get(key)?.count ?? 0;
        counted.set(key, { measure, countyFips, ...at, count: before + many });
      }
    }
  }
  return [...counted.values()];
};

/** Editions one after the other, each with what came in until then, laid out after the one before. */
const editionsOf = (weeks: readonly (readonly Crowd[])[], isOver: (cell: string) => boolean): Lattice[] => {
  const editions: Lattice[] = [];
  weeks.forEach((_, week) => {
    const counts = countsOf(weeks.slice(0, week + 1).flat());
    const hidden = new Set(editions.at(-1)?.hiddenKeys ?? []);
    editions.push(atOnce(latticeOf(counts, SHAPE, (figures) => suppressed(figures, { hidden, isOver }))));
  });
  return editions;
};

const at = (lattice: Lattice | undefined, measure: string, place: string, of: string) =>
  lattice?.figure({ measure, place, of });

/**
 * Figures that both editions hide and whoever knows everything that came in between finds nevertheless: they know each figure that
 * either edition shows in both.
 */
const toldBetween = (one: Lattice, other: Lattice): string[] => {
  const both = new Set(one.hiddenKeys.filter((key) => other.isHidden(key)));
  return [...atOnce(solvable(one.sums, both)), ...atOnce(solvable(other.sums, both))];
};

const crowd = fc.record({
  countyFips: fc.constantFrom(...COUNTIES),
  month: fc.integer({ min: 1, max: 4 }),
  sex: fc.constantFrom(...SEXES),
  how: fc.constantFrom('DEATHS', 'NO_CONTACT', 'CONTACT_ONLY'),
  many: fc.constantFrom(1, 1, 2, 3, 7, 10, 12, 40),
});
const weeks = fc.tuple(
  fc.array(crowd, { minLength: 1, maxLength: 25 }),
  fc.array(crowd, { maxLength: 3 }),
  fc.array(crowd, { maxLength: 3 }),
);

const one = (countyFips: string, month: number, many: number, sex = 'FEMALE'): Crowd => ({
  ...{ countyFips, month, sex, many },
  how: 'NO_CONTACT',
});
const region = [one('39001', 1, 10), one('39003', 1, 60), one('39001', 2, 60), one('39003', 2, 60)];

describe('editions one after the other', () => {
  it('do not show an eleven that was a hidden ten, and keep hidden what hid it', () => {
    const [first, second] = editionsOf([region, [one('39001', 1, 1)]], () => true);
    expect(at(first, 'EVENTS', '39001', 'M01')).toBeNull();
    expect(at(second, 'EVENTS', '39001', 'M01')).toBeNull();
    expect(new Set(second?.hiddenKeys)).toEqual(new Set(first?.hiddenKeys));
  });

  it('show a hidden figure again while its period runs, from 22 on', () => {
    const grown = (more: number) =>
      editionsOf([region, [one('39001', 1, more)]], () => false).map((edition) =>
        at(edition, 'EVENTS', '39001', 'M01'),
      );
    expect(grown(11)).toEqual([null, null]);
    expect(grown(12)).toEqual([null, 22]);
    expect(
      editionsOf([region, [one('39001', 1, 400)]], () => true).map((e) => at(e, 'EVENTS', '39001', 'M01')),
    ).toEqual([null, null]);
  });

  it('hide again behind what was hidden before, not behind what has been shown', () => {
    // The county’s other month hid the ten; in the next edition another is smaller, and has been shown.
    const small = [one('39001', 1, 5), one('39001', 2, 30), one('39001', 3, 40)];
    const [first, second] = editionsOf([small, [one('39001', 2, 30)]], () => false);
    const shownOf = (edition?: Lattice) => ['M01', 'M02', 'M03'].map((of) => at(edition, 'EVENTS', '39001', of));
    expect(shownOf(first)).toEqual([null, null, 40]);
    expect(shownOf(second)).toEqual([null, null, 40]);
  });

  it('tell nothing that both hide, whatever came in between and whoever knows it', () => {
    fc.assert(
      fc.property(weeks, fc.boolean(), (grown, isOver) => {
        const [first, second, third] = editionsOf(grown, () => isOver) as [Lattice, Lattice, Lattice];
        expect([...toldBetween(first, second), ...toldBetween(second, third)]).toEqual([]);
        if (isOver) expect(first.hiddenKeys.filter((key) => !third.isHidden(key))).toEqual([]);
      }),
      { numRuns: process.env['HANDRAIL_THOROUGH'] === '1' ? 1000 : 25, endOnFailure: true },
    );
  });

  it('forget a figure that is counted no more', () => {
    const hidden = new Set([`EVENTS|39999|M01`]);
    const lattice = atOnce(
      latticeOf(countsOf(region), SHAPE, (figures) => suppressed(figures, { hidden, isOver: () => true })),
    );
    expect(lattice.isHidden('EVENTS|39999|M01')).toBe(false);
  });
});

describe('a period', () => {
  it('is over a month after its end, late reports included', () => {
    const isOver = (of: string, asOf: string) => isOverBy(2026, new Date(asOf))(`EVENTS|${EVERYWHERE}|${of}`);
    expect([isOver('M01', '2026-03-03T23:59:59Z'), isOver('M01', '2026-03-04T00:00:00Z')]).toEqual([false, true]);
    expect([isOver('Q1', '2026-05-01T23:59:59Z'), isOver('Q1', '2026-05-02T00:00:00Z')]).toEqual([false, true]);
    for (const whole of ['Y', 'SEX=FEMALE', 'PROGRAM=A|M01']) {
      expect([isOver(whole, '2027-01-31T23:59:59Z'), isOver(whole, '2027-02-01T00:00:00Z')]).toEqual([false, true]);
    }
  });
});
