import { datesAsMeant } from './dates';

const before = ['1931-05-06', '19671130', '07/08/1955'];

describe('dates of birth of files that are compared', () => {
  it('have years of two digits in the century of the years that are written whole', () => {
    const short = ['02/03/15', '3 Feb 15', 'Feb 3, 15', '03FEB15', '02/03/1915', ''];
    const whole = ['02/03/1915', '3 Feb 1915', 'Feb 3, 1915', '03FEB1915', '02/03/1915', ''];
    expect(datesAsMeant([before, short])).toEqual([before, whole]);
    const children = ['2020-01-02', '2019-01-02', '2018-01-02'];
    expect(datesAsMeant([children, ['02/03/15', '02/03/21']])[1]).toEqual(['02/03/2015', '02/03/1921']);
    const nothing = Array<string>(9).fill('9999-12-31');
    expect(datesAsMeant([[...before, ...nothing], ['02/03/80']])[1]).toEqual(['02/03/1980']);
    expect(datesAsMeant([short.slice(0, 4)])).toEqual([short.slice(0, 4)]);
  });

  it('have the year first, or the day, where more of a file can be read only so', () => {
    expect(datesAsMeant([before, ['80-02-03', '15-10-11']])[1]).toEqual(['02/03/1980', '10/11/1915']);
    expect(datesAsMeant([['13/02/1980', '03/02/1980', '1980-02-03']])).toEqual([
      ['13/02/1980', '02/03/1980', '1980-02-03'],
    ]);
    expect(datesAsMeant([['02/13/1980', '02/03/1980']])).toEqual([['02/13/1980', '02/03/1980']]);
  });

  it('are the days that a spreadsheet counts, where most of a file are such numbers', () => {
    expect(datesAsMeant([['29254', '29254.5', '5479', '367', '', 'text']])).toEqual([
      ['1980-02-03', '1980-02-03', '1914-12-31', '1901-01-01', '', 'text'],
    ]);
    expect(datesAsMeant([['29254', '1980-02-03']])[0]).toEqual(['29254', '1980-02-03']);
    expect(datesAsMeant([['1980', '1981']])[0]).toEqual(['1980', '1981']);
  });
});
