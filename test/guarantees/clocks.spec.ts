import { DateTime } from 'luxon';
import type { Actor } from '../../src/access';
import { CensusService } from '../../src/capacity/census.service';
import { ClocksService } from '../../src/clocks';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { DischargeService } from '../../src/referrals/discharge.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildReferral, buildRegion, buildSubmission, done, offerAt, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

const command = { name: 'test' };

interface Row {
  readonly kind: string;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly endedHow: string | null;
  readonly breachCount: number;
  readonly step: number;
}

describe('a clock', () => {
  let app: TestApp;
  let region: Region;
  let intake: Actor;
  beforeAll(async () => {
    app = await openApp();
  });
  beforeEach(async () => {
    region = await buildRegion(app, [{ staffed: 20 }]);
    intake = region.programs[0]?.intake as Actor;
  });
  afterAll(() => app.close());

  const clocksOf = (referralId: string, kind: string) =>
    app.owner<Row>(
      `select kind, started_at as "startedAt", due_at as "dueAt", ended_how as "endedHow", breach_count as "breachCount", step from clock
       where referral_id = $1 and kind = $2 and (owner_agency_id = $3 or owner_side <> 'PROVIDER') order by started_at`,
      [referralId, kind, intake.agencyId],
    );
  const told = (subjectId: string) =>
    app.owner<{ name: string; tell: string | null }>(
      `select e.name, e.payload->>'tell' as tell from outbox_event e join clock c on c.id = e.subject_id where c.subject_id = $1 order by e.position`,
      [subjectId],
    );
  const offered = async (): Promise<{ referralId: string; offerId: string }> => {
    const preferredProgramIds = [region.programs[0]?.pool.programId ?? ''];
    const referralId = await buildReferral(app, region.officer, buildSubmission({}, { preferredProgramIds }));
    return { referralId, offerId: await offerAt(app, referralId, intake.agencyId) };
  };
  const accepted = async () => {
    const { referralId, offerId } = await offered();
    done(await app.app.get(AcceptanceService).accept(intake, offerId, command));
    return referralId;
  };
  /** Time comes to here without the cascade, so that nothing but the clock is looked at. */
  const sweepAt = async (instant: number) => {
    app.clock.advanceTo(new Date(instant));
    await app.app.get(ClocksService).sweep();
  };

  it('for the acknowledgement runs thirty minutes, to the second, and tells the coordinator once', async () => {
    const { referralId, offerId } = await offered();
    const [{ startedAt, dueAt }] = (await clocksOf(referralId, 'OFFER_ACKNOWLEDGED')) as [Row];
    expect(dueAt.getTime() - startedAt.getTime()).toBe(30 * 60_000);
    await sweepAt(dueAt.getTime() - 1_000);
    expect(await clocksOf(referralId, 'OFFER_ACKNOWLEDGED')).toMatchObject([{ breachCount: 0, step: 0 }]);
    await sweepAt(dueAt.getTime());
    await Promise.all([1, 2, 3, 4].map(() => app.app.get(ClocksService).sweep()));
    expect(await clocksOf(referralId, 'OFFER_ACKNOWLEDGED')).toMatchObject([{ breachCount: 1, step: 1 }]);
    const once = [
      { name: 'clock.breached', tell: null },
      { name: 'clock.escalated', tell: 'COORDINATOR' },
    ];
    expect(await told(offerId)).toEqual(once);
    done(await app.app.get(OfferResponseService).acknowledge(intake, offerId, command));
    expect(await clocksOf(referralId, 'OFFER_ACKNOWLEDGED')).toMatchObject([{ breachCount: 1, endedHow: 'BREACHED' }]);
  });

  it('is walked though more than a batch of others, that were due before it, cannot be', async () => {
    const [stuck, other] = [await offered(), await offered()];
    await app.owner(
      `insert into clock (kind, subject_type, subject_id, owner_agency_id, owner_side, started_at, due_at, definition_version, next_step_at)
       select 'CENSUS_FRESH', 'BedPool', uuidv7(), owner_agency_id, owner_side, started_at, due_at, 'stuck', due_at - interval '1 minute'
       from clock, generate_series(1, 60) where subject_id = $1 and kind = 'OFFER_ACKNOWLEDGED'`,
      [stuck.offerId],
    );
    await app.owner(`create function stuck() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$`);
    await app.owner(
      `create trigger stuck before update on clock for each row when (old.subject_id = '${stuck.offerId}' or old.definition_version = 'stuck') execute function stuck()`,
    );
    try {
      const [{ dueAt }] = (await clocksOf(other.referralId, 'OFFER_ACKNOWLEDGED')) as [Row];
      await expect(sweepAt(dueAt.getTime())).rejects.toThrow('stuck');
      expect(await clocksOf(stuck.referralId, 'OFFER_ACKNOWLEDGED')).toMatchObject([{ breachCount: 0 }]);
      expect(await clocksOf(other.referralId, 'OFFER_ACKNOWLEDGED')).toMatchObject([{ breachCount: 1 }]);
      // They are let be for a while.
      await app.app.get(ClocksService).sweep();
    } finally {
      await app.owner(`drop function stuck cascade; delete from clock where definition_version = 'stuck'`);
    }
  });

  it('ends MET with the step, and counts a breach that nobody had looked at yet', async () => {
    const { referralId, offerId } = await offered();
    app.clock.advance(29);
    done(await app.app.get(OfferResponseService).acknowledge(intake, offerId, command));
    expect(await clocksOf(referralId, 'OFFER_ACKNOWLEDGED')).toMatchObject([{ endedHow: 'MET', breachCount: 0 }]);
    const late = await offered();
    app.clock.advance(31);
    done(await app.app.get(OfferResponseService).decline(intake, late.offerId, 'STAFFING', command));
    expect(await clocksOf(late.referralId, 'OFFER_ACKNOWLEDGED')).toMatchObject([
      { endedHow: 'BREACHED', breachCount: 1 },
    ]);
    expect(await clocksOf(late.referralId, 'OFFER_DECIDED')).toMatchObject([{ endedHow: 'MET', breachCount: 0 }]);
  });

  it('leaves nothing in silence: a referral nobody answers reaches a human on time', async () => {
    const { referralId } = await offered();
    // To the second above; all that is due takes longer than that on a busy machine.
    app.clock.advance(119);
    await app.runDue();
    expect(await clocksOf(referralId, 'OFFER_DECIDED')).toMatchObject([{ endedHow: null, breachCount: 0 }]);
    app.clock.advance(1);
    await app.runDue();
    expect(await clocksOf(referralId, 'OFFER_DECIDED')).toMatchObject([{ endedHow: 'BREACHED', breachCount: 1 }]);
  });

  it('for the hold moves with the arrival, and tells a no-show from an arrival', async () => {
    const [come, stay] = [await accepted(), await accepted()];
    expect(await clocksOf(come, 'HOLD_ENDS')).toMatchObject([{ endedHow: null }]);
    expect(
      (
        await app.owner("select 1 from clock where referral_id = $1 and kind like 'OFFER%' and ended_at is null", [
          come,
        ])
      ).length,
    ).toBe(0);
    const arrivals = app.app.get(ArrivalService);
    const [now] = await app.owner<{ at: Date }>('select clock_timestamp() + $1::interval as at', [
      app.clock.interval(),
    ]);
    const arrivalAt = new Date((now?.at.getTime() ?? 0) + 5 * 3_600_000);
    for (const id of [come, stay]) done(await arrivals.schedule(intake, id, arrivalAt, command));
    const [hold] = await clocksOf(come, 'HOLD_ENDS');
    expect(hold?.dueAt).toEqual(new Date(arrivalAt.getTime() + 3_600_000));
    app.clock.advance(5 * 60);
    done(await arrivals.recordArrival(intake, come, command));
    expect(await clocksOf(come, 'HOLD_ENDS')).toMatchObject([{ endedHow: 'MET' }]);
    app.clock.advance(61);
    await app.runDue();
    expect(await clocksOf(stay, 'HOLD_ENDS')).toMatchObject([{ endedHow: 'BREACHED', breachCount: 1 }]);
  });

  it('asks after the person on day 30 and day 90, and a coordinator answers', async () => {
    const id = await accepted();
    const arrivals = app.app.get(ArrivalService);
    done(await arrivals.recordArrival(intake, id, command));
    done(await app.app.get(AdmissionService).admit(intake, id, command));
    const discharge = { referralId: id, outcome: 'COMPLETED', nextLevelsOfCare: [] } as const;
    done(await app.app.get(DischargeService).discharge(intake, discharge, command));
    for (const days of [30, 90]) {
      const [clock] = await clocksOf(id, `FOLLOW_UP_DAY_${days}`);
      const [from, due] = [clock?.startedAt, clock?.dueAt].map((at) =>
        DateTime.fromJSDate(at ?? new Date(NaN), { zone: 'America/New_York' }),
      ) as [DateTime, DateTime];
      // Rolled off weekends and holidays, by four days at most.
      const lasts = Math.round(due.diff(from, 'days').days);
      expect([lasts >= days && lasts <= days + 4, due.weekday < 6]).toEqual([true, true]);
    }
    const ask = await app.as(region.coordinator);
    interface Due {
      readonly dueClocks: { readonly nodes: readonly { id: string; kind: string; answers: string[] }[] };
    }
    const { data, errors } = await ask<Due>(
      '{ dueClocks(first: 50) { nodes { id kind answers owner { id } referral { id } } } }',
    );
    expect(errors).toEqual([]);
    const followUp = data?.dueClocks.nodes.find(({ kind }) => kind === 'FOLLOW_UP_DAY_30');
    const mutation = `mutation ($input: AnswerClockInput!) { answerClock(input: $input) { ... on Clock { kind endedHow answer } ... on Refused { code } } }`;
    const answered = (answer: string) => ask(mutation, { input: { clockId: followUp?.id, answer } });
    expect((await answered('STATE_NOTIFIED')).data).toMatchObject({ answerClock: { code: 'INVALID_INPUT' } });
    expect((await answered('REACHED_IN_TREATMENT')).data).toMatchObject({ answerClock: { endedHow: 'MET' } });
    expect((await answered('REACHED_IN_TREATMENT')).data).toMatchObject({
      answerClock: { code: 'ILLEGAL_TRANSITION' },
    });
    const { data: counts } = await ask<{ clockBreaches: { kind: string; met: number }[] }>(
      '{ clockBreaches { kind started met breached running agency { id } } }',
    );
    expect(counts?.clockBreaches).toContainEqual(expect.objectContaining({ kind: 'FOLLOW_UP_DAY_30', met: 1 }));
    const breached = async (days: number, ended: number | null) => {
      const now = 'clock_timestamp() + $4::interval';
      const at = `${now} - $2::int * interval '1 day'`;
      await app.owner(
        `update clock set started_at = ${at}, due_at = ${at} + interval '90 days', breached_at = ${at} + interval '90 days', breach_count = 1,
           ended_at = ${now} - $3::int * interval '1 day', ended_how = case when $3::int is null then null else 'BREACHED' end,
           next_step_at = null where referral_id = $1 and kind = 'FOLLOW_UP_DAY_90'`,
        [id, days, ended, app.clock.interval()],
      );
      const { data: kept } = await ask<{ clockBreaches: { kind: string; breached: number }[] }>(
        '{ clockBreaches { kind breached } }',
      );
      return kept?.clockBreaches.find(({ kind }) => kind === 'FOLLOW_UP_DAY_90')?.breached ?? 0;
    };
    const figures = [await breached(91, null), await breached(100, 9), await breached(200, 31)];
    expect(figures).toEqual([1, 1, 0]);
  });

  it('for the notice to the state starts at nine places of ten, once, and ends when the state was told', async () => {
    const [program] = region.programs;
    const ask = await app.as(intake);
    interface Due {
      readonly dueRoomClocks: { readonly nodes: readonly { id: string; kind: string; programId: string }[] };
    }
    const notices = async () => {
      const { data } = await ask<Due>('{ dueRoomClocks(first: 50) { nodes { id kind programId startedAt dueAt } } }');
      return data?.dueRoomClocks.nodes.filter(({ kind }) => kind === 'CAPACITY_NOTICE') ?? [];
    };
    const count = async (staffed: number, occupied: number) => {
      const pools = [{ poolId: program?.pool.id ?? '', staffed, occupied }];
      done(await app.app.get(CensusService).post(intake, { source: 'STAFF', pools }, command));
    };
    await count(20, 17);
    expect(await notices()).toEqual([]);
    await count(20, 18);
    const [notice] = await notices();
    const [row] = await app.owner<Row>('select started_at as "startedAt", due_at as "dueAt" from clock where id = $1', [
      notice?.id,
    ]);
    expect(notice?.programId).toBe(program?.pool.programId);
    const ends = DateTime.fromJSDate(row?.startedAt ?? new Date(0), { zone: 'America/New_York' }).plus({ days: 7 });
    expect(row?.dueAt).toEqual(ends.toJSDate());
    // It stays nearly full, falls below, and is nearly full again: the state is to be told once.
    for (const occupied of [20, 12, 19]) await count(20, occupied);
    expect((await notices()).map(({ id }) => id)).toEqual([notice?.id]);
    const { data } = await ask(
      `mutation ($input: AnswerClockInput!) { answerRoomClock(input: $input) { ... on RoomClock { endedHow answer } ... on Refused { code } } }`,
      { input: { clockId: notice?.id, answer: 'STATE_NOTIFIED' } },
    );
    expect(data).toEqual({ answerRoomClock: { endedHow: 'MET', answer: 'STATE_NOTIFIED' } });
    await count(20, 20);
    expect(await notices()).toEqual([]);
    await count(20, 5);
    // An admission reaches it as well, and the place that is held until then does not.
    await count(1, 0);
    const id = await accepted();
    done(await app.app.get(ArrivalService).recordArrival(intake, id, command));
    expect(await notices()).toEqual([]);
    done(await app.app.get(AdmissionService).admit(intake, id, command));
    expect(await notices()).toHaveLength(1);
  });

  it('is seen by the program and the coordinator, and by no sender', async () => {
    await offered();
    const query = '{ dueClocks { nodes { id kind } } clockBreaches { kind } }';
    const officer = await (await app.as(region.officer))(query);
    expect(officer.errors.length).toBeGreaterThan(0);
    const seen = await (await app.as(intake))<{ dueClocks: { nodes: unknown[] } }>(query);
    expect(seen.data?.dueClocks.nodes).toHaveLength(2);
    const stranger = await buildStaff(
      app.database,
      await buildAgency(app.database, { kind: 'OUTREACH_TEAM' }),
      'COORDINATOR',
    );
    const none = await (await app.as(stranger))(query);
    expect(none.data).toEqual({ dueClocks: { nodes: [] }, clockBreaches: [] });
  });

  it('has another length where the operator says so, for those that start from then on', async () => {
    const before = await offered();
    const platform = await buildStaff(
      app.database,
      await buildAgency(app.database, { kind: 'PLATFORM' }),
      'PLATFORM_ADMIN',
    );
    const ask = await app.as(platform);
    const mutation = `mutation ($input: SetClockInput!) { setClock(input: $input) { ... on ClockSetting { lasts } ... on Refused { code field details } } }`;
    const input = { agencyId: intake.agencyId, kind: 'OFFER_ACKNOWLEDGED', lasts: 'PT45M' };
    const set = async (changes: object) =>
      (await ask<{ setClock: object }>(mutation, { input: { ...input, ...changes } })).data?.setClock;
    expect(await set({ lasts: 'P1M' })).toMatchObject({ code: 'INVALID_INPUT' });
    for (const kind of ['CENSUS_FRESH', 'BRIDGE_ENDS']) {
      expect(await set({ kind })).toMatchObject({ code: 'INVALID_INPUT' });
    }
    const over = [
      ['ADMISSION', 'P15D'],
      ['ADMISSION_WITH_INTERIM', 'P121D'],
      ['INTERIM_SERVICES', 'PT49H'],
      ['CAPACITY_NOTICE', 'P8D'],
      ['ACCOUNTING_ANSWERED', 'P31D'],
    ];
    for (const [kind, lasts] of over) {
      const refused = {
        code: 'INVALID_INPUT',
        field: 'input.lasts',
        details: { source: expect.stringMatching(/4[25] CFR/) as string },
      };
      expect(await set({ kind, lasts })).toMatchObject(refused);
    }
    expect(await set({ kind: 'ADMISSION', lasts: 'P10D' })).toMatchObject({ lasts: 'P10D' });
    expect(await set({ programId: before.offerId })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await set({})).toMatchObject({ lasts: 'PT45M' });
    expect(await set({ lasts: 'PT20M', programId: region.programs[0]?.pool.programId })).toMatchObject({
      lasts: 'PT20M',
    });
    const after = await offered();
    const minutes = async (offerId: string) =>
      (
        await app.owner<{ m: number }>(
          `select extract(epoch from due_at - started_at)::int / 60 as m from clock where subject_id = $1 and kind = 'OFFER_ACKNOWLEDGED'`,
          [offerId],
        )
      )[0]?.m;
    expect([await minutes(before.offerId), await minutes(after.offerId)]).toEqual([30, 20]);
  });
});
