import * as fc from 'fast-check';
import { mayRead, type Actor, type ConsentScope, type Relation, type Role } from '../access';
import { missingFacts, progressOf, type Missing } from './progress';
import { CONSENTS_CHANGED, ReferralValve } from './referral-valve';
import { referralMachine, type ReferralState } from './referral.machine';
import type { ReferralRow } from './referrals.store';
import { newsForSender } from './sender-news';

const actorAs = (role: Role): Actor => ({
  ...{
    kind: 'STAFF',
    id: 'someone',
    membershipId: 'm',
    agencyId: 'a',
    agencyKind: 'LAW_ENFORCEMENT',
    role,
    scopes: null,
  },
});

const step = () => ({ names: new Set(['referral.moved']) });
const ofConsents = () => ({ names: new Set(['referral.moved', CONSENTS_CHANGED]) });

const states = Object.keys(referralMachine.table) as ReferralState[];
const day = new Date('2026-01-05T10:00:00Z');

/** All that happens to a referral, most of which a sender does not see. */
interface World {
  readonly state: ReferralState;
  readonly isAcknowledged: boolean;
  readonly missing: readonly Missing[];
  readonly receiverAgencyId: string | null;
  readonly scheduledFor: Date | null;
  readonly noShows: number;
}

const accepted: World = {
  ...{ state: 'ACCEPTED', isAcknowledged: true, missing: [] },
  ...{ receiverAgencyId: 'p1', scheduledFor: null, noShows: 0 },
};

const worlds: fc.Arbitrary<World> = fc.record({
  state: fc.constantFrom(...states),
  isAcknowledged: fc.boolean(),
  missing: fc.subarray(Object.keys(missingFacts) as Missing[], { maxLength: 2 }),
  receiverAgencyId: fc.constantFrom(null, 'p1', 'p2'),
  scheduledFor: fc.constantFrom(null, day),
  noShows: fc.nat(2),
});

const rowOf = (world: World, relations: Relation[], consents: ConsentScope[] = []): ReferralRow => {
  const isOver = referralMachine.isFinal(world.state);
  return {
    ...{ id: 'r', episodeId: 'e', personId: 'person', pathway: 'FIRST_RESPONDER_REFERRAL', senderAgencyId: 'a' },
    ...{
      submittedBy: 's',
      coordinatingAgencyId: null,
      isTeamByPlace: false,
      need: {},
      redFlags: [],
      holdId: world.receiverAgencyId,
    },
    ...{ submittedAt: day, admittedAt: null, outcome: null, endReason: null, relations, consents },
    ...{ state: world.state, missing: [...world.missing], receiverAgencyId: world.receiverAgencyId },
    ...{ programId: world.receiverAgencyId, scheduledFor: world.scheduledFor, noShows: world.noShows },
    ...{ arrivedAt: world.state === 'ARRIVED' ? day : null, acknowledgedAt: world.isAcknowledged ? day : null },
    ...{ closedAt: isOver ? day : null, isEnded: isOver, part2: [], sentIsPart2: false, careIsPart2: false },
    ...{ senderWithdrewAt: null, senderWithdrewReason: null },
  };
};

/** What the domain lets a sender behind the valve see, written down a second time: care may also know that the person waits. */
const seenAs =
  (role: Role) =>
  (world: World): string =>
    JSON.stringify([
      progressOf({ ...world, acknowledgedAt: world.isAcknowledged ? day : null }),
      world.missing,
      world.isAcknowledged,
      role === 'HOSPITAL_STAFF' && world.state === 'WAITLISTED',
    ]);

/** What a subscriber hears: for every event sent, the visible part. */
const heard = (role: Role, relation: Relation, path: readonly World[]): string[] => {
  const valve = new ReferralValve(actorAs(role));
  const [first, ...steps] = path;
  if (first) valve.begin([rowOf(first, [relation])]);
  return steps.filter((world) => valve.lets(step(), 'r', rowOf(world, [relation]))).map(seenAs(role));
};

const withoutRepeats = (role: Role, path: readonly World[]): string[] =>
  path.map(seenAs(role)).filter((image, index, all) => index > 0 && image !== all[index - 1]);

describe('the valve of news', () => {
  const outside = fc.constantFrom(
    ['OFFICER', 'SENDER'] as const,
    ['SCHOOL_LIAISON', 'SENDER'] as const,
    ['HOSPITAL_STAFF', 'SENDER'] as const,
    ['PROVIDER_STAFF', 'OFFERED'] as const,
  );

  it('tells a sender exactly of what they may see, however much happens behind it', () => {
    fc.assert(
      fc.property(outside, fc.array(worlds, { minLength: 1, maxLength: 12 }), ([role, relation], path) => {
        expect(heard(role, relation, path)).toEqual(withoutRepeats(role, path));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same stream for two worlds that look the same', () => {
    const hidden = fc.record({ receiverAgencyId: fc.constantFrom(null, 'p1', 'p2'), noShows: fc.nat(2) });
    const path = fc.array(fc.tuple(worlds, fc.array(hidden, { maxLength: 4 })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(outside, path, ([role, relation], steps) => {
        const plain = steps.map(([world]) => world);
        const busy = steps.flatMap(([world, more]) => [world, ...more.map((change) => ({ ...world, ...change }))]);
        expect(heard(role, relation, busy)).toEqual(heard(role, relation, plain));
      }),
      { numRuns: 500 },
    );
  });

  it('tells whoever may see the state of every step', () => {
    const row = rowOf(
      { state: 'ACCEPTED', isAcknowledged: true, missing: [], receiverAgencyId: 'a', scheduledFor: null, noShows: 0 },
      ['RECEIVER'],
    );
    const valve = new ReferralValve(actorAs('PROVIDER_STAFF'));
    valve.begin([row]);
    expect(mayRead(actorAs('PROVIDER_STAFF'), 'Referral', 'state', row)).toBe(true);
    expect([valve.lets(step(), 'r', row), valve.lets(step(), 'r', row)]).toEqual([true, true]);
  });

  it('hears where the person was taken only with the consent to it', () => {
    const arrived: World = { ...accepted, state: 'ARRIVED' };
    const hears = (consents: ConsentScope[]): boolean => {
      const valve = new ReferralValve(actorAs('OFFICER'));
      valve.begin([rowOf(accepted, ['SENDER'], consents)]);
      return valve.lets(step(), 'r', rowOf(arrived, ['SENDER'], consents));
    };
    expect([hears([]), hears(['OUTCOME_TO_SENDER'])]).toEqual([false, true]);
  });

  it('makes no news of a consent that has ended, at whatever hidden step comes after', () => {
    const row = (state: ReferralState, consents: ConsentScope[]): ReferralRow =>
      rowOf({ ...accepted, state }, ['SENDER'], consents);
    for (const role of ['OFFICER', 'HOSPITAL_STAFF'] as const) {
      for (const seen of ['ACCEPTED', 'ARRIVED'] as const) {
        const valve = new ReferralValve(actorAs(role));
        const left: ConsentScope[] = role === 'OFFICER' ? [] : ['TREATMENT_PAYMENT_OPERATIONS'];
        valve.begin([row(seen, ['OUTCOME_TO_SENDER', ...left])]);
        const hidden = (['ARRIVED', 'ADMITTED'] as const).map((state) => valve.lets(step(), 'r', row(state, left)));
        expect(hidden).toEqual([false, false]);
        expect(valve.lets(step(), 'r', row('CLOSED', left))).toBe(true);
      }
    }
  });

  it('tells whoever it was shown to that it is closed, once, with the news of the consent and at no hidden step', () => {
    const row = (noShows: number, isAgreed: boolean, relation: Relation): ReferralRow =>
      rowOf(
        { ...accepted, state: 'OFFERED', noShows },
        [relation],
        isAgreed ? ['IDENTITY_BEFORE_ACCEPTANCE', 'OUTCOME_TO_SENDER'] : [],
      );
    const told = (role: Role, relation: Relation, order: readonly (() => { names: Set<string> })[]) => {
      const valve = new ReferralValve(actorAs(role));
      valve.begin([row(0, true, relation)]);
      return order.map((event, at) => valve.lets(event(), 'r', row(at, false, relation)));
    };
    const orders = [
      [[step, step, ofConsents, step, ofConsents], 2],
      [[ofConsents, step], 0],
    ] as const;
    for (const [order, toldAt] of orders) {
      expect(told('PROVIDER_STAFF', 'ACKNOWLEDGED', order)).toEqual(order.map((_, at) => at === toldAt));
      expect(told('OFFICER', 'SENDER', order)).toEqual(order.map(() => false));
    }
    // Nothing was shown, so nothing is closed.
    const valve = new ReferralValve(actorAs('PROVIDER_STAFF'));
    valve.begin([row(0, false, 'ACKNOWLEDGED')]);
    expect(valve.lets(ofConsents(), 'r', row(0, false, 'ACKNOWLEDGED'))).toBe(false);
  });

  it('makes no news for nudges of it either', () => {
    const row = (state: ReferralState, consents: ConsentScope[]): ReferralRow =>
      rowOf({ ...accepted, state }, ['SENDER'], consents);
    const officer = actorAs('OFFICER');
    for (const seen of ['ACCEPTED', 'ARRIVED'] as const) {
      const { now: before } = newsForSender(officer, row(seen, ['OUTCOME_TO_SENDER']));
      for (const state of ['ACCEPTED', 'ARRIVED', 'ADMITTED'] as const) {
        expect(newsForSender(officer, row(state, [])).alike).toContain(before);
      }
      expect(newsForSender(officer, row('CLOSED', [])).alike).not.toContain(before);
    }
    const [taken, arrived] = (['ACCEPTED', 'ARRIVED'] as const).map((s) => row(s, ['OUTCOME_TO_SENDER']));
    const { now } = newsForSender(officer, taken as ReferralRow);
    expect(newsForSender(officer, arrived as ReferralRow).alike).not.toContain(now);
  });

  it('answers the same event the same way when it is read again', () => {
    const valve = new ReferralValve(actorAs('OFFICER'));
    const row = rowOf(
      { state: 'OFFERED', isAcknowledged: false, missing: [], receiverAgencyId: null, scheduledFor: null, noShows: 0 },
      ['SENDER'],
    );
    const [first, second] = [step(), step()];
    expect([first, first, second, second].map((event) => valve.lets(event, 'r', row))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(valve.lets(first, 'r', null)).toBe(false);
  });

  it('keeps silent, once, about a referral it has forgotten', () => {
    const at = (minute: number) => new Date(day.getTime() + minute * 60_000);
    const state = {
      state: 'OFFERED',
      isAcknowledged: false,
      missing: [],
      receiverAgencyId: null,
      scheduledFor: null,
      noShows: 0,
    };
    const rows = Array.from({ length: 1_001 }, (_, n) => ({
      ...rowOf(state as World, ['SENDER']),
      ...{ id: `r${n}`, submittedAt: at(-n) },
    }));
    const valve = new ReferralValve(actorAs('OFFICER'));
    valve.begin(rows);
    const forgotten = rows[1_000] as ReferralRow;
    expect(valve.lets(step(), forgotten.id, forgotten)).toBe(false);
    expect(valve.lets(step(), forgotten.id, { ...forgotten, acknowledgedAt: day })).toBe(true);
    expect(valve.lets(step(), 'new', { ...forgotten, id: 'new', submittedAt: at(1) })).toBe(true);
  });
});
