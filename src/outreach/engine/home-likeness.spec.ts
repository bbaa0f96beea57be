import fc from 'fast-check';
import { readRules } from '../../platform/config';
import { AddressBook, type PostalWords } from './address-key';
import { homeLikeness, type Likeness } from './home-likeness';
import { namesakeLikeness } from './namesake';

const book = new AddressBook(readRules('postal-words.json') as PostalWords);
const ross = (address: string) => ({ address, countyFips: '39141', countyName: 'Ross' });
const pike = (address: string) => ({ address, countyFips: '39131', countyName: 'Pike' });
const likeness = (one: string, other: string): Likeness => {
  const both = [homeLikeness(ross(one), ross(other), book), homeLikeness(ross(other), ross(one), book)];
  expect(both[0]).toBe(both[1]);
  return both[0] as Likeness;
};

describe('two addresses', () => {
  const HOME = '412 N Paint St, Chillicothe OH 45601';
  it.each<readonly [Likeness, string, ...string[]]>([
    [
      'SAME',
      HOME,
      ...[
        '412 North Paint Street',
        '412 N Paint St, Ross County',
        '412 N Paint St Ross Co',
        '0412 N. PAINT ST., 45601-1234',
      ],
      ...[
        '412 N Paint St, Chillicothe OH 45610',
        '412 N Paint St, Cillicothe',
        '412 No. Paint St',
        '412 N Paint St, Massieville 45601',
      ],
    ],
    [
      'DOUBT',
      HOME,
      ...[
        '412 Paint',
        '412 Paint Chillicothe',
        '412 N Paint',
        '412 N Paint Ave',
        '412 N Piant St',
        '412 Paint St N',
        '412 N Pain St',
      ],
      ...[
        '412 N Paints St',
        '412 N Paimt St',
        '412 N Paint St Apt 2',
        '412-2 N Paint',
        '412 N Paint upstairs',
        '412 N Paint 2',
        '412B N Paint St',
      ],
      ...[
        '412½ N Paint St',
        '412 N Paint St 46501',
        '412 N Paint St, Bainbridge OH 45610',
        '412 N Paint St, Chillicothe 45612',
        '412 Paint No 2',
      ],
    ],
    [
      'OTHER',
      HOME,
      ...[
        '414 N Paint St',
        '412 S Paint St',
        '412 NE Paint St',
        '412 N Main St',
        '412 N Paint Creek Rd',
        '412 N Paint St, Bainbridge OH 45612',
      ],
      ...['412 N Paint St, Bainbridge', '412 N Paint St 45612', 'PO Box 412', 'home', '412 Main', '412 Point St'],
    ],
    [
      'SAME',
      '412 N Paint St Apt 2',
      '412 N Paint St Apt two',
      '412 N Paint St Apt No. 2',
      '412 N Paint St #2',
      '412-2 N Paint St',
      'Apt # 2nd, 412 N Paint St',
      '412 N Paint St No 2',
    ],
    [
      'DOUBT',
      '412 N Paint St Apt 2',
      HOME,
      '412 N Paint St upstairs',
      '412 N Paint St Bldg 3 Apt 2',
      '412 N Paint St 2nd floor',
    ],
    [
      'OTHER',
      '412 N Paint St Apt 2',
      '412 N Paint St Apt 3',
      '412-3 N Paint',
      '412 Paint #22',
      '412 N Paint St Apt 2b',
    ],
    [
      'DOUBT',
      '412 N Paint St Apt 2, Chillicothe OH 45601',
      ...['412N Paint St Apt2', '#412 N Paint St Apt 2', 'Paint St 412, Apt 2', 'N Paint St 412', 'Calle Paint 412'],
      ...['412 Norht Paint St Apt 2', '412 Nth Paint St', '412 N Paint St Aptt 2, Chillicothe', 'Paint St 412 rear'],
      ...['#412 Paint, Chillicothe', 'Behind Paint, Lot 412'],
    ],
    [
      'OTHER',
      '412 N Paint St Apt 2, Chillicothe OH 45601',
      ...['412S Paint St', '#412 S Paint St', 'S Paint St 412', '412 Suoth Paint St', '412 N Paint St Aptt 3'],
      ...['#2, 414 N Paint St', '#2 414 N Paint St', 'Chillicothe 412', 'N Paint St 414', 'Lot 412, Chillicothe'],
      ...['PO Box 412, Chillicothe', 'N Paint St 412, Bainbridge OH 45612', '414N Paint St', 'Lot 414 Paint'],
    ],
    ['DOUBT', '17 E 2nd St', '17 E 2 St', '17 E. Secnd St', '17 E Second', '17E 2nd St'],
    ['OTHER', '17 E 2nd St', '17 E 3 St', '17 E. Thrid St', '17 W 2 St'],
    ['DOUBT', '55 MLK Blvd', '55 Dr Martin Luther King Jr Blvd', '55 Rev. Martin Luther King'],
    ['OTHER', '55 MLK Blvd', '57 Dr Martin Luther King Jr Blvd', '55 Dr Miller Blvd'],
    ['DOUBT', 'PO Box 12, Bainbridge', 'Box 12 Bainbridge', 'RR 2 Box 12'],
    ['OTHER', 'RR 2 Box 12', 'RR 3 Box 12', 'Box 13'],
    ['DOUBT', 'Green Acres Lot 7', 'Lot 7 Green Acres', '7 Green Acres', 'Lot 07, Green Acres, Chillicothe'],
    ['OTHER', 'Green Acres Lot 7', 'Lot 8 Green Acres', 'Lot 7 Green Valley', '8 Green Acres'],
    ['DOUBT', '88 Quarry Rd', '88Quarry Rd', 'Quarry Rd 88', '088Quarry'],
    ['SAME', '12 Worth Hill Rd', '12 Worth Hill Road'],
    ['OTHER', '88B Quarry Rd', '88C Quarry Rd', '89Quarry Rd'],
    ['OTHER', '412 N Paint St upstairs', '412 N Paint St downstairs', '412 N Paint St basement'],
    ['DOUBT', '412 N Paint St upstairs', '412 N Paint St rear'],
    ['DOUBT', '12 N Main St W', '12 N Main St', '12 Main St W', '12 Main St'],
    ['OTHER', '12 N Main St W', '12 N Main St E', '12 S Main St W'],
    ['SAME', '12 North St', '12 North Street'],
    ['DOUBT', '12 Mill Run Rd', '12 Mill Run', '12 Mill'],
    ['DOUBT', '12 Blue Jay Rd', '12 Bluejay Road'],
    ['DOUBT', '12 2 Ave N', '12 2 Ave'],
    ['SAME', '1234 State Route 104', '1234 SR-104, Ross County', '1234 Route 104 Chillicothe'],
    ['OTHER', '1234 State Route 104', '1234 State Route 105', '1234 County Road 104'],
    ['DOUBT', '12 5th St', '12 5th Ave'],
    ['OTHER', '12 5th St', '12 6th St', '12 15th St'],
    ['SAME', 'PO Box 12, Chillicothe', 'P.O. Box 12'],
    ['DOUBT', 'RR 2 Box 15', 'Rural Route 2'],
    ['OTHER', 'RR 2 Box 15', 'RR 2 Box 16', 'home'],
    ['OTHER', 'home', 'home'],
  ])('%s: %s', (wanted, home, ...others) => {
    expect(others.map((other) => [other, likeness(home, other)])).toEqual(others.map((other) => [other, wanted]));
  });

  it('of two counties are one only where a town or a code says so, and then a human looks', () => {
    const at = (other: string) => homeLikeness(ross('412 N Paint St, Chillicothe OH 45601'), pike(other), book);
    expect(at('412 N Paint St, Chillicothe')).toBe('DOUBT');
    expect(at('412 N Paint St 45601')).toBe('DOUBT');
    expect(at('412 N Paint St')).toBe('OTHER');
    expect(at('412 N Paint St, Waverly')).toBe('OTHER');
    expect(homeLikeness(pike('1 Oak St, Ross'), ross('1 Oak St, Ross'), book)).toBe('OTHER');
  });
});

describe('somebody at a home where somebody opted out', () => {
  const levels = {
    givenName: 'EXACT',
    familyName: 'EXACT',
    birthDate: 'MISSING',
    nameOrder: 'IN_ORDER',
    nameSuffix: 'MISSING',
    isPhoneSame: false,
  };
  type Told = Partial<typeof levels>;
  const NOBODY = { givenName: 'MISSING', familyName: 'MISSING' };
  const ELSE = { givenName: 'DIFFERENT' };
  const BORN = { birthDate: 'DIFFERENT' };
  it.each<readonly [Likeness, ...Told[]]>([
    ['SAME', {}, { birthDate: 'EXACT' }, { givenName: 'INITIAL' }, { givenName: 'MISSING' }],
    // Nobody is named.
    ['SAME', NOBODY, { ...NOBODY, birthDate: 'EXACT' }, { ...NOBODY, givenName: 'EXACT' }],
    ['DOUBT', { ...NOBODY, ...ELSE }, { ...NOBODY, ...BORN }, { familyName: 'MISSING', ...BORN }],
    ['OTHER', { ...NOBODY, ...ELSE, ...BORN }],
    ['DOUBT', { givenName: 'NICKNAME' }, { familyName: 'CLOSE' }, { nameOrder: 'CROSSED' }, { givenName: 'CLOSE' }],
    ['DOUBT', { nameOrder: 'CROSSED', familyName: 'MISSING' }, { birthDate: 'CLOSE' }, { ...BORN, isPhoneSame: true }],
    [
      'DOUBT',
      { ...ELSE, birthDate: 'EXACT' },
      { ...ELSE, isPhoneSame: true },
      { familyName: 'DIFFERENT', isPhoneSame: true },
    ],
    ['OTHER', ELSE, BORN, { familyName: 'DIFFERENT' }, { ...ELSE, ...BORN, isPhoneSame: true }],
    ['OTHER', { ...ELSE, birthDate: 'CLOSE' }],
    // Father and son.
    ['OTHER', { nameSuffix: 'DIFFERENT', isPhoneSame: true }, { ...ELSE, nameSuffix: 'ONE_SIDE' }],
    ['DOUBT', { nameSuffix: 'ONE_SIDE' }, { nameSuffix: 'DIFFERENT', birthDate: 'EXACT' }],
    ['SAME', { nameSuffix: 'ONE_SIDE', birthDate: 'EXACT' }, { nameSuffix: 'EXACT' }],
  ])('is %s: %j', (wanted, ...told) => {
    const others = (told as Told[]).map((one) => [one, namesakeLikeness({ ...levels, ...one })]);
    expect(others).toEqual(told.map((one) => [one, wanted]));
  });
});

const isThorough = process.env['HANDRAIL_THOROUGH'] === '1';
const home = fc.record({
  number: fc.integer({ min: 1, max: 9999 }),
  direction: fc.constantFrom('', 'N', 'S', 'E', 'W'),
  street: fc.constantFrom('Paint', 'Church', 'Mulberry', 'Plyley', 'Caldwell', 'Western', 'Fifth', 'Mill Run'),
  suffix: fc.constantFrom('St', 'Ave', 'Ln', 'Rd'),
  unit: fc.option(fc.integer({ min: 1, max: 12 })),
  town: fc.constantFrom('Chillicothe', 'Bainbridge', 'Frankfort', 'Kingston'),
  zip: fc.constantFrom('45601', '45612', '45628', '45644'),
});
type Home = typeof home extends fc.Arbitrary<infer One> ? One : never;

const LONG: Readonly<Record<string, string>> = {
  N: 'North',
  S: 'South',
  E: 'East',
  W: 'West',
  St: 'Street',
  Ave: 'Avenue',
  Ln: 'Lane',
  Rd: 'Road',
};
const NUMBERS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', '11', '12'];
const direction = ['as it is', 'left out', 'in full', 'with a stop'] as const;
const suffix = ['as it is', 'left out', 'in full'] as const;
const unit = ['Apt', 'left out', '#', 'Apt No.', 'in words', 'Unit', 'glued', 'first', 'behind'] as const;
const place = ['town', 'code', 'swapped', 'county', 'none', 'both', 'slip'] as const;
const noise = fc.record({
  direction: fc.constantFrom(...direction),
  suffix: fc.constantFrom(...suffix),
  unit: fc.constantFrom(...unit),
  place: fc.constantFrom(...place),
  isLoud: fc.boolean(),
});
type Noise = typeof noise extends fc.Arbitrary<infer One> ? One : never;

const unitOf = ({ unit: id }: Home, how: Noise['unit']): string => {
  if (id === null || ['left out', 'glued', 'first'].includes(how)) return '';
  if (how === '#') return ` #${id}`;
  if (how === 'in words') return ` Apt ${NUMBERS[id] ?? ''}`;
  return how === 'behind' ? ` ${id}` : ` ${how} ${id}`;
};
const placeOf = ({ town, zip }: Home, how: Noise['place']): string => {
  const [a, b, c, d, e] = zip;
  const told = {
    town,
    code: zip,
    swapped: `${town} OH ${a}${b}${c}${e}${d}`,
    county: 'Ross County',
    none: '',
    both: `${town}, OH ${zip}`,
  };
  return how === 'slip' ? `, ${town.slice(0, 2)}${town.slice(3)}` : told[how] && `, ${told[how]}`;
};
const written = (one: Home, how: Noise): string => {
  const word = (text: string, way: string) =>
    way === 'left out' || text === ''
      ? ''
      : ` ${way === 'in full' ? (LONG[text] ?? text) : text}${way === 'with a stop' ? '.' : ''}`;
  const hasUnit = one.unit !== null;
  const number = hasUnit && how.unit === 'glued' ? `${one.number}-${one.unit}` : `${one.number}`;
  const before = hasUnit && how.unit === 'first' ? `Apt ${one.unit}, ` : '';
  const street = `${number}${word(one.direction, how.direction)} ${one.street}${word(one.suffix, how.suffix)}`;
  const text = `${before}${street}${unitOf(one, how.unit)}${placeOf(one, how.place)}`;
  return how.isLoud ? text.toUpperCase() : text;
};
const PLAIN: Noise = { direction: 'as it is', suffix: 'as it is', unit: 'Apt', place: 'both', isLoud: false };

it('no noise on the address of a home that opted out makes another home of it', () => {
  fc.assert(
    fc.property(home, noise, noise, (one, first, second) => {
      expect([
        written(one, first),
        written(one, second),
        likeness(written(one, first), written(one, second)),
      ]).not.toContain('OTHER');
    }),
    { numRuns: isThorough ? 20_000 : 400 },
  );
});

it('whatever the noise, another unit, number or direction that both tell is another home', () => {
  const other = fc.constantFrom('unit', 'number', 'direction');
  fc.assert(
    fc.property(home, noise, other, (one, how, what) => {
      const base = { ...one, unit: one.unit ?? 1, direction: one.direction || ('N' as const) };
      const next: Home = {
        unit: { ...base, unit: base.unit + 1 },
        number: { ...base, number: base.number + 1 },
        direction: { ...base, direction: base.direction === 'N' ? ('S' as const) : ('N' as const) },
      }[what];
      const told = {
        ...how,
        unit: how.unit === 'left out' ? 'Apt' : how.unit,
        direction: how.direction === 'left out' ? 'in full' : how.direction,
      } as const;
      const asWords = next.unit === 13 && told.unit === 'in words' ? { ...told, unit: '#' as const } : told;
      expect(likeness(written(base, PLAIN), written(next, asWords))).toBe('OTHER');
    }),
    { numRuns: isThorough ? 20_000 : 400 },
  );
});
