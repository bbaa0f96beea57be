import fc from 'fast-check';
import {
  bridgedUntil,
  interimCompletedAt,
  isInTime,
  missingInterim,
  renewedUntil,
  type InterimServiceKind,
} from './interim';
import { ordered, priorityTiers, riskOf, tierOf, type PriorityTier, type Waiting, type WaitingNeed } from './order';
import { considered, placesToGive, rulesAgainst, type Judged, standingOf } from './placement';
import { removalGap, type Contact, type ContactOutcome, type RemovalRules } from './removal';
import { WaitlistPacks, waitlistPacks } from '../waitlist-rules';

const rules = waitlistPacks().rulesOf('OH', new Date('2026-11-28'));
const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 1);
const at = (hours: number) => new Date(START + hours * HOUR);

describe('the order of those who wait', () => {
  const tiers = Object.keys(priorityTiers) as PriorityTier[];
  const need = fc.record({
    pregnant: fc.constantFrom(true, false, null),
    injects: fc.constantFrom(true, false, null),
    lastUse: fc.constantFrom('WITHIN_24_HOURS', 'WITHIN_72_HOURS', 'LONGER', null),
    substances: fc.subarray(['OPIOIDS', 'ALCOHOL', 'BENZODIAZEPINES']),
    pathway: fc.constantFrom('NALOXONE_PLUS', 'HOSPITAL_REFERRAL'),
    hasMedicalComplaint: fc.boolean(),
    hasPsychiatricConcern: fc.boolean(),
  });
  const someone = fc.record({ need, hours: fc.integer({ min: 0, max: 400 }) });

  /** The text of 45 CFR 96.131(a), and of the pack after it, said again without the code it is held against. */
  const isServedBefore = (a: Waiting & { need: WaitingNeed }, b: Waiting & { need: WaitingNeed }): boolean => {
    const classOf = ({ need: { pregnant, injects } }: { need: WaitingNeed }): number => {
      if (pregnant && injects) return 1; // “(1) Pregnant injecting drug users;”
      if (pregnant) return 2; // “(2) Pregnant substance abusers;”
      if (injects) return 3; // “(3) Injecting drug abusers; and”
      return 4; // “(4) All others.”
    };
    const danger = ({ need: one }: { need: WaitingNeed }): number =>
      (one.pathway === 'NALOXONE_PLUS' ? 3 : 0) +
      (one.substances?.includes('ALCOHOL') || one.substances?.includes('BENZODIAZEPINES') ? 2 : 0) +
      (one.hasPsychiatricConcern ? 2 : 0) +
      (one.hasMedicalComplaint ? 1 : 0) +
      (['WITHIN_24_HOURS', 'WITHIN_72_HOURS'].includes(one.lastUse ?? '') ? 1 : 0);
    if (classOf(a) !== classOf(b)) return classOf(a) < classOf(b);
    if (danger(a) !== danger(b)) return danger(a) > danger(b);
    if (a.since.getTime() !== b.since.getTime()) return a.since < b.since;
    return a.id < b.id;
  };

  it('is that of the rule’s text, for ten thousand random waitlists', () => {
    fc.assert(
      fc.property(fc.array(someone, { maxLength: 24 }), (people) => {
        const waiting = people.map(({ need: one, hours }, index) => ({
          ...{ id: String((index * 7919) % 1009).padStart(4, '0'), tier: tierOf(one), risk: riskOf(one, rules.risk) },
          ...{ since: at(hours), need: one },
        }));
        const served = ordered(waiting, rules);
        // Served in turn: of all who are left, the reference picks the one whom nobody precedes.
        const left = [...waiting];
        for (const next of served) {
          const first = left.find((one) => left.every((other) => other === one || isServedBefore(one, other)));
          if (first !== next) return false;
          left.splice(left.indexOf(next), 1);
        }
        return left.length === 0;
      }),
      { numRuns: 10_000 },
    );
  });

  it('is laid down by the pack of a state from its day on, and by the default where it has none', () => {
    const own = { ...rules, version: 'VT/1', validFrom: '2026-07-01', order: [...rules.order].reverse() };
    const packs = new WaitlistPacks([
      { state: 'DEFAULT', waitlist: [rules] },
      { state: 'VT', waitlist: [own] },
    ]);
    expect(packs.rulesOf('VT', new Date('2026-06-30T23:59:59Z')).order).toEqual(rules.order);
    expect(packs.rulesOf('VT', new Date('2026-07-01T00:00:00Z')).order).toEqual(own.order);
    expect(packs.rulesOf('OH', new Date('2026-07-01T00:00:00Z')).order).toEqual(rules.order);
    const twice = { ...own, order: ['PREGNANT', 'PREGNANT', 'INJECTING', 'OTHER'] as const };
    const faulty = () => new WaitlistPacks([{ state: 'DEFAULT', waitlist: [twice] }]);
    expect(faulty).toThrow('the order must name every tier once');
  });

  it('follows the pack of the state, and knows no other way to come first', () => {
    const reversed = { order: [...tiers].reverse() };
    const two: Waiting[] = tiers.map((tier, index) => ({ id: String(index), tier, risk: 9 - index, since: at(index) }));
    expect(ordered(two, reversed).map(({ tier }) => tier)).toEqual(reversed.order);
    expect(tierOf({})).toBe('OTHER');
    expect(tierOf({ pregnant: true, injects: true })).toBe('PREGNANT_INJECTING');
    expect(tierOf({ pregnant: true, injects: null })).toBe('PREGNANT');
    expect(tierOf({ pregnant: false, injects: true })).toBe('INJECTING');
    expect(riskOf({}, rules.risk)).toBe(0);
    expect(riskOf({ substances: ['ALCOHOL'], pathway: 'NALOXONE_PLUS' }, rules.risk)).toBe(5);
    expect(riskOf({ lastUse: 'WITHIN_72_HOURS', hasMedicalComplaint: true }, rules.risk)).toBe(2);
    const twins = ['b', 'a', 'a'].map((id) => ({ id, tier: 'OTHER', risk: 0, since: at(0) }) as const);
    expect(ordered(twins, rules).map(({ id }) => id)).toEqual(['a', 'a', 'b']);
    expect(ordered([...twins].reverse(), rules).map(({ id }) => id)).toEqual(['a', 'a', 'b']);
  });
});

describe('a place', () => {
  const free: Omit<Judged, 'entryId'> = {
    ...{
      removedBy: [],
      isBeforeThisProgram: false,
      wasAskedLately: false,
      isTwinAhead: false,
      liveOffers: 0,
      areFactsMissing: false,
    },
  };
  const judged = (entryId: string, changes: Partial<Judged> = {}): Judged => ({ ...free, entryId, ...changes });
  const instant = { isInstant: true, available: 1, liveOffers: 5 };
  const review = { isInstant: false, available: 2, liveOffers: 1 };
  const same = (one: Judged): Judged => one;

  it('is put to everybody in turn, up to the first without a rule against them', () => {
    const all = [judged('a', { removedBy: ['SEX'] }), judged('b', { wasAskedLately: true }), judged('c'), judged('d')];
    expect(considered(all, same, instant)).toEqual([
      { entryId: 'a', rules: ['SEX'] },
      { entryId: 'b', rules: ['ALREADY_ASKED'] },
      { entryId: 'c', rules: [] },
    ]);
    expect(considered(all.slice(0, 1), same, instant)).toEqual([{ entryId: 'a', rules: ['SEX'] }]);
    expect(considered(all, same, { ...instant, available: 0 })).toEqual([]);
  });

  it('that an offer speaks for is not promised again', () => {
    expect([placesToGive(instant), placesToGive(review)]).toEqual([1, 1]);
    expect(placesToGive({ ...review, liveOffers: 3 })).toBe(0);
  });

  it('is not put to somebody whom another program decides on, unless it is sure at once', () => {
    expect(rulesAgainst(judged('a', { liveOffers: 1 }), review)).toEqual(['BEFORE_ANOTHER_PROGRAM']);
    expect(rulesAgainst(judged('a', { liveOffers: 1 }), instant)).toEqual([]);
    expect(rulesAgainst(judged('a', { isTwinAhead: true }), review)).toEqual(['REFERRED_TWICE']);
    expect(rulesAgainst(judged('a', { liveOffers: 1, isBeforeThisProgram: true }), review)).toEqual([
      'BEFORE_THIS_PROGRAM',
    ]);
    expect(rulesAgainst(judged('a', { wasAskedLately: true }), review)).toEqual(['ALREADY_ASKED']);
    for (const pool of [instant, review]) {
      expect(rulesAgainst(judged('a', { areFactsMissing: true }), pool)).toEqual(['FACTS_MISSING']);
    }
  });

  it('is claimed by those ahead as far as the places go', () => {
    const ahead = [judged('a'), judged('b', { removedBy: ['AGE'] }), judged('c', { isBeforeThisProgram: true })].map(
      (one) => ({ ...one, tier: 'OTHER' }),
    );
    const standingAt = (available: number, some = ahead) =>
      standingOf(some, 'OTHER', { judge: same, pool: { ...review, available } });
    expect([1, 2, 3].map((available) => standingAt(available))).toEqual(['BEHIND_EQUALS', 'BEHIND_EQUALS', 'FREE']);
    // Who could take none has no claim, however few are left.
    expect([standingAt(0, []), standingAt(0, ahead.slice(1, 2))]).toEqual(['FREE', 'FREE']);
  });
});

describe('a referral that is put to a place', () => {
  const pool = { isInstant: true, available: 1, liveOffers: 0 };
  const ones = (...tiers: string[]) => tiers.map((tier, n) => ({ tier, entryId: String(n) }));
  const taking = ({ entryId }: { entryId: string }): Judged => ({
    ...{
      entryId,
      removedBy: [],
      isBeforeThisProgram: false,
      wasAskedLately: false,
      isTwinAhead: false,
      liveOffers: 0,
      areFactsMissing: false,
    },
  });
  const unfit = (one: { entryId: string }): Judged => ({ ...taking(one), removedBy: ['SEX'] });

  it('passes nobody whom federal law puts first, and its equals only with a reason', () => {
    expect(standingOf([], 'OTHER', { judge: taking, pool })).toBe('FREE');
    expect(standingOf(ones('OTHER'), 'OTHER', { judge: taking, pool })).toBe('BEHIND_EQUALS');
    expect(standingOf(ones('PREGNANT', 'OTHER'), 'OTHER', { judge: taking, pool })).toBe('BEHIND_PRIORITY');
    // One place for the one of the higher tier, and one more that an equal could take.
    const two = { ...pool, available: 2 };
    expect(standingOf(ones('PREGNANT', 'OTHER'), 'OTHER', { judge: taking, pool: two })).toBe('BEHIND_EQUALS');
    expect(standingOf(ones('PREGNANT', 'OTHER'), 'OTHER', { judge: taking, pool: { ...pool, available: 3 } })).toBe(
      'FREE',
    );
    expect(standingOf(ones('PREGNANT', 'OTHER'), 'OTHER', { judge: unfit, pool })).toBe('FREE');
  });

  it('counts the places that offers speak for, to whomever, once', () => {
    const review = { isInstant: false, available: 2, liveOffers: 1 };
    const asked = (one: { entryId: string }): Judged => ({ ...taking(one), isBeforeThisProgram: true, liveOffers: 1 });
    expect(standingOf(ones('PREGNANT'), 'OTHER', { judge: taking, pool: review })).toBe('BEHIND_PRIORITY');
    expect(standingOf(ones('PREGNANT'), 'OTHER', { judge: asked, pool: review })).toBe('FREE');
    expect(standingOf([], 'OTHER', { judge: taking, pool: { ...review, liveOffers: 2 } })).toBe('FREE');
  });
});

describe('interim services', () => {
  const given = (...services: InterimServiceKind[]) =>
    services.map((service, index) => ({ service, givenAt: at(index), result: 'GIVEN' as const }));
  const { interim } = rules;

  it('are complete with what 45 CFR 96.121 names, and for pregnant women two more', () => {
    const base = interim.required.INJECTING;
    expect(base).toEqual([
      'HIV_TB_EDUCATION',
      'NEEDLE_SHARING_RISKS',
      'TRANSMISSION_RISKS',
      'HIV_TB_TREATMENT_REFERRAL',
    ]);
    expect(missingInterim('PREGNANT', given(...base), interim)).toEqual(['FETAL_EFFECTS', 'PRENATAL_CARE_REFERRAL']);
    expect(interimCompletedAt('PREGNANT', given(...base), interim)).toBeNull();
    expect(interimCompletedAt('INJECTING', [...given(...base), ...given('HIV_TB_EDUCATION')], interim)).toEqual(at(3));
  });

  it('buy the longer time when they came within 48 hours, to the second', () => {
    expect(isInTime(at(0), at(48), interim)).toBe(true);
    expect(isInTime(at(0), new Date(at(48).getTime() + 1000), interim)).toBe(false);
  });

  it('bridge the wait with medication for three days, or with interim methadone for longer', () => {
    expect(bridgedUntil(given('HIV_TB_EDUCATION'), interim)).toBeNull();
    expect(bridgedUntil(given('THREE_DAY_BRIDGE'), interim)).toEqual(at(72));
    expect(bridgedUntil(given('THREE_DAY_BRIDGE', 'INTERIM_METHADONE'), interim)).toEqual(at(4321));
    const declined = { ...given('THREE_DAY_BRIDGE')[0], result: 'DECLINED' as const };
    expect(bridgedUntil([declined as never], interim)).toBeNull();
  });
});

describe('a bridge of three days', () => {
  const { interim } = rules;
  const bridge = (hours: number, result: 'GIVEN' | 'DECLINED' = 'GIVEN') =>
    ({ service: 'THREE_DAY_BRIDGE', givenAt: at(hours), result }) as const;

  it('is not renewed or extended, whichever is recorded first; a month later it answers a new emergency', () => {
    expect(renewedUntil(bridge(0), [], interim)).toBeNull();
    expect(renewedUntil(bridge(72), [bridge(0)], interim)).toEqual(at(720));
    expect(renewedUntil(bridge(0), [bridge(72)], interim)).toEqual(at(792));
    expect(renewedUntil(bridge(720), [bridge(0)], interim)).toBeNull();
    expect(renewedUntil(bridge(72), [bridge(0, 'DECLINED')], interim)).toBeNull();
    expect(renewedUntil(bridge(72, 'DECLINED'), [bridge(0)], interim)).toBeNull();
    const methadone = { service: 'INTERIM_METHADONE', givenAt: at(72), result: 'GIVEN' } as const;
    expect(renewedUntil(methadone, [bridge(0), { ...methadone, givenAt: at(71) }], interim)).toBeNull();
  });
});

describe('taking somebody off the list', () => {
  const { removal } = rules;
  const contact = (hours: number, outcome: ContactOutcome): Contact => ({ at: at(hours), outcome });

  it('because they cannot be found takes three attempts over two days, since they were last reached', () => {
    const [a, b, c] = [contact(0, 'NO_ANSWER'), contact(24, 'NO_ONE_HOME'), contact(48, 'WRONG_NUMBER')];
    expect(removalGap('CANNOT_BE_LOCATED', [], removal)).toEqual({ failedAttempts: 3, overHours: 48, latest: null });
    expect(removalGap('CANNOT_BE_LOCATED', [a, b], removal)).toMatchObject({ failedAttempts: 1, overHours: 48 });
    expect(removalGap('CANNOT_BE_LOCATED', [a, b, c], removal)).toBeNull();
    expect(removalGap('CANNOT_BE_LOCATED', [a, b, { ...c, at: at(47.9) }], removal)).toMatchObject({ overHours: 48 });
    const reached = contact(25, 'REACHED_STILL_WAITING');
    expect(removalGap('CANNOT_BE_LOCATED', [a, b, reached, c], removal)).toMatchObject({ failedAttempts: 2 });
  });

  it('because they refuse takes their own word as the latest contact; what is a fact takes none', () => {
    expect(removalGap('REFUSED_TREATMENT', [], removal)).toMatchObject({ latest: 'REACHED_REFUSED' });
    expect(removalGap('REFUSED_TREATMENT', [contact(0, 'REACHED_REFUSED')], removal)).toBeNull();
    expect(removalGap('DECEASED', [], removal)).toBeNull();
    const strict: RemovalRules = { ...removal, DECEASED: { failedAttempts: 1 } };
    expect(removalGap('DECEASED', [], strict)).toMatchObject({ failedAttempts: 1 });
  });
});
