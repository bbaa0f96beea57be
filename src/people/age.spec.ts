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
    expect(ageAt(known, on(day))).toBe(years);
  });
});
