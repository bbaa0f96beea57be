import fc from 'fast-check';
import { defaultLinkagePolicy as policy } from '../default-policy';
import { anyRecord, someWords } from '../linkage.fixture';
import type { LinkageRecord } from '../linkage-record';
import { RecordReader } from '../prepared-record';
import { evidenceLines } from './agreement';
import { clustersFrom, type Pair, type Tie } from './clusters';
import { placePerson, type Candidate } from './place-person';
import { consentsNeeded, mayBeTied } from './provenance';
import { RegisterSearch } from './register-search';
import { RegisterShares, termsOf } from './register-shares';
import { slipsAmong, type PairOnFile } from './slips';

const reader = new RecordReader(someWords);
const register = { people: 0, counted: [] };
const searchFor = (asked: LinkageRecord) => new RegisterSearch(asked, register, reader, policy);
const robert = {
  givenName: 'Robert',
  familyName: 'Sample',
  birthDate: '1980-02-03',
  sex: 'MALE',
  phone: '740-555-0100',
};

describe('a search by little', () => {
  const namesake = { givenName: 'Robert', familyName: 'Sample' };
  const known = (record: LinkageRecord) => [{ id: 'known', record }];
  const common = {
    people: 200,
    counted: [{ field: 'givenName', value: 'robert', key: 'GIVEN_NAME:robert', people: 40 } as const],
  };
  const searchFor = (asked: LinkageRecord) => new RegisterSearch(asked, common, reader, policy);

  it('shows who bears a common name, though that makes nobody probable', () => {
    expect(searchFor(namesake).find(known(robert))).toEqual([]);
    expect(searchFor(namesake).sought(known(robert))).toMatchObject([{ id: 'known', outcome: 'NEW' }]);
  });

  it.each([
    ['another name', { ...robert, familyName: 'Quite' }],
    ['one name only', { givenName: 'Robert' }],
    ['a name and a sex', { givenName: 'Robert', sex: 'MALE' }],
  ])('does not show somebody with %s', (_, record) => {
    expect(searchFor({ ...namesake, sex: 'MALE' }).sought(known(record))).toEqual([]);
  });

  it('shows whoever is reached by the number, where nothing else was told, and nobody else', () => {
    const [asked, called] = [{ phone: '740-555-0112' }, { ...robert, phone: '+17405550112' }];
    expect(searchFor(asked).sought(known(called))).toMatchObject([{ id: 'known' }]);
    expect(searchFor(asked).sought(known({ ...called, phone: '+17405550199' }))).toEqual([]);
    const other = { ...asked, givenName: 'Zoe', familyName: 'Quite' };
    expect(searchFor(other).sought(known(called))).toEqual([]);
  });

  it('shows who is probable first', () => {
    const two = [...known({ ...namesake }), { id: 'certain', record: robert }];
    expect(
      searchFor(robert)
        .sought(two)
        .map(({ id }) => id),
    ).toEqual(['certain', 'known']);
  });
});

describe('shares of a register', () => {
  const counted = [{ field: 'givenName', value: 'robert', key: 'GIVEN_NAME:robert', people: 50 }] as const;
  const { rates } = policy.training;

  const sharesOf = (people: number) => new RegisterShares({ people, counted }, policy.lookup);

  it('of names are average until the register is large enough to say otherwise', () => {
    const [few, many] = [sharesOf(90), sharesOf(1_000_000)];
    expect(few.shareOf('givenName', 'zoe', { rates })).toBeCloseTo(0.01, 3);
    expect(few.shareOf('givenName', 'robert', { rates })).toBeCloseTo(0.055, 3);
    expect(many.shareOf('givenName', 'zoe', { rates })).toBeCloseTo(0.00001, 5);
    expect(many.shareOf('givenName', 'robert', { rates })).toBeCloseTo(0.00006, 5);
    const crowd = { people: 0, counted: [{ ...counted[0], people: 5000 }] };
    expect(new RegisterShares(crowd, policy.lookup).shareOf('givenName', 'robert', { rates })).toBe(1);
  });

  it('of dates and numbers are counts in a county of so many people at least', () => {
    const born = { field: 'birthDate', value: '19800203', key: 'BIRTH_DATE:19800203', people: 40 } as const;
    const shares = new RegisterShares({ people: 90, counted: [born] }, policy.lookup);
    expect(shares.shareOf('birthDate', '19800203', { rates })).toBe(0.002);
    expect(shares.shareOf('birthDate', '19810203', { rates })).toBe(0.00004);
  });

  it('are the average where nobody counts: two of one sex are no rarity in a large register', () => {
    expect(sharesOf(1000).shareOf('sex', 'm', { rates })).toBe(0.5);
    const counting = { people: 1_000_000, counted: [] };
    const asked = { givenName: 'Miaez', familyName: 'Mararmeira', birthDate: '1996-01-21', sex: 'f' };
    const other = { givenName: 'Miaez', familyName: 'Jors', birthDate: '1998-01-21', sex: 'f' };
    const { outcome, evidence } = new RegisterSearch(asked, counting, reader, policy).judged({
      id: 'x',
      record: other,
    });
    expect(evidence).toContainEqual({ comparison: 'sex', agreement: 'AGREES', level: 'EXACT', bits: 1 });
    expect(outcome).not.toBe('LINKED');
  });

  it('are asked for by terms of what is there', () => {
    expect(termsOf(reader.read({}))).toEqual([]);
    expect(termsOf(reader.read(robert)).map(({ key }) => key)).toEqual([
      ...['GIVEN_NAME:robert', 'FAMILY_NAME:sample', 'BIRTH_DATE:19800203', 'PHONE:5550100'],
    ]);
  });
});

describe('a search of a register', () => {
  it('links beyond doubt, asks where there is some, and drops the rest; the best first, of equals by id', () => {
    const found = searchFor(robert).find([
      { id: 'c', record: { givenName: 'Ann', familyName: 'Other', birthDate: '1990-01-01' } },
      { id: 'b', record: robert },
      { id: 'a', record: robert },
      { id: 'd', record: { givenName: 'Bob', familyName: 'Sample', phone: '740-555-0100' } },
    ]);
    expect(found.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['a', 'LINKED'],
      ['b', 'LINKED'],
      ['d', 'REVIEW'],
    ]);
    expect(found[2]?.evidence).toContainEqual(
      expect.objectContaining({ comparison: 'givenName', agreement: 'CLOSE', level: 'NICKNAME' }),
    );
  });

  it('gives evidence without a single value, and none for what is missing', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (a, b) => {
        const { evidence } = searchFor(a).judged({ id: 'x', record: b });
        for (const line of evidence) {
          expect(Object.keys(line).sort()).toEqual(['agreement', 'bits', 'comparison', 'level']);
        }
        const missing = Object.keys(a).filter((field) => (a[field as 'sex'] ?? '').trim() === '');
        for (const { comparison } of evidence) {
          if (comparison !== 'city' && comparison !== 'houseNumber') {
            expect(
              missing.filter(
                (one) =>
                  !['city', 'houseNumber', 'state', 'postalCode', 'street', 'givenName', 'familyName'].includes(one),
              ),
            ).not.toContain(comparison);
          }
        }
      }),
    );
    const rows = [{ comparison: 'birthDate', level: 'WITHIN_A_YEAR', bits: -1.26, left: null, right: null }] as const;
    expect(evidenceLines({ rows, priorBits: 0, relativesBits: 0, probability: 0 })).toEqual([
      { comparison: 'birthDate', agreement: 'DIFFERS', level: 'WITHIN_A_YEAR', bits: -1.3 },
    ]);
  });
});

describe('placing a person', () => {
  const candidate = (id: string, cluster: string, record: LinkageRecord): Candidate => ({ id, cluster, record });
  const place = (all: readonly Candidate[], members = all) => {
    const { linked, review } = placePerson(searchFor(robert), all, members);
    return [linked.map(({ id }) => id), review.map(({ id }) => id)];
  };

  it('makes one pair with each person found', () => {
    expect(place([candidate('a', 'a', robert), candidate('b', 'a', robert)])).toEqual([['a'], []]);
    expect(place([candidate('a', 'a', robert), candidate('b', 'b', robert)])).toEqual([['a', 'b'], []]);
    expect(place([])).toEqual([[], []]);
    expect(place([candidate('a', 'a', robert)], [])).toEqual([['a'], []]);
  });

  it('asks a human where somebody behind the other record is clearly somebody else', () => {
    const other = { ...robert, givenName: 'Xaver', birthDate: '1955-11-30', sex: 'MALE', phone: null };
    const all = [candidate('a', 'a', robert), candidate('b', 'a', other)];
    expect(place([all[0]!], all)).toEqual([[], ['a']]);
    const twin = candidate('c', 'c', { ...robert, phone: '740-555-0199' });
    const apart = candidate('d', 'c', { ...robert, birthDate: '1981-07-09' });
    expect(place([candidate('a', 'a', robert), twin], [candidate('a', 'a', robert), twin, apart])).toEqual([
      ['a'],
      ['c'],
    ]);
  });

  it('asks about at most five people, and lets nobody into a crowd', () => {
    const doubtful = { givenName: 'Bob', familyName: 'Sample', phone: '740-555-0100' };
    const many = Array.from({ length: 9 }, (_, at) => candidate(`x${at}`, `x${at}`, doubtful));
    expect(place(many)[1]).toHaveLength(5);
    const crowd = Array.from({ length: 40 }, (_, at) => candidate(`x${at}`, 'x0', robert));
    expect(place([crowd[0]!], crowd)).toEqual([[], ['x0']]);
  });
});

describe('clusters', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const tie = (left: string, right: string, bits = 1, isHuman = false): Tie => ({ left, right, bits, isHuman });
  const drawn = (ties: Tie[], apart: Pair[] = []) => [...clustersFrom(ids, ties, apart).values()].join('');

  it('follow ties, and are named by their first record', () => {
    expect(drawn([tie('b', 'c'), tie('e', 'c')])).toBe('abbdbf');
    expect([...clustersFrom([], [tie('x', 'y')], [])]).toEqual([
      ['x', 'x'],
      ['y', 'x'],
    ]);
  });

  it('never hold two records that are held apart: people before figures, heavy before light', () => {
    expect(drawn([tie('a', 'b', 9), tie('b', 'c', 5)], [['c', 'a']])).toBe('aacdef');
    expect(drawn([tie('a', 'b', 5), tie('b', 'c', 9)], [['c', 'a']])).toBe('abbdef');
    expect(drawn([tie('a', 'b', 5, true), tie('b', 'c', 9)], [['c', 'a']])).toBe('aacdef');
    expect(drawn([tie('a', 'b', 5), tie('b', 'c', 5)], [['c', 'a']])).toBe('aacdef');
  });

  it('depend on ties and not on their order', () => {
    const anyId = fc.constantFrom(...ids);
    const anyTie = fc.tuple(anyId, anyId, fc.nat(3), fc.boolean()).filter(([a, b]) => a < b);
    const anyTies = fc.uniqueArray(anyTie, { selector: ([a, b]) => `${a}${b}`, maxLength: 10 });
    const anyApart = fc.array(
      fc.tuple(anyId, anyId).filter(([a, b]) => a !== b),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(anyTies, anyApart, (ties, apart) => {
        const made = ties.map(([left, right, bits, isHuman]) => tie(left, right, bits, isHuman));
        const clusters = clustersFrom(ids, made, apart);
        expect(clustersFrom([...ids].reverse(), [...made].reverse(), [...apart].reverse())).toEqual(
          new Map([...clusters].reverse()),
        );
        for (const [a, b] of apart) expect(clusters.get(a)).not.toBe(clusters.get(b));
        if (apart.length === 0) {
          for (const { left, right } of made) expect(clusters.get(left)).toBe(clusters.get(right));
        }
      }),
    );
  });
});

describe('walls between records', () => {
  const of = (id: string, sourceAgencyId: string | null, isPart2 = false) => ({ id, sourceAgencyId, isPart2 });

  it('are none within an agency, and none where no Part 2 program is', () => {
    expect(consentsNeeded(of('a', 'clinic', true), of('b', 'clinic', true))).toEqual([]);
    expect(consentsNeeded(of('a', 'police'), of('b', 'ems'))).toEqual([]);
    expect(mayBeTied(of('a', 'police'), of('b', 'ems'), [])).toBe(true);
    expect(mayBeTied(of('a', null), of('b', null), [])).toBe(true);
  });

  it('open with the consent of each Part 2 record towards the agency of the other', () => {
    const [clinic, police, ward] = [of('a', 'clinic', true), of('b', 'police'), of('c', 'ward', true)];
    expect(consentsNeeded(police, clinic)).toEqual([{ personId: 'a', agencyId: 'police' }]);
    expect(mayBeTied(clinic, police, [])).toBe(false);
    expect(mayBeTied(clinic, police, [{ personId: 'a', agencyId: 'police' }])).toBe(true);
    expect(mayBeTied(clinic, ward, [{ personId: 'a', agencyId: 'ward' }])).toBe(false);
    const both = [
      { personId: 'a', agencyId: 'ward' },
      { personId: 'c', agencyId: 'clinic' },
    ];
    expect(mayBeTied(clinic, ward, both)).toBe(true);
    expect(mayBeTied(clinic, of('d', null), [{ personId: 'a', agencyId: null }])).toBe(true);
  });
});

describe('persons who may be one but for a slip of the pen', () => {
  const pairOf = (other: LinkageRecord, traits: Partial<PairOnFile> = {}): PairOnFile => {
    const { evidence } = searchFor(robert).judged({ id: 'b', record: other });
    return { one: 'b', other: 'a', isOpen: true, isWalled: false, evidence, ...traits };
  };
  const factsOf = (...pairs: PairOnFile[]) =>
    slipsAmong(pairs, policy).map(({ one, other, facts }) => [one, other, facts]);
  const names = { givenName: 'Robert', familyName: 'Sample' };

  it.each<[string, LinkageRecord, number]>([
    ['the same', robert, 4],
    ['a letter', { ...names, familyName: 'Sampel' }, 2],
    ['short for it', { ...names, givenName: 'Bob' }, 2],
    ['a digit of the day', { ...names, birthDate: '1980-02-04' }, 3],
    ['another day', { ...names, birthDate: '1980-02-27' }, 0],
    ['another name', { ...robert, givenName: 'Quentin' }, 0],
    ['a suffix of one', { ...names, familyName: 'Sample Jr.' }, 0],
    ['another sex', { ...names, sex: 'FEMALE' }, 0],
    ['one fact', { givenName: 'Robert' }, 0],
  ])('%s', (_, other, facts) => {
    expect(factsOf(pairOf(other))).toEqual(facts === 0 ? [] : [['a', 'b', facts]]);
  });

  it('are none where a pair between them is decided, walled or says otherwise', () => {
    expect(factsOf(pairOf(robert), pairOf(names))).toEqual([['a', 'b', 2]]);
    expect(factsOf(pairOf(robert), pairOf(robert, { isOpen: false }))).toEqual([]);
    expect(factsOf(pairOf(robert, { isWalled: true }), pairOf(robert))).toEqual([]);
    expect(factsOf(pairOf(robert), pairOf({ ...robert, sex: 'FEMALE' }))).toEqual([]);
    expect(factsOf(pairOf(robert, { one: 'a' }))).toEqual([]);
  });
});
