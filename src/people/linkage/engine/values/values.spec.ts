import { valueOf } from '../prepared-record';
import { linkageFields, type LinkageRecord } from '../linkage-record';
import { readAll } from '../linkage.fixture';
import { settleAddress } from './address-line';
import { birthDate } from './birth-date';
import { email, phoneDigits, sexCode } from './contact';

const read = (record: LinkageRecord) => readAll([record])[0]!;

describe('birth dates', () => {
  it.each([
    '1980-02-03',
    '19800203',
    '02/03/1980',
    '2/3/1980',
    '1980-02-03T00:00:00Z',
    '1980.2.3',
    '02/03/80',
    '19800203.0',
    '3 Feb 1980',
    'February 3, 1980',
    '03-FEB-80',
    '03FEB1980',
    '3rd February 1980',
    '3-Feb-1980 00:00',
    '1980 2 3',
    '2 3 1980',
  ])('%s is the third of February 1980', (text) =>
    expect(birthDate(text)).toEqual({ digits: '19800203', year: 1980, month: 2, day: 3 }),
  );
  it('reads the day first where the first cannot be a month', () =>
    expect(birthDate('13/02/1980')?.digits).toBe('19800213'));
  it('reads a year of two digits as one that has been', () =>
    expect(['01/02/26', '01/02/27'].map((text) => birthDate(text)?.year)).toEqual([2026, 1927]));
  it('keeps a date that no calendar has', () => expect(birthDate('19801399')?.month).toBe(13));
  it.each(['', 'unknown', '1980', '00000000', '1980-02-033', '123/02/1980', '3 Foo 1980', '123/02/80'])(
    '“%s” is missing',
    (text) => expect(birthDate(text)).toBeNull(),
  );
});

describe('contacts', () => {
  it('reads telephone numbers as digits, without the country code', () => {
    expect(['+1 (740) 555-0100', '740.555.0100'].map(phoneDigits)).toEqual(['7405550100', '7405550100']);
    expect(phoneDigits('911')).toBeNull();
  });
  it('reads addresses of mail', () => {
    expect(email(' Ann@Mail.example ')).toEqual({ text: 'ann@mail.example', local: 'ann', domain: 'mail.example' });
    expect(email('ann')?.domain).toBe('');
    expect(email('@mail.example')).toBeNull();
  });
  it('reads sexes', () =>
    expect(['Male', 'F', 'mujer', 'X', 'Unknown'].map(sexCode)).toEqual(['m', 'f', 'f', 'x', null]));
});

describe('addresses', () => {
  it('takes a whole address from one line', () => {
    expect(settleAddress({ street: '12 Main St, Apt 4, Springfield, OH 45501-1234' })).toEqual({
      houseNumber: '12',
      street: 'Main St',
      city: 'Springfield',
      state: 'OH',
      postalCode: '45501-1234',
    });
  });
  it('keeps a state that stands in its own column', () => {
    expect(settleAddress({ street: 'Main St, Springfield, OH 45501', state: 'KY' })).toMatchObject({ state: 'KY' });
  });
  it('takes a code without a state', () => {
    expect(settleAddress({ street: 'Main St, Springfield 45501' })).toMatchObject({
      city: 'Springfield',
      postalCode: '45501',
    });
  });
  it('takes the number from the street, and never over another number', () => {
    expect(settleAddress({ street: '12 Main St', city: 'X' })).toMatchObject({ houseNumber: '12', street: 'Main St' });
    expect(settleAddress({ street: '12 Main St', city: 'X', houseNumber: '12' })).toMatchObject({ street: 'Main St' });
    expect(settleAddress({ street: '12 Main St', city: 'X', houseNumber: '9' })).toMatchObject({
      street: '12 Main St',
    });
  });
  it('leaves a street that begins with a word', () =>
    expect(settleAddress({ street: 'Main St', city: 'X' })).toEqual({ street: 'Main St', city: 'X' }));
  it.each([{}, { street: ' ' }, { street: ',' }, { street: null }])('has nothing to settle in %j', (address) => {
    expect(read(settleAddress(address)).street).toBeNull();
  });
});

describe('records', () => {
  it('reads every field to the text it is compared by', () => {
    const record = read({
      givenName: 'Dr. Bob',
      familyName: 'García López Jr.',
      birthDate: '02/03/1980',
      sex: 'male',
      phone: '740-555-0100',
      email: 'BOB@mail.example',
      houseNumber: '12-A',
      street: 'N. Main St.',
      city: 'Springfield',
      state: 'West Virginia',
      postalCode: '45501-1234',
    });
    expect(linkageFields.map((field) => valueOf(record, field))).toEqual([
      ...['bob', 'garcialopez', '19800203', 'm', '7405550100', 'bob@mail.example'],
      ...['12a', 'northmainstreet', 'springfield', 'wv', '45501'],
    ]);
    expect(record.street?.core).toBe('northmain');
  });
  it('reads blanks and signs alone as missing', () => {
    const record = read({
      givenName: ' ',
      familyName: '--',
      street: '#',
      state: '.',
      houseNumber: '-',
      postalCode: null,
    });
    expect(linkageFields.map((field) => valueOf(record, field))).toEqual(linkageFields.map(() => null));
  });
  it('keeps a name that is nothing but a title', () => expect(read({ familyName: 'Jr' }).familyName?.text).toBe('jr'));
  it.each([
    ['jr', 'James', 'Whitlock Jr.'],
    ['jr', 'James Jr', 'Whitlock'],
    ['jr', 'James', 'WHITLOCK, JUNIOR'],
    ['jr', 'James', 'Jr. Whitlock'],
    ['sr', 'James', 'Whitlock Sr'],
    ['ii', 'James', 'Whitlock 2nd'],
    ['iii', 'James', 'Whitlock III'],
    ['iv', 'James 4th', 'Whitlock IV'],
    ['iii jr', 'James Jr.', 'Whitlock III'],
    [null, 'James', 'Whitlock'],
    [null, 'Sr. James', 'Sr. Whitlock'],
  ])('reads the suffix %s of %s %s, which is no part of the name', (suffix, givenName, familyName) => {
    const record = read({ givenName, familyName });
    expect([record.nameSuffix, record.givenName?.text, record.familyName?.text]).toEqual([suffix, 'james', 'whitlock']);
  });
  it('takes Junior for a name where it is the given name', () => {
    const texts = ['Junior', 'Junior Luis'].map((givenName) => read({ givenName }));
    expect(texts.map(({ givenName, nameSuffix }) => [givenName?.text, nameSuffix])).toEqual([
      ['junior', null],
      ['juniorluis', null],
    ]);
  });
  it('shares one object between equal names', () => {
    const [a, b] = readAll([{ givenName: 'Ann' }, { givenName: 'Ann' }]);
    expect(a!.givenName).toBe(b!.givenName);
  });
});
