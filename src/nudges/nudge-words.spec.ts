import { assert, boolean, constantFrom, date, option, property, record } from 'fast-check';
import { codeWords, everyNudge, nudgeWords, nudgeLanguages, type NudgeLanguage } from './nudge-texts';
import { tellAt, type Quiet } from './nudge-times';

const APP = 'https://handrail.example.org';
const languages = Object.keys(nudgeLanguages) as NudgeLanguage[];

describe('the words of a nudge', () => {
  it('are one of eight, whatever waits', () => {
    const all = everyNudge(APP);
    expect(new Set(all).size).toBe(8);
    assert(
      property(boolean(), boolean(), constantFrom(...languages), (isSeveral, isUrgent, language) => {
        expect(all).toContain(nudgeWords({ isSeveral, isUrgent }, language, APP).text);
      }),
    );
  });

  it('name nobody, no place, no treatment and no number, and link to Handrail itself', () => {
    for (const text of everyNudge(APP)) {
      expect(text.endsWith(`\n${APP}\n`)).toBe(true);
      expect(text.replace(APP, '')).not.toMatch(
        /\d|https?:|offer|referral|treat|overdos|police|school|emergenc|bed|clinic/i,
      );
    }
  });

  it('of a code differ by the code alone', () => {
    for (const language of languages) {
      const [one, two] = ['123456', '654321'].map((code) => codeWords(code, language).text.replace(code, ''));
      expect(one).toBe(two);
    }
  });
});

describe('when somebody is told', () => {
  const at = (text: string): Date => new Date(text);
  const wishes = (quiet: Quiet | null = null, rhythm: 'AT_ONCE' | 'HOURLY' = 'AT_ONCE') => ({
    ...{ rhythm, quiet, zone: 'America/New_York' },
  });
  const night: Quiet = { from: '22:00', until: '06:30' };
  const ordinary = (since: string) => ({ since: at(since), isUrgent: false });

  it('is at once, and not again within ten minutes; of what is urgent within one', () => {
    const since = '2026-03-02T15:00:00Z';
    expect(tellAt(ordinary(since), wishes(), null)).toEqual(at(since));
    expect(tellAt(ordinary(since), wishes(), at('2026-03-02T14:55:00Z'))).toEqual(at('2026-03-02T15:05:00Z'));
    const urgent = { since: at(since), isUrgent: true };
    expect(tellAt(urgent, wishes(), at('2026-03-02T14:59:30Z'))).toEqual(at('2026-03-02T15:00:30Z'));
  });

  it('is an hour after the first thing for who wants it gathered, unless it is urgent', () => {
    const hourly = wishes(null, 'HOURLY');
    expect(tellAt(ordinary('2026-03-02T15:00:00Z'), hourly, null)).toEqual(at('2026-03-02T16:00:00Z'));
    expect(tellAt({ since: at('2026-03-02T15:00:00Z'), isUrgent: true }, hourly, null)).toEqual(
      at('2026-03-02T15:00:00Z'),
    );
  });

  it.each([
    ['the minute before', '2026-03-03T02:59:00Z', '2026-03-03T02:59:00Z'],
    ['the minute they begin', '2026-03-03T03:00:00Z', '2026-03-03T11:30:00Z'],
    ['after midnight', '2026-03-03T07:00:00Z', '2026-03-03T11:30:00Z'],
    ['the minute they end', '2026-03-03T11:30:00Z', '2026-03-03T11:30:00Z'],
    // Clocks go forward on 8 March 2026: the night is an hour shorter.
    ['over the change of clocks', '2026-03-08T04:00:00Z', '2026-03-08T10:30:00Z'],
  ])('waits for the end of quiet hours: %s', (_, since, told) => {
    expect(tellAt(ordinary(since), wishes(night), null)).toEqual(at(told));
  });

  it('may have quiet hours by day as well', () => {
    const noon = wishes({ from: '12:00', until: '13:00' });
    expect(tellAt(ordinary('2026-03-02T17:30:00Z'), noon, null)).toEqual(at('2026-03-02T18:00:00Z'));
    expect(tellAt(ordinary('2026-03-02T18:30:00Z'), noon, null)).toEqual(at('2026-03-02T18:30:00Z'));
  });

  it('is never before it waits, and for what is urgent never hours later', () => {
    const days = date({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z'), noInvalidDate: true });
    const asked = record({ since: days, isUrgent: boolean(), before: option(days), hasNight: boolean() });
    assert(
      property(asked, ({ since, isUrgent, before, hasNight }) => {
        const lastToldAt = before !== null && before <= since ? before : null;
        const told = tellAt({ since, isUrgent }, wishes(hasNight ? night : null, 'HOURLY'), lastToldAt).getTime();
        expect(told).toBeGreaterThanOrEqual(since.getTime());
        expect(told - since.getTime()).toBeLessThanOrEqual(isUrgent ? 60_000 : 11 * 3_600_000);
      }),
    );
  });
});
