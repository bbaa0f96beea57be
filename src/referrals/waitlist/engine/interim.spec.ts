import { waitlistPacks } from '../waitlist-rules';
import { bridgedUntil, reachedBy, usedUpUntil } from './interim';

const { interim } = waitlistPacks().rulesOf('OH', new Date('2026-11-28'));
const START = Date.UTC(2026, 10, 1);
const at = (hours: number) => new Date(START + hours * 3_600_000);

describe('interim methadone', () => {
  const DAY = 24;
  const methadone = (day: number, more: { result?: 'GIVEN' | 'DECLINED'; endedAt?: Date | null } = {}) =>
    ({ service: 'INTERIM_METHADONE', givenAt: at(day * DAY), result: 'GIVEN', ...more }) as const;
  const until = (...days: number[]) =>
    bridgedUntil(
      days.map((day) => methadone(day)),
      interim,
    );

  it('bridges the wait for 180 days in a year, however often it is recorded and in whichever order', () => {
    expect(until(0)).toEqual(at(180 * DAY));
    expect(until(0, 170)).toEqual(at(180 * DAY));
    expect(until(170, 0, 90)).toEqual(at(180 * DAY));
    // Begun anew after a year from the first day, day for day as the first ones fall out of the year.
    expect(until(0, 365)).toEqual(at(545 * DAY));
    expect(until(0, 364)).toEqual(at(180 * DAY));
  });

  it('is used up until a year after the first day that counts', () => {
    expect(usedUpUntil(methadone(0), [], interim)).toBeNull();
    expect(usedUpUntil(methadone(170), [methadone(0)], interim)).toBeNull();
    expect(usedUpUntil(methadone(180), [methadone(0)], interim)).toEqual(at(365 * DAY));
    expect(usedUpUntil(methadone(545), [methadone(0), methadone(365)], interim)).toEqual(at(730 * DAY));
    expect(usedUpUntil(methadone(365), [methadone(0)], interim)).toBeNull();
    expect(usedUpUntil(methadone(180, { result: 'DECLINED' }), [methadone(0)], interim)).toBeNull();
    for (const service of ['THREE_DAY_BRIDGE', 'HIV_TB_EDUCATION'] as const) {
      expect(usedUpUntil({ ...methadone(180), service }, [methadone(0)], interim)).toBeNull();
    }
    expect(reachedBy(methadone(170), [methadone(0)], interim)).toEqual(at(180 * DAY));
    expect(reachedBy({ ...methadone(0), service: 'HIV_TB_EDUCATION' }, [], interim)).toBeNull();
  });

  it('counts no longer than the wait that it bridged', () => {
    const ended = methadone(0, { endedAt: at(20 * DAY) });
    expect(bridgedUntil([ended, methadone(30)], interim)).toEqual(at(190 * DAY));
    expect(usedUpUntil(methadone(180), [ended], interim)).toBeNull();
    expect(bridgedUntil([methadone(0, { endedAt: null })], interim)).toEqual(at(180 * DAY));
  });
});
