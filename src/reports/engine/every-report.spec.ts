import fc from 'fast-check';
import { reportDefinitions } from '../report-definitions';
import { atOnce } from './at-once.fixture';
import { isThorough, leastOf, toldByAny } from './attack.fixture';
import { boundsOf } from './bounds';
import { keyOf } from './lattice';
import {
  casesOfEvents,
  crowd,
  isSurelyZero,
  layOut,
  lookUp,
  once,
  people,
  playedOut,
  seen,
  shown,
  systemOf,
  world,
  type Edition,
  type Thing,
} from './every-report.fixture';
import { solvable } from './solvable';
import { SMALL_CELL } from './sums';

/** Hidden figures that follow from all that is shown; and those that must be what they are because no count is below zero. */
const toldBy = ({ lattices, counts }: Edition): string[] => {
  const all = [...systemOf(lattices), ...casesOfEvents()];
  const cells = new Set(all.flatMap(({ total, parts }) => [total, ...parts]));
  const known = new Map([...cells].map((cell) => [cell, lookUp(lattices, cell)]));
  const sums = all.filter(({ total, parts }) => [total, ...parts].some((cell) => known.get(cell) === null));
  const hidden = new Set([...known].flatMap(([cell, figure]) => (figure === null ? [cell] : [])));
  const small = [...known].flatMap(([cell, figure]) =>
    figure !== null && figure > 0 && figure < SMALL_CELL ? [cell] : [],
  );
  const bounded = new Map(
    [...known].map(([cell, figure]) => [
      cell,
      figure === null ? { least: leastOf(cell, (one) => known.get(one) === null) } : { is: figure },
    ]),
  );
  const told = [...atOnce(solvable(sums, hidden)), ...atOnce(boundsOf(sums, bounded))];
  return [...small, ...told.filter((cell) => counts.get(cell) !== 0)];
};

describe('all reports of a year together', () => {
  it('tell no hidden figure, by whatever sums and rules', () => {
    fc.assert(
      fc.property(world, (crowds) => {
        expect(toldBy(layOut(people(crowds)))).toEqual([]);
      }),
      isThorough ? { numRuns: 300, endOnFailure: true } : { numRuns: 12, seed: 1 },
    );
  });

  it('tell none in editions one after the other either, to whoever knows all that came in between', () => {
    const weeks = fc.tuple(fc.array(crowd, { minLength: 1, maxLength: 20 }), fc.array(crowd, { maxLength: 4 }));
    fc.assert(
      fc.property(weeks, fc.boolean(), (crowds, isOver) => {
        expect(toldByAny(playedOut(crowds.map(people), isOver).map(seen), { isSurelyZero })).toEqual([]);
      }),
      isThorough ? { numRuns: 300, endOnFailure: true } : { numRuns: 1, seed: 1 },
    );
  });

  it('tell no deaths by the clocks of the cases that overdoses open', () => {
    const one = (how: string, month: number): Thing => ({
      ...{ book: 'OVERDOSES', county: '39001', month, sex: 'FEMALE', measures: once(how, 'GIVEN') },
    });
    const crowds: [Thing, number][] = [
      [one('NO_CONTACT', 1), 55],
      [one('DEATHS', 1), 5],
    ];
    expect(toldBy(layOut(people(crowds)))).toEqual([]);
    expect(shown.get('CLOCKS')?.filter((measure) => measure.startsWith('OUTREACH_'))).toEqual([]);
  });

  it('count what a clock runs on once: a few offers are few, however many clocks they have', () => {
    const one = (month: number, how: string): Thing => ({
      ...{ book: 'OFFERS', county: '39001', month, sex: 'FEMALE' },
      measures: once(how, 'OFFER_ACKNOWLEDGED_MET', 'OFFER_DECIDED_MET'),
    });
    const { lattices } = layOut([
      ...new Array<Thing>(7).fill(one(1, 'CAME')),
      ...new Array<Thing>(40).fill(one(2, 'CAME')),
    ]);
    const at = (measure: string, of: string) => lookUp(lattices, `OFFERS ${keyOf({ measure, place: '39001', of })}`);
    for (const measure of ['OFFERS', 'OFFER_ACKNOWLEDGED', 'OFFER_DECIDED', 'OFFER_DECIDED_MET']) {
      expect([at(measure, 'M01'), at(measure, 'M02'), at(measure, 'Q1')]).toEqual([null, null, 47]);
    }
    expect(Object.keys(reportDefinitions.CLOCKS.books)).toContain('OFFERS');
  });
});
