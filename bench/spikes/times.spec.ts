import { inFourFigures, isOfFigures, orderOf, readDateAndClock, readTime } from './times';

const at = Date.UTC(2018, 0, 4, 15, 7);

describe('times as files write them', () => {
  it.each([
    '2018-01-04T15:07:00',
    '2018-01-04 15:07',
    '2018-01-04T15:07:00.000',
    '2018-01-04T15:07:00Z',
    '2018-01-04T10:07:00-05:00',
    '2018-01-04 17:07:00+02',
    '2018-01-04 10:07:00 EST',
    '1/4/2018 8:07 AM MST',
    'Thu Jan 04 2018 10:07:00 GMT-0500 (Eastern Standard Time)',
    '2018 Jan 04 03:07:00 PM',
    '20180104 15:07',
    '43104.6298611111',
    '2018/01/04 15:07:00',
    '1/4/2018 3:07 PM',
    '01/04/2018 03:07:00 pm',
    '1/4/18 15:07',
    '1-4-2018 3:07 p.m.',
    '04-Jan-2018 15:07',
    '04-JAN-18 15:07',
    '04JAN2018:15:07:00',
    '04JAN18 15:07',
    'Thu Jan  4 15:07:00 2018',
    'Thu Jan  4 10:07:00 EST 2018',
    'January 4, 2018 3:07 PM',
    '20180104T150700',
    '201801041507',
    '1515078420',
    '1515078420000',
  ])('reads %s', (text) => expect(readTime(text)).toMatchObject({ at, hasTime: true }));

  it.each(['2018-01-04', '1/4/2018', '01/04/18', '20180104', '4-Jan-2018', '04JAN2018', '4-Jan-18'])(
    'reads %s as a day alone',
    (text) => expect(readTime(text)).toEqual({ at: Date.UTC(2018, 0, 4), hasTime: false, hasZone: false }),
  );

  it.each(['12:30 AM', '12:30 PM'])('knows noon from midnight at %s', (clock) =>
    expect(new Date(readTime(`1/4/2018 ${clock}`)!.at).getUTCHours()).toBe(clock.endsWith('AM') ? 0 : 12),
  );

  it.each([
    '',
    'NULL',
    'unknown',
    '2018-13-04',
    '2/30/2018',
    '01/04/2018 NULL',
    '1/4/2018 25:00',
    '1/4/2018 13:00 PM',
    '1/4/2018 7',
    '1/4/2018 7:00 XST',
  ])('does not guess at “%s”', (text) => expect(readTime(text)).toBeNull());
});

describe('dates whose day stands first', () => {
  it.each([
    [['4/1/2018', '31/1/2018'], 'DAY_FIRST'],
    [['4/1/2018', '1/31/2018'], 'MONTH_FIRST'],
    [['31/1/2018', '1/31/2018'], 'MONTH_FIRST'],
    [['04.01.2018', ''], 'DAY_FIRST'],
    [['04.01.2018', '01.31.2018'], 'MONTH_FIRST'],
    [['4/1/2018', '2018-01-31', ''], 'MONTH_FIRST'],
  ])('%j are %s', (texts, order) => expect(orderOf(texts)).toBe(order));

  it('of two figures are of 1970 to 2069', () =>
    expect(['1/4/69', '1/4/70'].map((text) => new Date(readTime(text)!.at).getUTCFullYear())).toEqual([2069, 1970]));

  it('are read so', () => expect(readTime('4/1/2018 15:07', 'DAY_FIRST')).toMatchObject({ at }));
});

describe('a date beside a time of day', () => {
  it.each([
    ['2018-01-04', '15:07'],
    ['01/04/2018 12:00:00 AM', '3:07 PM'],
    ['2018-01-04T00:00:00.000', '1899-12-30 15:07:00'],
  ])('%s, %s', (date, clock) =>
    expect(readDateAndClock(date, clock, 'MONTH_FIRST')).toMatchObject({ at, hasTime: true }),
  );

  it('is the hour where the column holds hours', () => {
    for (const clock of ['7', '07']) {
      expect(readDateAndClock('2018-01-04', clock, 'MONTH_FIRST')?.at).toBe(Date.UTC(2018, 0, 4, 7));
    }
    expect(readTime('2018-01-04T13')).toEqual({ at: Date.UTC(2018, 0, 4, 13), hasTime: true, hasZone: false });
    expect(readTime('2018-01-04T13Z')).toMatchObject({ at: Date.UTC(2018, 0, 4, 13), hasZone: true });
  });

  it.each(['', 'NULL', 'unknown', 'N/A'])('is the day alone where the time is “%s”', (clock) =>
    expect(readDateAndClock('2018-01-04', clock, 'MONTH_FIRST')).toMatchObject({ hasTime: false }),
  );

  it.each([
    ['soon', '15:07'],
    ['2018-01-04', '25:07'],
    ['2018-01-04', '2018-01-04'],
  ])('is nothing for %s, %s', (date, clock) => expect(readDateAndClock(date, clock, 'MONTH_FIRST')).toBeNull());
});

describe('a column of times of day', () => {
  it.each([
    [['930', '1745', '10', '5', '0', ''], true],
    [['930.0', '1745.0', '10.0', 'unknown'], true],
    [['0930', '1745', '0010'], true],
    [['9', '17', '0', '23'], false],
    [['09:30', '17:45', '0:10'], false],
    [['9:30', '1745', '0:10'], false],
    // A slip among hours.
    [[...new Array<string>(20).fill('17'), '1745'], false],
    [['', 'NULL'], false],
  ])('%j is of figures alone: %s', (clocks, isSo) => expect(isOfFigures(clocks)).toBe(isSo));

  it('of figures is read with four', () =>
    expect(['930', '1745', '10.0', '5', '0', '17:45', ''].map(inFourFigures)).toEqual([
      '0930',
      '1745',
      '0010',
      '0005',
      '0000',
      '17:45',
      '',
    ]));
});
