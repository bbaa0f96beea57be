import fc from 'fast-check';
import { reasonOf } from '../conflict-words';
import { shippedWords } from '../shipped-words';
import { isThorough } from '../../../../test/setup/thorough';
import { blockingKeysOf } from './blocking/blocking-keys';
import type { Outcome } from './decide/decision';
import { defaultLinkagePolicy as policy } from './default-policy';
import { person } from './linkage.fixture';
import { linkRecords } from './link-records';
import type { LinkageField, LinkageRecord } from './linkage-record';
import { RecordReader } from './prepared-record';
import { placePerson } from './register/place-person';
import { RegisterSearch } from './register/register-search';
import { termsOf } from './register/register-shares';

const reader = new RecordReader(shippedWords());

/** What Handrail says of two of a register in which nobody else has anything in common with them. */
const inRegister = (size: number, one: LinkageRecord, other: LinkageRecord): Outcome => {
  const [left, right] = [one, other].map((record) => termsOf(reader.read(record)));
  const isShared = (key: string) => right!.some((term) => term.key === key);
  const counted = left!.map((term) => ({ ...term, people: isShared(term.key) ? 2 : 1 }));
  const search = new RegisterSearch(one, { people: size, counted }, reader, policy);
  return search.judged({ id: 'other', record: other }).outcome;
};

const home = ['houseNumber', 'street', 'city', 'postalCode'] as const;
/** What two people may have in common: one to three things, and never what makes one person (both names and the birth date). */
const shares: readonly (readonly LinkageField[])[] = [
  ['givenName'],
  ['familyName'],
  ['birthDate'],
  ['phone'],
  [...home],
  ['givenName', 'familyName'],
  ['givenName', 'birthDate'],
  ['familyName', 'birthDate'],
  ['givenName', 'phone'],
  ['birthDate', 'phone'],
  ['familyName', 'phone'],
  ['familyName', ...home],
  ['birthDate', ...home],
  ['givenName', ...home],
  ['givenName', 'familyName', 'phone'],
  ['givenName', 'familyName', ...home],
  ['familyName', 'birthDate', 'phone'],
  ['familyName', 'birthDate', ...home],
  ['givenName', 'birthDate', ...home],
  ['givenName', 'birthDate', 'phone'],
];
const product = ['givenName', 'familyName', 'birthDate', 'sex', 'phone'] as const;
const only = (record: LinkageRecord, fields: readonly LinkageField[]): LinkageRecord =>
  Object.fromEntries(fields.flatMap((field) => (record[field] === undefined ? [] : [[field, record[field]]])));
const split = (words: string): readonly string[] => words.split(' ');
const givenNames = split('Maria James Patricia Robert Jennifer Michael Linda David Susan Thomas Karen Kevin');
const syllables = split('bran col der fitz gor hal jen kar lov mes nor pul quin rad sto tam vey wick');
const syllable = (number: number): string => syllables[number % syllables.length]!;
const family = (number: number): string => [number, Math.floor(number / 18), number * 7].map(syllable).join('');

/** People of a town as towns are: few given names, many family names, nobody near to anybody by chance. */
const someone = (number: number) => {
  const mixed = (number * 7919) % 5051;
  return {
    ...person(number),
    givenName: givenNames[mixed % givenNames.length]!,
    familyName: family(mixed),
    phone: `740${String(2_000_000 + ((mixed * 104_729) % 7_999_999))}`,
    birthDate: new Date(Date.UTC(1940, 0, 1 + ((mixed * 6_211) % 22_000))).toISOString().slice(0, 10),
    street: `${family(mixed + 40)} Street`,
    city: `${syllable(number)}ville`,
  };
};
const sharing = (number: number, fields: readonly LinkageField[]): [LinkageRecord, LinkageRecord] => {
  const [one, other] = [someone(number), { ...someone(number + 457), sex: person(number).sex! }];
  return [one, { ...other, ...only(one, fields) }];
};

const anySize = fc.constantFrom(0, 10, 90, 1000, 1_000_000);
const anyNumber = fc.nat(5000);
const runs = { numRuns: isThorough ? 2000 : 60 };
const told = (size: number, one: LinkageRecord, other: LinkageRecord): Outcome =>
  inRegister(size, only(one, product), only(other, product));

describe('two people who have one to three things in common', () => {
  it('are never linked without a human in a register, however few are on file', () => {
    for (const fields of shares) expect(told(90, ...sharing(7, fields))).not.toBe('LINKED');
    fc.assert(
      fc.property(anySize, anyNumber, fc.constantFrom(...shares), (size, number, fields) => {
        expect(told(size, ...sharing(number, fields))).not.toBe('LINKED');
      }),
      runs,
    );
  });

  it.each([
    ['one letter apart', { givenName: 'Marta' }],
    ['of names nobody knows', { givenName: 'Mariu' }],
    ['whose names sound alike', { givenName: 'Mareah' }],
    ['of whom one gave an initial', { givenName: 'M' }],
  ])('are never linked without a human: twins %s', (_, twin) => {
    const one = { ...someone(4), givenName: 'Maria' };
    for (const size of [0, 90, 1000]) expect(told(size, one, { ...one, ...twin })).toBe('REVIEW');
  });

  it('are not taken for one by a telephone that is nearly the same, nor by figures that differ in all else', () => {
    const one = { givenName: 'Jo', familyName: 'Sample', birthDate: '1990-02-03', phone: '740-555-0100' };
    expect(told(90, one, { ...one, familyName: 'Other', phone: '740-555-0107' })).toBe('REVIEW');
    expect(told(90, one, { ...one, familyName: 'Other', phone: '614-555-9342' })).toBe('REVIEW');
    expect(told(90, one, { ...one, sex: 'female' })).toBe('LINKED');
    expect(told(90, { ...one, sex: 'male' }, { ...one, phone: null, sex: 'female' })).toBe('REVIEW');
  });

  it.each([10, 90])('are never linked without a human in a file of %i and its doubles', (size) => {
    const town = Array.from({ length: size }, (_, number) => someone(number));
    const again = town.slice(0, size / 3).map((one, at) => (at % 2 ? { ...one, phone: null } : { ...one, sex: null }));
    const pairs = [
      ...shares.map((fields, at) => sharing(2000 + at, fields)),
      [
        { ...someone(3000), givenName: 'Maria' },
        { ...someone(3000), givenName: 'Marta' },
      ],
    ];
    const records = [...town, ...again, ...pairs.flat()].map((record) => reader.read(record));
    const { decisions } = linkRecords({ records, split: null }, policy);
    const linked = decisions.filter(({ outcome }) => outcome === 'LINKED').map(({ left, right }) => `${left}-${right}`);
    expect(linked.sort()).toEqual(again.map((_, at) => `${at}-${at + size}`).sort());
  });
});

describe('father and son of one name, home and telephone', () => {
  const man = { ...someone(4), givenName: 'James', sex: 'male' };
  const called = (suffix: string, more: LinkageRecord = {}): LinkageRecord => ({
    ...man,
    birthDate: null,
    familyName: `${man.familyName} ${suffix}`,
    ...more,
  });
  const { birthDate } = man;
  const pairs: readonly [string, LinkageRecord, LinkageRecord, Outcome][] = [
    ['Sr. and Jr.', called('Sr.'), called('Jr.'), 'REVIEW'],
    ['one with a birth date', called('Sr.', { birthDate }), called('Jr.'), 'REVIEW'],
    ['nothing and III', called(''), called('III'), 'REVIEW'],
    ['Jr. behind the given name', called('Sr.'), { ...called(''), givenName: 'James Jr' }, 'REVIEW'],
    ['nothing and Jr., one with a birth date', called('', { birthDate }), called('Jr.'), 'REVIEW'],
    ['Sr. and Jr. with one birth date', called('Sr.', { birthDate }), called('Jr.', { birthDate }), 'REVIEW'],
    ['nothing and Jr. with one birth date', called('', { birthDate }), called('Jr.', { birthDate }), 'LINKED'],
    ['Jr. twice', called('Jr.'), called('Junior'), 'LINKED'],
  ];

  it.each(pairs)('in a register: %s', (_, one, other, outcome) => {
    const search = new RegisterSearch(one, { people: 90, counted: [] }, reader, policy);
    const known = { id: 'other', cluster: 'other', record: other };
    expect(search.judged(known).outcome).toBe(outcome);
    expect(placePerson(search, [known], [known]).linked).toHaveLength(outcome === 'LINKED' ? 1 : 0);
  });

  it.each([true, false])('in a file, also where it shows no relatives: %s', (isWithout) => {
    const town = Array.from({ length: 60 }, (_, number) => someone(number + 10));
    const rows = [...town, ...(isWithout ? town : []), called('Sr.'), called('Jr.')];
    const { decisions } = linkRecords({ records: rows.map((record) => reader.read(record)), split: null }, policy);
    expect(decisions.filter(({ left }) => left === rows.length - 2).map(({ outcome }) => outcome)).toEqual(['REVIEW']);
  });

  it('are tied together by no third record, and a human reads why they are apart', () => {
    const search = new RegisterSearch(called('Jr.', { birthDate }), { people: 90, counted: [] }, reader, policy);
    const records = [called('', { birthDate }), called('Sr.')];
    const known = records.map((record, at) => ({ id: `${at}`, cluster: 'one', record }));
    expect(placePerson(search, known.slice(0, 1), known).linked).toEqual([]);
    const { conflict, evidence } = search.judged(known[1]!);
    expect(reasonOf(conflict!)).toContain('father and son');
    expect(evidence.find(({ comparison }) => comparison === 'nameSuffix')).toMatchObject({
      agreement: 'DIFFERS',
      bits: 0,
    });
  });

  it('are found by a name with its suffix, which is no second fact beside it', () => {
    const search = new RegisterSearch({ familyName: 'Whitlock Jr.' }, { people: 90, counted: [] }, reader, policy);
    expect(search.sought([{ id: 'other', record: { ...someone(9), familyName: 'Whitlock Jr.' } }])).toEqual([]);
  });
});

describe('a file of homes without a birth date', () => {
  const told = ['givenName', 'familyName', 'phone', ...home] as const;

  it('links whoever agrees in name, telephone and home, and nobody of one home to another', () => {
    const town = Array.from({ length: 120 }, (_, number) => ({ ...someone(number), givenName: family(number + 2000) }));
    const others = town.map((one, at) => ({
      ...one,
      givenName: family(at + 2457),
      phone: at % 3 ? someone(at + 457).phone : one.phone,
    }));
    const records = [...town, ...others, ...town.slice(0, 90)].map((record) => reader.read(only(record, told)));
    const { decisions } = linkRecords({ records, split: null }, policy);
    const linked = decisions.filter(({ outcome }) => outcome === 'LINKED').map(({ left, right }) => `${left}-${right}`);
    expect(linked.sort()).toEqual(Array.from({ length: 90 }, (_, at) => `${at}-${at + 240}`).sort());
  });
});

describe('a record that leaves the given name out', () => {
  const [maria, marta] = ['Maria', 'Marta'].map((name) => ({ ...someone(4), givenName: name }));
  const nameless = { ...someone(4), givenName: null };

  it('ties no twins together in a file', () => {
    const records = [...Array.from({ length: 60 }, (_, number) => someone(number + 10)), maria!, nameless, marta!];
    const { decisions } = linkRecords({ records: records.map((record) => reader.read(record)), split: null }, policy);
    const linked = decisions.filter(({ outcome }) => outcome === 'LINKED');
    expect(linked.map(({ left, right }) => `${left}-${right}`)).not.toEqual(expect.arrayContaining(['60-61', '61-62']));
    expect(linked.some(({ left, right }) => left === 60 && right === 62)).toBe(false);
  });

  it('ties no twins together in a register', () => {
    const search = new RegisterSearch(marta!, { people: 0, counted: [] }, reader, policy);
    const [one, between] = [maria!, nameless].map((record, at) => ({ id: `${at}`, cluster: '0', record }));
    expect(placePerson(search, [between!], [one!, between!]).linked).toEqual([]);
  });
});

describe('one person written down twice', () => {
  const slips: Readonly<Record<string, (one: ReturnType<typeof someone>) => LinkageRecord>> = {
    'a wrong letter in the given name': (one) => ({ ...one, givenName: `${one.givenName}a` }),
    'a wrong letter in the family name': (one) => ({ ...one, familyName: one.familyName.replace(/.$/, 'x') }),
    'a wrong digit of the birth date': (one) => ({ ...one, birthDate: one.birthDate.replace(/.$/, '0') }),
    'month and day swapped': (one) => ({ ...one, birthDate: one.birthDate.replace(/-(..)-(..)/, '-$2-$1') }),
    'names crossed': (one) => ({ ...one, givenName: one.familyName, familyName: one.givenName }),
    'a second family name': (one) => ({ ...one, familyName: `${one.familyName} Lopez` }),
    'another telephone': (one) => ({ ...one, phone: '614-555-9342' }),
    'no telephone': (one) => ({ ...one, phone: null }),
    'another family name': (one) => ({ ...one, familyName: 'Oakenshaw' }),
  };

  it.each(Object.entries(slips))('is linked or before a human: %s', (_, slip) => {
    fc.assert(
      fc.property(anySize, anyNumber, (size, number) => {
        expect(told(size, someone(number), slip(someone(number)))).not.toBe('NEW');
      }),
      { numRuns: isThorough ? 300 : 8 },
    );
  });

  it('is found by a nickname, and by a nickname in the field of the family name', () => {
    const one = { ...someone(4), givenName: 'Robert' };
    const bob = { ...one, givenName: 'Bob' };
    const crossed = { ...one, givenName: one.familyName, familyName: 'Bob' };
    const outcomes = (size: number, a: LinkageRecord, b: LinkageRecord) =>
      [a, { ...a, phone: null }].map((record) => told(size, record, b));
    expect(outcomes(90, one, bob)).toEqual(['LINKED', 'LINKED']);
    expect(outcomes(90, one, crossed)).toEqual(['LINKED', 'REVIEW']);
    expect(outcomes(90, crossed, one)).toEqual(['LINKED', 'REVIEW']);
    expect(outcomes(1_000_000, one, crossed)).toEqual(['LINKED', 'REVIEW']);
    const keys = [one, crossed].map((record) => blockingKeysOf(reader.read(record), policy.blocking.keys));
    expect(keys[0]!.filter((key) => key.startsWith('NAME_AND_DAY') && keys[1]!.includes(key))).not.toEqual([]);
  });
});
