import { ClocksService } from '../../src/clocks';
import { PlaceFillingService } from '../../src/referrals/waitlist/place-filling.service';
import { buildProgramOf, buildReferral, buildRegion, buildSubmission, type Region } from '../builders/referrals';
import { openApp, type Ask, type TestApp } from '../setup/app';

interface Entry {
  readonly id: string;
  readonly tier: string;
  readonly missingInterimServices: string[];
  readonly interimCompletedAt: string | null;
  readonly bridgedUntil: string | null;
  readonly contactWay: string | null;
  readonly contactDetail: string | null;
  readonly contacts: { outcome: string }[];
  readonly considerations: { position: number; isChosen: boolean; rules: string[] }[];
  readonly endReason: string | null;
}
interface Given {
  readonly __typename: string;
  readonly code?: string;
  readonly field?: string | null;
}

const ENTRY = `waitlistEntry { id tier missingInterimServices interimCompletedAt bridgedUntil contactWay contactDetail contacts { outcome }
  considerations { position isChosen rules program { id } } endReason }`;
const BASE = ['HIV_TB_EDUCATION', 'NEEDLE_SHARING_RISKS', 'TRANSMISSION_RISKS', 'HIV_TB_TREATMENT_REFERRAL'];

describe('a person who waits', () => {
  let app: TestApp;
  let region: Region;
  let coordinator: Ask;
  let officer: Ask;
  beforeAll(async () => {
    app = await openApp();
    region = await buildRegion(app, []);
    coordinator = await app.as(region.coordinator);
    officer = await app.as(region.officer);
  });
  afterAll(() => app.close());

  const refer = (need = {}, sex: 'MALE' | 'FEMALE' = 'MALE') =>
    buildReferral(app, region.officer, buildSubmission({ person: { ageYears: 30, sex } }, { injects: true, ...need }));
  const entryOf = async (ask: Ask, id: string): Promise<Entry | null> => {
    const { data, errors } = await ask<{ referral: { waitlistEntry: Entry | null } | null }>(
      `query ($id: ID!) { referral(id: $id) { ${ENTRY} } }`,
      { id },
    );
    expect(errors).toEqual([]);
    return data?.referral?.waitlistEntry ?? null;
  };
  const give = async (ask: Ask, mutation: string, input: object): Promise<Given | undefined> => {
    const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
    const { data, errors } = await ask<Record<string, Given>>(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ... on Refused { code field remedy } } }`,
      { input },
    );
    return data?.[mutation] ?? { __typename: 'Error', code: String(errors[0]?.extensions['code']) };
  };
  const clocks = (referralId: string) =>
    app.owner<{ kind: string; how: string | null; days: number }>(
      `select kind, ended_how as how, round(extract(epoch from due_at - started_at) / 86400)::int as days from clock where referral_id = $1 order by kind`,
      [referralId],
    );
  const now = async (): Promise<Date> => {
    const [row] = await app.owner<{ at: Date }>('select clock_timestamp() + $1::interval as at', [
      app.clock.interval(),
    ]);
    return row?.at ?? new Date(NaN);
  };
  const queue = async (ask: Ask) => {
    const { data, errors } = await ask<{
      coordinatorQueue: { nodes: { id: string; reasons: string[]; referral: { state: string } | null }[] };
    }>('{ coordinatorQueue(first: 50) { nodes { id reasons since referral { state } } } }');
    return { nodes: data?.coordinatorQueue.nodes ?? [], code: errors[0]?.extensions['code'] };
  };

  it('is seen by the coordinator, and by no sender', async () => {
    const id = await refer({ pregnant: true }, 'FEMALE');
    expect(await entryOf(coordinator, id)).toMatchObject({ tier: 'PREGNANT_INJECTING', endReason: null });
    expect(await entryOf(officer, id)).toBeNull();
    const stranger = await app.as((await buildRegion(app, [])).coordinator);
    expect(await entryOf(stranger, id)).toBeNull();
    const input = { referralId: id, outcome: 'NO_ANSWER' };
    expect(await give(stranger, 'recordWaitlistContact', input)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await give(officer, 'recordWaitlistContact', input)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('gets interim services; in time they give 120 days to admission in place of 14', async () => {
    const id = await refer();
    expect(await clocks(id)).toEqual([
      { kind: 'ADMISSION', how: null, days: 14 },
      { kind: 'INTERIM_SERVICES', how: null, days: 2 },
      { kind: 'WAITLIST_CONTACT', how: null, days: expect.any(Number) as number },
    ]);
    const wrong = { referralId: id, service: 'NEEDLE_SHARING_RISKS', result: 'NOT_NEEDED' };
    expect(await give(coordinator, 'recordInterimService', wrong)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'input.result',
    });
    const early = { ...wrong, result: 'GIVEN', givenAt: '2020-01-01T00:00:00Z' };
    expect(await give(coordinator, 'recordInterimService', early)).toMatchObject({
      field: 'input.givenAt',
    });
    for (const service of BASE) {
      const given = await give(coordinator, 'recordInterimService', { referralId: id, service, result: 'GIVEN' });
      expect(given).toMatchObject({ __typename: 'WaitlistEntry' });
    }
    expect(await entryOf(coordinator, id)).toMatchObject({ missingInterimServices: [], bridgedUntil: null });
    expect(await clocks(id)).toMatchObject([
      { kind: 'ADMISSION', how: 'CANCELLED' },
      { kind: 'ADMISSION_WITH_INTERIM', how: null, days: 120 },
      { kind: 'INTERIM_SERVICES', how: 'MET' },
      { kind: 'WAITLIST_CONTACT', how: null },
    ]);
    await give(coordinator, 'recordInterimService', { referralId: id, service: 'INTERIM_METHADONE', result: 'GIVEN' });
    expect((await entryOf(coordinator, id))?.bridgedUntil).not.toBeNull();
  });

  it('gets no longer time by interim services that come after 48 hours, and a bridge is three days', async () => {
    const id = await refer();
    app.clock.advance(48 * 60 + 1);
    await app.app.get(ClocksService).sweep();
    for (const service of [...BASE, 'THREE_DAY_BRIDGE']) {
      await give(coordinator, 'recordInterimService', { referralId: id, service, result: 'GIVEN' });
    }
    expect(await clocks(id)).toMatchObject([
      { kind: 'ADMISSION', how: null, days: 14 },
      { kind: 'BRIDGE_ENDS', how: null, days: 3 },
      { kind: 'INTERIM_SERVICES', how: 'BREACHED' },
      { kind: 'WAITLIST_CONTACT', how: null },
    ]);
    const bridged = new Date((await entryOf(coordinator, id))?.bridgedUntil ?? NaN).getTime() - (await now()).getTime();
    expect(Math.round(bridged / 3_600_000)).toBe(72);
  });

  it('is owed what their tier asks for, also once new facts raise it or lower it', async () => {
    const give2 = async (referralId: string) => {
      for (const service of ['HIV_TB_EDUCATION', 'HIV_TB_TREATMENT_REFERRAL']) {
        await give(coordinator, 'recordInterimService', { referralId, service, result: 'GIVEN' });
      }
    };
    const learn = (referralId: string, facts: object) =>
      give(coordinator, 'provideReferralInfo', { referralId, facts });
    const running = async (id: string) => (await clocks(id)).filter(({ how }) => how === null);
    const [rises, falls] = [await refer({ injects: false }), await refer({ injects: false, pregnant: true }, 'FEMALE')];
    for (const id of [rises, falls]) await give2(id);
    expect(await entryOf(coordinator, rises)).toMatchObject({ tier: 'OTHER', missingInterimServices: [] });
    expect(await clocks(rises)).toContainEqual(expect.objectContaining({ kind: 'INTERIM_SERVICES', how: 'MET' }));

    expect(await learn(rises, { injects: true })).toMatchObject({ __typename: 'Referral' });
    expect(await entryOf(coordinator, rises)).toMatchObject({ tier: 'INJECTING', interimCompletedAt: null });
    expect(await running(rises)).toMatchObject([
      { kind: 'ADMISSION', days: 14 },
      { kind: 'INTERIM_SERVICES', days: 2 },
      { kind: 'WAITLIST_CONTACT' },
    ]);
    expect((await queue(coordinator)).nodes.find((one) => one.id === rises)?.reasons).toContain(
      'WAITING_WITHOUT_INTERIM',
    );
    for (const service of BASE) {
      await give(coordinator, 'recordInterimService', { referralId: rises, service, result: 'GIVEN' });
    }
    expect(await running(rises)).toMatchObject([
      { kind: 'ADMISSION_WITH_INTERIM', days: 120 },
      { kind: 'WAITLIST_CONTACT' },
    ]);

    expect(await entryOf(coordinator, falls)).toMatchObject({ tier: 'PREGNANT', interimCompletedAt: null });
    await learn(falls, { pregnant: false });
    const fallen = await entryOf(coordinator, falls);
    expect(fallen).toMatchObject({ tier: 'OTHER', missingInterimServices: [] });
    expect(fallen?.interimCompletedAt).not.toBeNull();
    expect(await clocks(falls)).toContainEqual(expect.objectContaining({ kind: 'INTERIM_SERVICES', how: 'MET' }));
  });

  it('has had interim services when they were given, however late that was recorded', async () => {
    const [inTime, tooLate] = [await refer(), await refer()];
    const from = await now();
    app.clock.advance(60 * 60);
    await app.app.get(ClocksService).sweep();
    const breaches = (id: string) =>
      app.owner(
        `select ended_how as how, breach_count as n, breached_at is null as "isNone", ended_at <= due_at as "isInTime"
         from clock where referral_id = $1 and kind = 'INTERIM_SERVICES'`,
        [id],
      );
    expect(await breaches(inTime)).toMatchObject([{ how: null, n: 1 }]);
    for (const service of BASE) {
      const given = (referralId: string, hours: number) => {
        const givenAt = new Date(from.getTime() + hours * 3_600_000).toISOString();
        return give(coordinator, 'recordInterimService', { referralId, service, result: 'GIVEN', givenAt });
      };
      await given(inTime, 47);
      await given(tooLate, 49);
    }
    expect(await breaches(inTime)).toEqual([{ how: 'MET', n: 0, isNone: true, isInTime: true }]);
    expect(await breaches(tooLate)).toEqual([{ how: 'BREACHED', n: 1, isNone: false, isInTime: false }]);
    expect((await clocks(inTime)).filter(({ how }) => how === null)).toMatchObject([
      { kind: 'ADMISSION_WITH_INTERIM', days: 120 },
      { kind: 'WAITLIST_CONTACT' },
    ]);
    const { data } = await coordinator<{
      referral: { waitlistEntry: { interimServices: { givenAt: string; recordedAt: string }[] } };
    }>('query ($id: ID!) { referral(id: $id) { waitlistEntry { interimServices { givenAt recordedAt } } } }', {
      id: inTime,
    });
    const hours = (data?.referral.waitlistEntry.interimServices ?? []).map(({ givenAt, recordedAt }) =>
      Math.round((Date.parse(recordedAt) - Date.parse(givenAt)) / 3_600_000),
    );
    expect(hours).toEqual([13, 13, 13, 13]);
  });

  it('is reached in the way they agreed to, and taken off the list only for a reason, with the attempts it needs', async () => {
    const id = await refer();
    const detail = 'Ask for Sam at the shelter on Water Street';
    await give(coordinator, 'setWaitlistContact', { referralId: id, way: 'VISIT', detail });
    // Who they are is not the coordinator’s to see without the person’s consent, and where to find them tells it.
    expect(await entryOf(coordinator, id)).toMatchObject({ contactWay: 'VISIT', contactDetail: null });
    const [kept] = await app.owner<{ sealed: Buffer }>(
      'select contact_detail_sealed as sealed from waitlist_entry where referral_id = $1',
      [id],
    );
    expect(kept?.sealed.includes('Water Street')).toBe(false);
    const lost = { referralId: id, reason: 'CANNOT_BE_LOCATED' };
    expect(await give(coordinator, 'removeFromWaitlist', lost)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await give(coordinator, 'cancelReferral', { referralId: id, reason: 'PERSON_NOT_REACHABLE' })).toMatchObject(
      { code: 'INVALID_INPUT' },
    );
    // Offered to a program meanwhile they wait on, and are looked for as well.
    const state = (to: string) => app.owner(`update referral set state = '${to}' where id = $1`, [id]);
    await state('OFFERED');
    expect(await give(coordinator, 'cancelReferral', { referralId: id, reason: 'PERSON_NOT_REACHABLE' })).toMatchObject(
      { code: 'INVALID_INPUT' },
    );
    await state('WAITLISTED');
    for (const hours of [0, 24, 24]) {
      app.clock.advance(hours * 60);
      await give(coordinator, 'recordWaitlistContact', { referralId: id, outcome: 'NO_ONE_HOME' });
    }
    expect(await give(coordinator, 'removeFromWaitlist', lost)).toMatchObject({ __typename: 'WaitlistEntry' });
    expect(await entryOf(coordinator, id)).toMatchObject({ endReason: 'CANNOT_BE_LOCATED' });
    expect(await give(coordinator, 'removeFromWaitlist', lost)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect((await clocks(id)).filter(({ how }) => how === null)).toEqual([]);
  });

  it('may agree to a program farther away, and keeps their place in the order', async () => {
    // Columbus is some seventy kilometres from Chillicothe.
    const far = await buildProgramOf(app, {
      staffed: 0,
      sexes: ['MALE'],
      program: { acceptanceMode: 'INSTANT', latitude: 39.96, longitude: -83.0 },
    });
    const woman = await refer({ maxDistanceKm: 120 }, 'FEMALE');
    const [stays, goes] = [await refer({ maxDistanceKm: 20 }), await refer({ maxDistanceKm: 20 })];
    const transfer = { referralId: goes, programId: far.pool.programId };
    expect(await give(coordinator, 'transferWaitlistEntry', transfer)).toMatchObject({ __typename: 'WaitlistEntry' });
    const tooFar = await buildProgramOf(app, { staffed: 0, program: { latitude: 44, longitude: -83 } });
    expect(
      await give(coordinator, 'transferWaitlistEntry', { referralId: goes, programId: tooFar.pool.programId }),
    ).toMatchObject({ code: 'NOT_ELIGIBLE' });
    await app.owner('insert into hold_quota (agency_id, active_holds, pool_share_percent) values ($1, 1000000, 100)', [
      region.officer.agencyId,
    ]);
    await app.owner('update bed_pool set staffed = 9, attested_at = now() + $2::interval where id = $1', [
      far.pool.id,
      app.clock.interval(),
    ]);
    await app.app.get(PlaceFillingService).fill(far.pool.id);
    expect(await entryOf(coordinator, goes)).toMatchObject({
      endReason: 'PLACED',
      considerations: [{ isChosen: true, rules: [] }],
    });
    expect(await entryOf(coordinator, stays)).toMatchObject({ endReason: null, considerations: [] });
    // Whoever came first and could not be taken reads why, and of nobody else.
    const passedOver = (await entryOf(coordinator, woman))?.considerations;
    expect(passedOver).toContainEqual(expect.objectContaining({ isChosen: false, rules: ['SEX'] }));
    // Stored like any match: what the rules said of it when the place was given, with the score.
    const { data } = await coordinator<{ referral: { matchRuns: { verdicts: object[] }[] } }>(
      `query ($id: ID!) { referral(id: $id) { matchRuns { verdicts { isEligible score program { id } } } } }`,
      { id: goes },
    );
    expect(data?.referral.matchRuns).toContainEqual({
      verdicts: [{ isEligible: true, score: expect.any(Number) as number, program: { id: far.pool.programId } }],
    });
  });

  it('stands in the coordinator’s queue with the reason, the most urgent first; nobody else sees it', async () => {
    const id = await refer({}, 'FEMALE');
    const { nodes } = await queue(coordinator);
    expect(nodes.find((one) => one.id === id)).toMatchObject({
      reasons: ['WAITING_WITHOUT_INTERIM', 'UNMET_NEED'],
      referral: { state: 'WAITLISTED' },
    });
    app.clock.advance(49 * 60);
    const later = (await queue(coordinator)).nodes;
    expect(later.find((one) => one.id === id)?.reasons[0]).toBe('CLOCK_BREACHED');
    const firsts = ['HOLD_ENDING', 'CLOCK_BREACHED', 'BRIDGE_ENDING', 'WAITING_WITHOUT_INTERIM'];
    const order = [...firsts, 'DECLINED_BY_ALL', 'UNMET_NEED'];
    const ranks = later.map(({ reasons }) => order.indexOf(reasons[0] ?? ''));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    const stranger = await app.as((await buildRegion(app, [])).coordinator);
    expect((await queue(stranger)).nodes).toEqual([]);
    expect((await queue(officer)).code).toBe('FORBIDDEN');
  });

  it('leaves in the trail that it waits and what was due, and no word of its need', async () => {
    await app.app.get(ClocksService).sweep();
    const entries = await app.owner<{ action: string; details: string }>(
      "select action, details::text from audit_entry where action ~ '^(waitlist.entered|unmet-need.recorded|clock[.].*ed)$'",
    );
    const words = /PREGNAN|INJECT|tier|risk|rules"|ADMISSION|INTERIM|METHADONE|BRIDGE/;
    expect(entries.filter(({ details }) => words.test(details))).toEqual([]);
    expect(new Set(entries.map(({ action }) => action)).size).toBeGreaterThan(2);
  });
});
