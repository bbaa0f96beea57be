import { ageAt } from './age';

const on = (day: string) => new Date(`${day}T12:00:00Z`);

describe('how old somebody was on a day', () => {
  const told = { years: 18, at: on('2026-05-10') };

  it.each([
    ['by the birth date, on the birthday', { birthDate: '2008-05-10', told: null }, '2026-05-10', 18],
    ['by the birth date, the day before', { birthDate: '2008-05-10', told: null }, '2026-05-09', 17],
    ['by the birth date, whatever was told', { birthDate: '2010-05-10', told }, '2026-05-10', 16],
    ['by the birth date, before the birth', { birthDate: '2008-05-10', told: null }, '2008-05-09', -1],
    ['as told, on that day', { birthDate: null, told }, '2026-05-10', 18],
    ['as told, days before', { birthDate: null, told }, '2026-05-01', 18],
    ['as told, three years before', { birthDate: null, told }, '2023-05-01', 15],
    ['as told, a year after', { birthDate: null, told }, '2027-06-01', 19],
    ['of whom nothing is known', { birthDate: null, told: null }, '2026-05-10', null],
  ])('is known %s', (_, known, day, years) => {
    expect(ageAt(known, on(day), 'America/New_York')).toBe(years);
  });

  it('is counted by the day of the place: an eighteenth birthday begins at its midnight, not at Greenwich’s', () => {
    const known = { birthDate: '2008-05-10', told: null };
    const ages = (moment: string, zones: string[]) => zones.map((zone) => ageAt(known, new Date(moment), zone));
    // 20:30 of the evening before in Ohio, 14:30 in Hawaii, and the birthday in Guam.
    expect(ages('2026-05-10T00:30:00Z', ['America/New_York', 'Pacific/Honolulu', 'Pacific/Guam'])).toEqual([
      17, 17, 18,
    ]);
    expect(ages('2026-05-10T03:59:59Z', ['America/New_York'])).toEqual([17]);
    expect(ages('2026-05-10T04:00:00Z', ['America/New_York'])).toEqual([18]);
    // Told in the evening of the ninth, asked a year later.
    const told = { birthDate: null, told: { years: 17, at: new Date('2025-05-10T00:30:00Z') } };
    expect(ageAt(told, new Date('2026-05-09T12:00:00Z'), 'America/New_York')).toBe(18);
  });
});
