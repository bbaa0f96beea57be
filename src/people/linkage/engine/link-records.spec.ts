import fc from 'fast-check';
import { inDepth } from '../../../../test/setup/thorough';
import { RecordComparer } from './compare/compare-records';
import type { Decision, Outcome } from './decide/decision';
import { Groups } from './decide/groups';
import { ScoredPairs } from './decide/scored-pairs';
import { defaultLinkagePolicy as policy } from './default-policy';
import { explain } from './explain';
import { expectedModel, PersonFinder } from './find-person';
import { linkRecords, type Linkage } from './link-records';
import type { LinkageRecord } from './linkage-record';
import { anyRecord, people, person, readAll, readPair, someWords } from './linkage.fixture';
import { Frequencies } from './model/frequencies';
import { Weigher } from './model/weigh';
import { RecordReader } from './prepared-record';

const link = (left: readonly LinkageRecord[], right?: readonly LinkageRecord[]): Linkage => {
  const records = readAll([...left, ...(right ?? [])]);
  return linkRecords({ records, split: right === undefined ? null : left.length }, policy);
};

const told = (decisions: readonly Decision[], outcome: Outcome): string[] =>
  decisions
    .filter((decision) => decision.outcome === outcome)
    .map(({ left, right }) => `${left}-${right}`)
    .sort();

const town = people(150);

describe('linkRecords', () => {
  it('links the same people across two files and nobody else', () => {
    const right = town
      .slice(50)
      .map((one, at) => (at % 3 === 0 ? { ...one, familyName: `${one.familyName}z`, phone: null } : one));
    const { decisions, candidatePairs } = link(town, right);
    expect(told(decisions, 'LINKED')).toEqual(right.map((_, at) => `${at + 50}-${at + 150}`).sort());
    expect(candidatePairs).toBeGreaterThanOrEqual(100);
  });

  it('answers nothing about nothing', () => {
    expect(link([]).decisions).toEqual([]);
    expect(link([], []).decisions).toEqual([]);
    expect(link([person(1)], []).decisions).toEqual([]);
    expect(link([{}, {}, {}]).decisions).toEqual([]);
  });

  it('finds the doubles of a file of a few rows', () => {
    const rows = people(20);
    expect(told(link([...rows, { ...rows[3]!, city: 'Sprngfeld' }]).decisions, 'LINKED')).toEqual(['3-20']);
  });

  it('links nobody when two files have nobody in common', () => {
    expect(told(link(people(100), people(220).slice(120)).decisions, 'LINKED')).toEqual([]);
  });

  it('links no two people of one household', () => {
    const second = town.map((one, at) => ({
      ...one,
      givenName: person(at + 900).givenName!,
      birthDate: person(at + 31).birthDate!,
      sex: 'x',
    }));
    expect(told(link([...town, ...second]).decisions, 'LINKED')).toEqual([]);
    expect(told(link(town, second).decisions, 'LINKED')).toEqual([]);
  });

  it('takes one of two people of one name and address only after a human has looked', () => {
    const elders = town.slice(0, 60).map((one) => ({ ...one, birthDate: '1905-12-31' }));
    const { decisions } = link([...town, ...elders], town);
    const linked = told(decisions, 'LINKED');
    expect(linked).toEqual(expect.arrayContaining(town.map((_, at) => `${at}-${at + 210}`)));
    expect(linked).toHaveLength(150);
  });

  describe('where a file shows no relatives', () => {
    const other = (number: number) => ({
      name: { givenName: person(number + 900).givenName ?? null },
      date: { birthDate: person(number + 31).birthDate ?? null },
    });
    // Everybody twice; of one in six the name is another the second time, of one in six the date, and of one of them both.
    const mail = { email: 'someone@mail.example' };
    const once = town.map((one, at) => (at === 7 ? { ...one, ...mail } : one));
    const again = once.map((one, at) => ({
      ...one,
      ...(at % 6 === 0 || at === 7 ? other(at).name : {}),
      ...(at % 6 === 1 ? other(at).date : {}),
    }));
    const linkedIn = (...files: LinkageRecord[][]): string[] => told(link(files.flat()).decisions, 'LINKED');

    it('lets another name and another date keep no records of one person apart', () => {
      expect(linkedIn(once, again)).toContain('7-157');
    });

    it('keeps twins apart of whom both are written down twice, and nobody for a name that is another once', () => {
      const twin = { ...once[9]!, ...other(9).name };
      const linked = linkedIn(once, again, [twin, twin]);
      expect(linked).toEqual(expect.arrayContaining(['9-159', '300-301']));
      for (const pair of ['9-300', '9-301', '159-300', '159-301']) expect(linked).not.toContain(pair);
      const moved = { ...once[9]!, city: 'Otherton' };
      expect(linkedIn(once, again, [moved, moved])).toEqual(expect.arrayContaining(['9-300', '159-301', '300-301']));
      expect(linkedIn(once, again, once.slice(9, 10), [twin])).toEqual(expect.arrayContaining(['9-300', '9-301']));
    });

    it('guards as ever with few people on file twice, and where relatives are', () => {
      expect(linkedIn(once, again.slice(0, 40))).not.toContain('7-157');
      const relatives = town.map((one, at) => ({
        ...one,
        ...other(at).name,
        birthDate: person(at + 57).birthDate ?? null,
      }));
      expect(linkedIn(once, again, relatives)).not.toContain('7-157');
    });
  });

  it('links a person twice where a file really has them twice', () => {
    const { decisions } = link(town, [...town, { ...town[7]!, phone: null }]);
    expect(told(decisions, 'LINKED')).toEqual(expect.arrayContaining(['7-157', '7-300']));
  });

  it('leaves a group to a human that has grown beyond what one person explains', () => {
    const same = Array.from({ length: 60 }, () => ({ ...person(1), email: 'one@mail.example' }));
    const { decisions } = link([...people(100).slice(2), ...same]);
    expect(told(decisions, 'LINKED').length).toBeLessThan((60 * 59) / 2);
    expect(told(decisions, 'REVIEW').length).toBeGreaterThan(0);
  });

  it('lets no chain tie two people together', () => {
    const [ann, zoe] = [
      { ...town[0]!, givenName: 'Annabel', birthDate: '1980-01-02' },
      { ...town[0]!, givenName: 'Zoraida', birthDate: '1951-11-23' },
    ];
    const between = { ...town[0]!, givenName: null, birthDate: null, email: 'home@mail.example' };
    const { decisions } = link([...town.slice(1), ann, between, zoe, ann, zoe]);
    const linked = told(decisions, 'LINKED');
    expect(linked).toEqual(expect.arrayContaining(['149-152', '151-153']));
    for (const pair of ['149-151', '149-153', '151-152', '152-153']) expect(linked).not.toContain(pair);
  });

  it('does not know the order of the rows, and says the same twice', () => {
    const anyRows = fc.array(anyRecord, { minLength: 2, maxLength: 25 });
    const outcomes = (rows: readonly LinkageRecord[], order: readonly number[]): unknown[] => {
      const { decisions } = link(order.map((at) => rows[at]!));
      return decisions
        .map(({ left, right, outcome, bits }) => {
          const pair = [order[left]!, order[right]!].map((at) => JSON.stringify(rows[at])).sort();
          return JSON.stringify([...pair, outcome, bits]);
        })
        .sort();
    };
    fc.assert(
      fc.property(anyRows, fc.infiniteStream(fc.nat(1000)), (rows, numbers) => {
        const order = rows.map((_, at) => at);
        const keys = order.map(() => numbers.next().value as number);
        const other = [...order].sort((a, b) => keys[a]! - keys[b]!);
        expect(outcomes(rows, other)).toEqual(outcomes(rows, order));
        expect(outcomes(rows, order)).toEqual(outcomes(rows, order));
      }),
      { numRuns: inDepth(6, 15) },
    );
  });

  it('never links two records whose names, birth dates and sexes conflict', () => {
    const conflicting = { givenName: 'Wilhelmina', familyName: 'Oakenshaw', birthDate: '1911-12-30', sex: 'x' };
    fc.assert(
      fc.property(anyRecord, (one) => {
        const first = { ...one, givenName: 'Bob', familyName: 'Garcia', birthDate: '1980-02-03', sex: 'm' };
        const { decisions } = link([...people(30), first, { ...one, ...conflicting }]);
        expect(told(decisions, 'LINKED')).not.toContain('30-31');
      }),
      { numRuns: inDepth(6, 15) },
    );
  });
});

describe('ScoredPairs', () => {
  it('grow as needed and lose nothing', () => {
    const pairs = new ScoredPairs();
    for (let at = 0; at < 5000; at += 1) pairs.add(at, at + 1, { bits: at, overRelatives: -at });
    expect([pairs.length, pairs.left(4999), pairs.right(7), pairs.evidenceOf(4000)]).toEqual([
      ...[5000, 4999, 8],
      { bits: 4000, overRelatives: -4000 },
    ]);
  });
});

describe('Groups', () => {
  it('grow by joining and are told once', () => {
    const groups = new Groups();
    groups.join(1, 2);
    groups.join(2, 3);
    expect([groups.all(), groups.of(9), groups.areJoined(1, 3), groups.areJoined(1, 9)]).toEqual([
      [[1, 2, 3]],
      [9],
      true,
      false,
    ]);
  });
});

describe('explain', () => {
  it('shows the evidence side by side, and its sum is the decision', () => {
    const pair = readPair({ ...person(1), sex: null }, { ...person(1), familyName: 'Other', phone: null });
    const model = expectedModel(1000, policy);
    const weigher = new Weigher(model, new Frequencies(readAll(people(1000))), policy);
    const { rows, ...sums } = explain(pair, new RecordComparer(policy.likeness), weigher, model);
    const row = (name: string) => rows.find(({ comparison }) => comparison === name);
    expect(row('givenName')).toMatchObject({
      level: 'EXACT',
      left: pair[0].givenName!.text,
      right: pair[1].givenName!.text,
    });
    expect(row('familyName')!.bits).toBeLessThan(0);
    expect(row('sex')).toMatchObject({ level: 'MISSING', bits: 0, left: null });
    expect(row('nameOrder')).toEqual({ comparison: 'nameOrder', level: 'IN_ORDER', bits: 0, left: null, right: null });
    const bits = rows.reduce((sum, { bits: some }) => sum + some, sums.priorBits + sums.relativesBits);
    expect(1 / (1 + 2 ** -bits)).toBeCloseTo(sums.probability, 6);
    expect(sums.relativesBits).toBeLessThanOrEqual(1e-9);
  });
});

describe('PersonFinder', () => {
  const finder = new PersonFinder([...town, { ...town[5]!, phone: null }], new RecordReader(someWords), policy);

  it('finds a person again, most probable first', () => {
    const found = finder.find({ ...town[5]!, houseNumber: null });
    expect(found.map(({ record, outcome }) => [record, outcome])).toEqual([
      [5, 'LINKED'],
      [150, 'LINKED'],
    ]);
    expect(finder.explain(town[5]!, 5).probability).toBeGreaterThan(0.98);
  });
  it('finds nobody for somebody new', () => expect(finder.find(person(777))).toEqual([]));
  it('shows a relative to a human at most', () => {
    const found = finder.find({ ...town[9]!, givenName: 'Wilhelmina', birthDate: '1911-12-30' });
    expect(found.filter(({ outcome }) => outcome === 'LINKED')).toEqual([]);
  });
  it('sends what is too little to go on to a human', () => {
    const alone = new PersonFinder([{ email: 'ann.lee@mail.example' }], new RecordReader(someWords), policy);
    expect(alone.find({ email: 'ann.lee@mail.example' }).map(({ outcome, conflict }) => [outcome, conflict])).toEqual([
      ['REVIEW', 'TOO_LITTLE'],
    ]);
  });
  it('looks again at whoever shares a key with many, if they share a second one', () => {
    const many = Array.from({ length: 50 }, (_, at) => ({
      ...person(at),
      birthDate: '1980-02-03',
      phone: '7405550100',
    }));
    const crowded = new PersonFinder(many, new RecordReader(someWords), policy);
    expect(crowded.find(many[3]!).map(({ record }) => record)).toContain(3);
    expect(crowded.find({ birthDate: '1980-02-03' })).toEqual([]);
  });
  it('tells of equals the first first', () => {
    const twins = new PersonFinder([person(8), person(3), person(3)], new RecordReader(someWords), policy);
    expect(twins.find(person(3)).map(({ record }) => record)).toEqual([1, 2]);
  });
  it('searches an empty register', () =>
    expect(new PersonFinder([], new RecordReader(someWords), policy).find(person(1))).toEqual([]));
});
