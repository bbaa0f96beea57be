import fc from 'fast-check';
import { draw, type DrawableLot } from './draw';
import { mayBeLotNumber } from './lot-number';
import { stockStateOf, warningChanges, warningsOf, type StockTerms } from './stock-state';

const TODAY = '2026-11-30';
const terms: StockTerms = { isKept: true, lowAt: 10, spikeFactor: 3, expiringDays: 90 };
const lot = (id: string, onHand: number, expiresOn: string): DrawableLot => ({ id, onHand, expiresOn });

describe('doses are drawn', () => {
  it('from what expires first and is still good', () => {
    const lots = [lot('c', 9, '2027-05-01'), lot('b', 2, '2026-12-01'), lot('a', 5, '2026-11-29'), lot('d', 0, TODAY)];
    expect(draw(lots, 3, TODAY)).toEqual([
      { lotId: 'b', doses: 2 },
      { lotId: 'c', doses: 1 },
    ]);
  });

  it('from the lower id where two expire together, and a lot is good through its day', () => {
    const lots = [lot('b', 1, TODAY), lot('a', 1, TODAY)];
    expect(draw(lots, 1, TODAY)).toEqual([{ lotId: 'a', doses: 1 }]);
  });

  it('all or none', () => {
    expect(draw([lot('a', 2, '2027-01-01')], 3, TODAY)).toBeNull();
    expect(draw([], 1, TODAY)).toBeNull();
  });

  it('never more than a lot has, and together as many as asked', () => {
    const anyLot = fc.record({
      id: fc.uuid(),
      onHand: fc.nat({ max: 9 }),
      expiresOn: fc.constantFrom('2026-01-01', TODAY, '2027-01-01'),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyLot, { selector: ({ id }) => id, maxLength: 6 }),
        fc.integer({ min: 1, max: 30 }),
        (lots, doses) => {
          const good = lots.filter(({ expiresOn }) => expiresOn >= TODAY).reduce((sum, { onHand }) => sum + onHand, 0);
          const drawn = draw(lots, doses, TODAY);
          expect(drawn === null).toBe(good < doses);
          if (!drawn) return;
          expect(drawn.reduce((sum, one) => sum + one.doses, 0)).toBe(doses);
          for (const one of drawn) {
            expect(one.doses).toBeLessThanOrEqual(lots.find(({ id }) => id === one.lotId)?.onHand ?? 0);
          }
        },
      ),
    );
  });
});

describe('a stock', () => {
  const lots = [lot('a', 4, '2026-11-29'), lot('b', 5, '2027-02-28'), lot('c', 8, '2027-03-01')];

  it('counts what may be given, what runs out soon and what is past its date', () => {
    expect(stockStateOf(lots, terms, { today: TODAY, isSpike: false })).toEqual({
      ...{ usable: 13, expiring: 5, expired: 4, level: 10, isLow: false },
    });
  });

  it('is low at more doses while a spike is open', () => {
    const state = stockStateOf(lots, terms, { today: TODAY, isSpike: true });
    expect(state).toMatchObject({ level: 30, isLow: true });
    expect(warningsOf(state, terms, true)).toEqual([
      { kind: 'LOW_IN_SPIKE', doses: 13, level: 30 },
      { kind: 'EXPIRING', doses: 5, level: null },
      { kind: 'EXPIRED', doses: 4, level: null },
    ]);
  });

  it('that is low anyway is low in a spike as well, and a full one warns of nothing', () => {
    const none = stockStateOf([], terms, { today: TODAY, isSpike: true });
    expect(warningsOf(none, terms, true).map(({ kind }) => kind)).toEqual(['LOW', 'LOW_IN_SPIKE']);
    const full = stockStateOf([lot('a', 10, '2030-01-01')], terms, { today: TODAY, isSpike: false });
    expect(warningsOf(full, terms, false)).toEqual([]);
    const fullInSpike = stockStateOf([lot('a', 30, '2030-01-01')], terms, { today: TODAY, isSpike: true });
    expect(warningsOf(fullInSpike, terms, true)).toEqual([]);
  });

  it('that is kept elsewhere is neither low nor warned of', () => {
    const elsewhere = stockStateOf([], { ...terms, isKept: false }, { today: TODAY, isSpike: true });
    expect(elsewhere).toMatchObject({ usable: 0, isLow: false });
    expect(warningsOf(elsewhere, terms, true)).toEqual([]);
  });

  it('raises each warning once and ends what holds no more', () => {
    const wanted = [{ kind: 'LOW', doses: 3, level: 10 } as const];
    expect(warningChanges([], wanted)).toEqual({ raised: wanted, ended: [] });
    expect(warningChanges(['LOW', 'EXPIRED'], wanted)).toEqual({ raised: [], ended: ['EXPIRED'] });
  });
});

describe('the number of a lot', () => {
  it.each(['L-1', '23A017', 'Lot 12B', 'N 4 2026', 'OLD', 'ab12', '0', 'Lot no. 12'])('may be %s', (text) => {
    expect(mayBeLotNumber(text)).toBe(true);
  });

  it.each(['John Smith', 'John', 'JOHN SMITH 12', 'from Ana Paz, 12', '–', '', 'two boxes', 'lot'])(
    'is not “%s”',
    (text) => {
      expect(mayBeLotNumber(text)).toBe(false);
    },
  );
});
