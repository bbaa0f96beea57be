import { ClocksService } from '../../src/clocks';
import { buildReferral, buildRegion, buildSubmission, offerAt, type Program, type Region } from '../builders/referrals';
import { openApp, type Ask, type TestApp } from '../setup/app';

const HOUR_MS = 3_600_000;
const TIMERS = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['performance', 'hrtime', 'nextTick', 'queueMicrotask'] as const),
];

interface Said {
  readonly __typename: string;
  readonly code?: string;
  readonly remedy?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}
interface Queued {
  readonly id: string;
  readonly reasons: readonly string[];
}

/** Everything below moves the database’s clock and nothing else; roles speak GraphQL. */
describe('time', () => {
  let app: TestApp;
  let region: Region;
  let coordinator: Ask;
  let latitude = 27;
  beforeAll(async () => {
    app = await openApp();
  });
  beforeEach(async () => {
    // Far from those of the test before. All of them review; three are asked together, and the fourth when they are silent.
    latitude += 3;
    const attestedAt = await now();
    region = await buildRegion(
      app,
      [-82.98, -82.99, -83.0, -83.3].map((longitude) => ({ attestedAt, program: { latitude, longitude } })),
    );
    coordinator = await app.as(region.coordinator);
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  afterAll(() => app.close());

  const programOf = (n: number): Program => region.programs[n] as Program;
  const refer = () => {
    const preferredProgramIds = region.programs.slice(0, 3).map(({ pool }) => pool.programId);
    return buildReferral(app, region.officer, buildSubmission({}, { injects: true, latitude, preferredProgramIds }));
  };
  async function now(): Promise<Date> {
    const [row] = await app.owner<{ at: Date }>('select clock_timestamp() + $1::interval as at', [
      app.clock.interval(),
    ]);
    return row?.at ?? new Date(NaN);
  }
  /** To a moment, or so many seconds off it; the worker does what is due then. */
  const goTo = async (moment: Date, seconds: number, hasWorker = true): Promise<void> => {
    app.clock.advance((moment.getTime() + seconds * 1000 - (await now()).getTime()) / 60_000);
    if (hasWorker) await app.runDue();
  };
  const decideBy = async (offerId: string): Promise<Date> => {
    const [row] = await app.owner<{ at: Date }>('select decide_by as at from offer where id = $1', [offerId]);
    return row?.at ?? new Date(NaN);
  };
  const after = (from: Date, hours: number): Date => new Date(from.getTime() + hours * HOUR_MS);
  const offersOf = async (id: string): Promise<string[]> =>
    (
      await app.owner<{ text: string }>(
        `select count(*) || ' ' || state as text from offer where referral_id = $1 group by state order by state`,
        [id],
      )
    ).map(({ text }) => text);
  const stateOf = async (id: string): Promise<string | undefined> =>
    (await coordinator<{ referral: { state: string } }>('query ($id: ID!) { referral(id: $id) { state } }', { id }))
      .data?.referral.state;
  const reasonsFor = async (id: string): Promise<readonly string[]> => {
    const { data } = await coordinator<{ coordinatorQueue: { nodes: Queued[] } }>(
      '{ coordinatorQueue(first: 50) { nodes { id reasons } } }',
    );
    return data?.coordinatorQueue.nodes.find((one) => one.id === id)?.reasons ?? [];
  };
  const say = async (n: number, mutation: string, id: string): Promise<Said | undefined> => {
    const ask = await app.as(programOf(n).intake);
    const type = mutation.endsWith('Offer') ? 'Offer' : 'Referral';
    const { data, errors } = await ask<Record<string, Said>>(
      `mutation ($id: ID!) { ${mutation}(id: $id) { __typename ... on ${type} { id } ... on Refused { code remedy details } } }`,
      { id },
    );
    expect(errors).toEqual([]);
    return data?.[mutation];
  };

  it('takes a referral that nobody answers to another program and then to a human, each on time', async () => {
    const id = await refer();
    const asked = await now();
    expect([await stateOf(id), await offersOf(id), await reasonsFor(id)]).toEqual(['OFFERED', ['3 PENDING'], []]);
    const first = await decideBy(await offerAt(app, id, programOf(0).intake.agencyId));
    expect(Math.abs(first.getTime() - after(asked, 2).getTime())).toBeLessThan(60_000);
    const acknowledgeBy = after(first, -1.5);
    await goTo(acknowledgeBy, -20);
    expect(await reasonsFor(id)).toEqual([]);
    await goTo(acknowledgeBy, 1);
    expect(await reasonsFor(id)).toEqual(['OFFER_WAITS', 'CLOCK_BREACHED']);
    await goTo(first, -20);
    expect([await stateOf(id), await offersOf(id)]).toEqual(['OFFERED', ['3 PENDING']]);
    await goTo(first, 1);
    expect([await stateOf(id), await offersOf(id)]).toEqual(['OFFERED', ['3 EXPIRED', '1 PENDING']]);
    const second = await decideBy(await offerAt(app, id, programOf(3).intake.agencyId));
    expect(Math.abs(second.getTime() - after(first, 2).getTime())).toBeLessThan(60_000);
    await goTo(second, -20);
    expect([await stateOf(id), await offersOf(id)]).toEqual(['OFFERED', ['3 EXPIRED', '1 PENDING']]);
    await goTo(second, 1);
    expect([await stateOf(id), await offersOf(id)]).toEqual(['WAITLISTED', ['4 EXPIRED']]);
    expect(await reasonsFor(id)).toEqual(['WAITING_WITHOUT_INTERIM', 'DECLINED_BY_ALL', 'UNMET_NEED']);
    const due = async () =>
      app.owner<{ at: Date; started: Date }>(
        `select due_at as at, started_at as started from clock where referral_id = $1 and kind = 'INTERIM_SERVICES'`,
        [id],
      );
    const [interim] = await due();
    expect(interim?.at.getTime()).toBe(after(interim?.started ?? asked, 48).getTime());
    await goTo(interim?.at ?? asked, -20);
    expect(await reasonsFor(id)).not.toContain('CLOCK_BREACHED');
    await goTo(interim?.at ?? asked, 1);
    expect((await reasonsFor(id))[0]).toBe('CLOCK_BREACHED');
  });

  it('ends an offer by itself: a late answer hears HOLD_EXPIRED and what to do, swept or not', async () => {
    const id = await refer();
    const offerId = await offerAt(app, id, programOf(0).intake.agencyId);
    await goTo(await decideBy(offerId), 1, false);
    const late = {
      __typename: 'Refused',
      code: 'HOLD_EXPIRED',
      remedy: expect.stringContaining('offerReferral') as string,
    };
    expect(await say(0, 'acceptOffer', offerId)).toMatchObject(late);
    expect(await say(0, 'acknowledgeOffer', offerId)).toMatchObject(late);
    const no =
      'mutation ($input: DeclineOfferInput!) { declineOffer(input: $input) { __typename ... on Refused { code remedy } } }';
    const ask = await app.as(programOf(0).intake);
    expect((await ask(no, { input: { offerId, reason: 'STAFFING' } })).data).toMatchObject({ declineOffer: late });
    expect(await offersOf(id)).toEqual(['3 PENDING']);
    await app.runDue();
    expect(await offersOf(id)).toEqual(['3 EXPIRED', '1 PENDING']);
    expect(await say(0, 'acceptOffer', offerId)).toMatchObject(late);
    const next = await offerAt(app, id, programOf(3).intake.agencyId);
    await goTo(await decideBy(next), -20);
    expect(await say(3, 'acceptOffer', next)).toMatchObject({ __typename: 'Offer' });
  });

  it('ends a kept place by itself: whoever accepts again, or reports the arrival, hears HOLD_EXPIRED', async () => {
    const id = await refer();
    const offerId = await offerAt(app, id, programOf(0).intake.agencyId);
    expect(await say(0, 'acceptOffer', offerId)).toMatchObject({ __typename: 'Offer' });
    expect(await say(0, 'acceptOffer', offerId)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const [hold] = await app.owner<{ at: Date }>('select ends_at as at from hold where referral_id = $1', [id]);
    await goTo(hold?.at ?? new Date(NaN), 1, false);
    const late = { code: 'HOLD_EXPIRED', remedy: expect.stringContaining('routeReferral') as string };
    expect(await say(0, 'acceptOffer', offerId)).toMatchObject(late);
    expect(await say(0, 'recordArrival', id)).toMatchObject(late);
    await app.runDue();
    expect(await say(0, 'acceptOffer', offerId)).toMatchObject(late);
  });

  describe.each([
    ['an hour fast', HOUR_MS],
    ['an hour slow', -HOUR_MS],
  ])('by the database’s clock, in a process that is %s,', (_, skewMs) => {
    const skewed = async <T>(work: () => Promise<T>): Promise<T> => {
      // The clock alone: timers keep their pace, as they do on a machine that is set wrong.
      jest.useFakeTimers({ now: Date.now() + skewMs, doNotFake: TIMERS });
      try {
        return await work();
      } finally {
        jest.useRealTimers();
      }
    };

    it('keeps offers and places as long as they are promised, and no longer', async () => {
      const id = await skewed(refer);
      const asked = await now();
      const offerId = await offerAt(app, id, programOf(0).intake.agencyId);
      const until = await decideBy(offerId);
      expect(Math.abs(until.getTime() - after(asked, 2).getTime())).toBeLessThan(60_000);
      await goTo(until, -30, false);
      await skewed(() => app.runDue());
      expect(await offersOf(id)).toEqual(['3 PENDING']);
      expect(await skewed(() => say(0, 'acceptOffer', offerId))).toMatchObject({ __typename: 'Offer' });
      const [hold] = await app.owner<{ at: Date }>('select ends_at as at from hold where referral_id = $1', [id]);
      const ends = hold?.at ?? new Date(NaN);
      expect(Math.abs(ends.getTime() - after(await now(), 2).getTime())).toBeLessThan(60_000);
      await goTo(ends, -30, false);
      await skewed(() => app.runDue());
      expect(await stateOf(id)).toBe('ACCEPTED');
      await goTo(ends, 1, false);
      expect(await skewed(() => say(0, 'recordArrival', id))).toMatchObject({ code: 'HOLD_EXPIRED' });
      await skewed(() => app.runDue());
      expect(await app.owner('select no_shows from referral where id = $1', [id])).toEqual([{ no_shows: 1 }]);
    });

    it('lets no offer be accepted late, and counts the breach of a clock at its deadline', async () => {
      const id = await skewed(refer);
      const offerId = await offerAt(app, id, programOf(1).intake.agencyId);
      const until = await decideBy(offerId);
      const breaches = () =>
        app.owner(`select breach_count as n from clock where subject_id = $1 and kind = 'OFFER_ACKNOWLEDGED'`, [
          offerId,
        ]);
      await goTo(after(until, -1.5), -30, false);
      await skewed(() => app.app.get(ClocksService).sweep());
      expect(await breaches()).toEqual([{ n: 0 }]);
      await goTo(after(until, -1.5), 1, false);
      await skewed(() => app.app.get(ClocksService).sweep());
      expect(await breaches()).toEqual([{ n: 1 }]);
      await goTo(until, 1, false);
      expect(await skewed(() => say(1, 'acceptOffer', offerId))).toMatchObject({ code: 'HOLD_EXPIRED' });
      await skewed(() => app.runDue());
      expect(await offersOf(id)).toEqual(['3 EXPIRED', '1 PENDING']);
    });
  });
});
