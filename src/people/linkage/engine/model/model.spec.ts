import fc from 'fast-check';
import { RecordComparer } from '../compare/compare-records';
import { comparisonLevels, comparisons, emptyLevels, MISSING, positionOf, type Comparison } from '../compare/levels';
import { defaultLinkagePolicy as policy } from '../default-policy';
import { defaultRates } from '../default-rates';
import { linkageFields, type LinkageRecord } from '../linkage-record';
import { anyRecord, people, readAll, readPair } from '../linkage.fixture';
import { ConflictFinder } from './conflicts';
import { Frequencies } from './frequencies';
import { beliefsOf, posteriorOf, priorBits } from './linkage-model';
import { PatternCounter } from './patterns';
import { Trainer, type Trained } from './train';
import { TrainingPairs } from './training-pairs';
import { Weigher } from './weigh';

const expected: Trained = { rates: defaultRates, matchRate: 0.001, recordsPerPerson: 1 };
const comparer = new RecordComparer(policy.likeness);

const weigherOver = (records: readonly LinkageRecord[], trained = expected): Weigher =>
  new Weigher(trained, new Frequencies(readAll(records)), policy);

const evidenceOf = (weigher: Weigher, a: LinkageRecord, b: LinkageRecord) => {
  const levels = emptyLevels();
  const [left, right] = readPair(a, b);
  comparer.compare(left, right, levels);
  return weigher.weigh(levels, left, right);
};
const bitsOf = (weigher: Weigher, a: LinkageRecord, b: LinkageRecord): number => evidenceOf(weigher, a, b).bits;

describe('weights', () => {
  const town = [
    ...people(40),
    ...Array.from({ length: 12 }, () => ({ familyName: 'Smith' })),
    { familyName: 'Zubiri' },
  ];

  it('never rise from a better level to a worse one, whatever was learnt', () => {
    const anyRates = fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
    const [left, right] = readPair(people(1)[0]!, people(1)[0]!);
    fc.assert(
      fc.property(anyRates, anyRates, fc.constantFrom(...linkageFields), (m, u, field) => {
        const count = comparisonLevels[field].length;
        const rates = { ...defaultRates, [field]: { m: m.slice(0, count), u: u.slice(0, count) } };
        const weigher = weigherOver(town, { ...expected, rates });
        const known = { ...left, email: { text: 'a@b', local: 'a', domain: 'b' } };
        const bits = comparisonLevels[field].map((_, level) => {
          const levels = emptyLevels();
          levels[positionOf[field]] = level;
          return weigher.weigh(levels, known, { ...right, email: known.email }).bits;
        });
        expect(bits.slice(0, -1)).toEqual([...bits.slice(0, -1)].sort((a, b) => b - a));
      }),
    );
  });

  it('say more against two of one home for a rare name than for a common one, and no more for a slip of it', () => {
    const named = (givenName: string, count: number) => Array.from({ length: count }, () => ({ givenName }));
    const weigher = weigherOver([...people(900), ...named('Robert', 50), ...named('Zubin', 1)]);
    const against = (one: string, other = one) =>
      evidenceOf(weigher, { givenName: one }, { givenName: other }).overRelatives;
    expect(against('Zubin')).toBeGreaterThan(against('Robert') + 2);
    expect(against('Zubinn', 'Zubin')).toBeLessThanOrEqual(against('Zubin'));
    expect(against('Robertt', 'Robert')).toBeLessThanOrEqual(against('Robert'));
  });

  it('say more for a rare name than for a common one', () => {
    const weigher = weigherOver(town);
    const rare = bitsOf(weigher, { familyName: 'Zubiri' }, { familyName: 'Zubiri' });
    const common = bitsOf(weigher, { familyName: 'Smith' }, { familyName: 'Smith' });
    expect(rare).toBeGreaterThan(common + 2);
  });

  it('never say more for a near agreement than for the exact one', () => {
    const weigher = weigherOver(town);
    expect(bitsOf(weigher, { familyName: 'Smith' }, { familyName: 'Smyth' })).toBeLessThanOrEqual(
      bitsOf(weigher, { familyName: 'Smith' }, { familyName: 'Smith' }),
    );
  });

  it('count nothing for what is missing', () =>
    expect(bitsOf(weigherOver(town), { sex: 'f' }, { city: 'Dayton' })).toBe(0));

  it('hold an address to what one household can tell', () => {
    const home = { houseNumber: '12', street: 'Main', city: 'Dayton', state: 'OH', postalCode: '45401' };
    const weigher = weigherOver(people(2000));
    expect(bitsOf(weigher, home, home)).toBeCloseTo(20, 6);
    expect(bitsOf(weigher, home, { ...home, state: 'KY' })).toBeLessThan(20);
  });

  it('cost something when two fields are crossed', () => {
    const [straight, crossed] = [
      { givenName: 'Isla', familyName: 'Hall' },
      { givenName: 'Hall', familyName: 'Isla' },
    ];
    const weigher = weigherOver(town);
    expect(bitsOf(weigher, straight, crossed)).toBeLessThan(bitsOf(weigher, straight, straight));
    expect(bitsOf(weigher, straight, crossed)).toBeGreaterThan(5);
  });

  it('are the same both ways', () => {
    const weigher = weigherOver(town);
    fc.assert(
      fc.property(anyRecord, anyRecord, (a, b) => expect(bitsOf(weigher, a, b)).toBe(bitsOf(weigher, b, a))),
      {
        numRuns: 300,
      },
    );
  });
});

describe('beliefs', () => {
  const rates = { matchRate: 0.001, relativeRate: 0.001 };
  it('share out one whole', () => {
    const bits = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(bits, bits, (weight, overRelatives) => {
        const { onePerson, relatives } = beliefsOf({ bits: weight, overRelatives }, rates);
        expect(onePerson + relatives).toBeLessThanOrEqual(1 + 1e-9);
        expect(Math.min(onePerson, relatives)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
  it('leave it open between one person and two of a household when nothing tells them apart', () => {
    expect(beliefsOf({ bits: 60, overRelatives: 0 }, rates).onePerson).toBeCloseTo(0.5);
    expect(beliefsOf({ bits: 60, overRelatives: -9 }, rates).relatives).toBeGreaterThan(0.99);
  });
  it('turn probabilities into bits and back', () => expect(posteriorOf(priorBits(0.2))).toBeCloseTo(0.2));
});

describe('conflicts', () => {
  const finder = new ConflictFinder(policy.conflicts);
  const found = (a: LinkageRecord, b: LinkageRecord): string | undefined => {
    const levels = emptyLevels();
    comparer.compare(...readPair(a, b), levels);
    return finder.find(levels)?.name;
  };
  it('are found by their levels', () => {
    expect(found({ givenName: 'Ann', birthDate: '1980-01-01' }, { givenName: 'Zoe', birthDate: '1955-05-09' })).toBe(
      'OTHER_PERSON',
    );
    expect(found({ givenName: 'Ann', sex: 'f' }, { givenName: 'Bob', sex: 'm' })).toBe('OTHER_SEX');
  });
  it('are not found in what is missing', () =>
    expect(found({ givenName: 'Ann' }, { givenName: 'Zoe' })).toBeUndefined());
});

describe('training', () => {
  const misspelt = (record: LinkageRecord, at: number): LinkageRecord => ({
    ...record,
    ...(at % 4 === 0 ? { familyName: `${record.familyName}x` } : {}),
    ...(at % 10 === 1 ? { city: 'elsewhere' } : {}),
  });
  const train = (left: readonly LinkageRecord[], right: readonly LinkageRecord[]): Trained => {
    const records = readAll([...left, ...right]);
    return new Trainer(new RecordComparer(policy.likeness), policy).train({ records, split: left.length });
  };
  const rate = ({ rates }: Trained, comparison: Comparison, level: number): number => rates[comparison].m[level]!;

  it('finds how often one person is written down differently', () => {
    const trained = train(people(400), people(400).map(misspelt));
    expect(rate(trained, 'familyName', 0)).toBeCloseTo(0.75, 1);
    expect(rate(trained, 'familyName', 1)).toBeCloseTo(0.25, 1);
    expect(rate(trained, 'city', 3)).toBeGreaterThan(0.06);
    expect(trained.matchRate * 400 * 400).toBeGreaterThan(200);
    expect(trained.recordsPerPerson).toBeGreaterThan(1.4);
  });

  it('stays with what was expected when there is little or nothing to learn from', () => {
    for (const trained of [train([], []), train(people(3), people(3)), train(people(60), people(120).slice(60))]) {
      for (const comparison of comparisons) {
        expect(rate(trained, comparison, 0)).toBeGreaterThan(0.5);
        for (const kind of ['m', 'u'] as const) expect(Math.min(...trained.rates[comparison][kind])).toBeGreaterThan(0);
      }
    }
  });

  it('does not know the order of the rows', () => {
    const [left, right] = [people(120), people(120).map(misspelt)];
    expect(train([...left].reverse(), [...right].reverse())).toEqual(train(left, right));
  });
});

describe('pairs for training', () => {
  const told = (run: (visit: () => void) => void): number => {
    let count = 0;
    run(() => (count += 1));
    return count;
  };
  const same = readAll(Array.from({ length: 50 }, () => ({ familyName: 'Smith', city: 'Dayton' })));

  it('are at random every pair of a small file once', () => {
    const pairs = new TrainingPairs({ records: readAll(people(9)), split: null });
    expect(told((visit) => pairs.random(1000, visit))).toBe(36);
    expect([pairs.possible, pairs.mostMatches]).toEqual([36, 9]);
  });
  it('stop at the limit', () => {
    const pairs = new TrainingPairs({ records: readAll(people(30)), split: 10 });
    expect(told((visit) => pairs.random(25, visit))).toBe(25);
    expect([pairs.possible, pairs.mostMatches]).toEqual([200, 10]);
  });
  it('take only so many of one value', () => {
    const pairs = new TrainingPairs({ records: same, split: null });
    expect(told((visit) => pairs.agreeing(['familyName'], 1000, visit))).toBe((40 * 39) / 2);
    expect(told((visit) => pairs.agreeing(['familyName'], 0, visit))).toBe(0);
    expect(told((visit) => pairs.agreeing(['phone'], 1000, visit))).toBe(0);
  });
  it('lie across two files', () => {
    const pairs = new TrainingPairs({
      records: readAll([{ city: 'A' }, { city: 'B' }, { city: 'B' }, { city: 'B' }]),
      split: 2,
    });
    expect(told((visit) => pairs.agreeing(['city'], 1000, visit))).toBe(2);
  });
});

describe('patterns', () => {
  it('are counted once each, missing levels apart', () => {
    const counter = new PatternCounter();
    const levels = emptyLevels();
    counter.add(levels);
    counter.add(levels);
    levels[0] = 0;
    counter.add(levels);
    expect(counter.patterns().map(({ pairs, levels: [first] }) => [first, pairs])).toEqual([
      [0, 1],
      [MISSING, 2],
    ]);
  });
});
