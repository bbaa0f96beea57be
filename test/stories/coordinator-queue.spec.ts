import { consent as signed } from '../../src/cli/walkthrough/people';
import type { PersonInput } from '../../src/people';
import { ClocksService } from '../../src/clocks';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { ReferralLapseService } from '../../src/referrals/referral-lapse.service';
import { ReferralInfoService } from '../../src/referrals/referral-info.service';
import { queueReasons } from '../../src/referrals/waitlist/queue-reasons';
import { withPhone } from '../builders/person-links';
import { buildReferral, buildRegion, buildSubmission, done, offerAt, type Region } from '../builders/referrals';
import { openApp, type Ask, type TestApp } from '../setup/app';

const command = { name: 'test' };
const agreed = signed('IDENTITY_TO_COORDINATOR');

interface Queue {
  readonly coordinatorQueue: {
    readonly nodes: readonly { readonly id: string; readonly reasons: readonly string[] }[];
  };
}

/** What a referral is in the queue for, one minute before and one minute after it is. */
interface Case {
  readonly reason: keyof typeof queueReasons;
  /** Makes the referral and answers by how many minutes the reason is due after that; 0: at once. */
  readonly begin: () => Promise<{ id: string; minutes: number }>;
}

describe('the coordinator’s queue', () => {
  let app: TestApp;
  let region: Region;
  let coordinator: Ask;
  let latitude = 20;
  beforeAll(async () => {
    app = await openApp();
  });
  /** Far from those of the test before. */
  const settle = async (acceptanceMode: 'REVIEW' | 'INSTANT'): Promise<void> => {
    latitude += 2;
    const [row] = await app.owner<{ at: Date }>('select clock_timestamp() + $1::interval as at', [
      app.clock.interval(),
    ]);
    region = await buildRegion(app, [{ attestedAt: row?.at ?? null, program: { latitude, acceptanceMode } }]);
    coordinator = await app.as(region.coordinator);
  };
  beforeEach(() => settle('REVIEW'));
  afterAll(() => app.close());

  const intake = () => region.programs[0]!.intake;
  const refer = (need = {}) => buildReferral(app, region.officer, buildSubmission({}, { latitude, ...need }));
  const offer = (id: string) => offerAt(app, id, intake().agencyId);
  const give = async (service: string, id: string, givenAt?: Date): Promise<void> => {
    const input = { referralId: id, service, result: 'GIVEN', ...(givenAt && { givenAt }) };
    const { data } = await coordinator<{ recordInterimService: { __typename: string } }>(
      `mutation ($input: RecordInterimServiceInput!) { recordInterimService(input: $input) { __typename } }`,
      { input },
    );
    expect(data?.recordInterimService.__typename).toBe('WaitlistEntry');
  };
  const interim = async (id: string): Promise<void> => {
    for (const one of ['HIV_TB_EDUCATION', 'NEEDLE_SHARING_RISKS', 'TRANSMISSION_RISKS', 'HIV_TB_TREATMENT_REFERRAL']) {
      await give(one, id);
    }
  };
  /** Nobody within reach speaks it. */
  const unmet = () => refer({ injects: true, language: 'so' });
  const reasonsFor = async (id: string): Promise<readonly string[]> => {
    const { data } = await coordinator<Queue>('{ coordinatorQueue(first: 50) { nodes { id reasons } } }');
    return data?.coordinatorQueue.nodes.find((one) => one.id === id)?.reasons ?? [];
  };

  const cases: readonly Case[] = [
    { reason: 'UNMET_NEED', begin: async () => ({ id: await unmet(), minutes: 0 }) },
    { reason: 'WAITING_WITHOUT_INTERIM', begin: async () => ({ id: await unmet(), minutes: 0 }) },
    {
      reason: 'REFERRED_TWICE',
      begin: async () => {
        const { birthDate = null, ...doubtful } = withPhone();
        const send = (person: PersonInput, consents: object[] = []) =>
          buildReferral(
            app,
            region.officer,
            buildSubmission({ person, consents: consents as never }, { latitude, language: 'so' }),
          );
        const [id, other] = [
          await send({ ...doubtful, birthDate }, [{ ...agreed, signedAt: new Date(agreed.signedAt) }]),
          await send({ ...doubtful, ageYears: 30 }),
        ];
        // Of one record the coordinator knows nobody’s name: that the two are one would tell it.
        expect(await reasonsFor(id)).not.toContain('REFERRED_TWICE');
        const say = 'mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename } }';
        await (
          await app.as(region.officer)
        )(say, { input: { referralId: other, consent: agreed } });
        return { id, minutes: 0 };
      },
    },
    { reason: 'OFFER_WAITS', begin: async () => ({ id: await refer(), minutes: 30 }) },
    { reason: 'CLOCK_BREACHED', begin: async () => ({ id: await refer(), minutes: 30 }) },
    {
      reason: 'HOLD_ENDING',
      begin: async () => {
        await settle('INSTANT');
        return { id: await refer(), minutes: 90 };
      },
    },
    {
      reason: 'BRIDGE_ENDING',
      begin: async () => {
        const id = await unmet();
        await interim(id);
        await give('THREE_DAY_BRIDGE', id);
        return { id, minutes: 2 * 24 * 60 };
      },
    },
    {
      reason: 'NOT_ADMITTED',
      begin: async () => {
        await settle('INSTANT');
        const id = await refer();
        done(await app.app.get(ArrivalService).recordArrival(intake(), id, command));
        return { id, minutes: 3 * 60 };
      },
    },
    {
      reason: 'LAPSED',
      begin: async () => {
        const id = await refer({ currentMedications: null });
        app.clock.advance(7 * 24 * 60 + 60);
        expect(await reasonsFor(id)).toEqual(['CLOCK_BREACHED', 'INFO_STALE']);
        await app.app.get(ReferralLapseService).expire(id, region.officer.agencyId);
        return { id, minutes: 0 };
      },
    },
    {
      reason: 'DECLINED_BY_ALL',
      begin: async () => {
        const id = await refer();
        done(await app.app.get(OfferResponseService).decline(intake(), await offer(id), 'STAFFING', command));
        return { id, minutes: 0 };
      },
    },
    {
      reason: 'NO_SHOW_TWICE',
      begin: async () => {
        await settle('INSTANT');
        const id = await refer();
        app.clock.advance(121);
        const hold = async () =>
          (await app.owner<{ id: string }>(`select id from hold where referral_id = $1 and state = 'ACTIVE'`, [id]))[0]
            ?.id ?? '';
        await app.app.get(ArrivalService).expireHold(await hold(), id, intake().agencyId);
        expect(await reasonsFor(id)).not.toContain('NO_SHOW_TWICE');
        app.clock.advance(121);
        await app.app.get(ArrivalService).expireHold(await hold(), id, intake().agencyId);
        return { id, minutes: 0 };
      },
    },
    {
      reason: 'INFO_STALE',
      begin: async () => {
        const id = await refer();
        done(await app.app.get(OfferResponseService).acknowledge(intake(), await offer(id), command));
        const asked = { referralId: id, missing: ['PAYER'] } as never;
        done(await app.app.get(ReferralInfoService).requestInfo(intake(), asked, command));
        return { id, minutes: 24 * 60 };
      },
    },
  ];

  it('has a case for each of its reasons', () => {
    expect(cases.map(({ reason }) => reason).toSorted()).toEqual(Object.keys(queueReasons).toSorted());
  });

  it.each(cases.map((one) => [one.reason, one] as const))('says %s from the minute on', async (reason, { begin }) => {
    const { id, minutes } = await begin();
    if (minutes > 0) {
      app.clock.advance(minutes - 1);
      expect(await reasonsFor(id)).not.toContain(reason);
      app.clock.advance(2);
    }
    expect(await reasonsFor(id)).toContain(reason);
    const stranger = await app.as((await buildRegion(app, [])).coordinator);
    expect((await stranger<Queue>('{ coordinatorQueue { nodes { id } } }')).data?.coordinatorQueue.nodes).toEqual([]);
  });

  it('loses nobody by age, wherever they stand', async () => {
    await settle('INSTANT');
    const id = await refer();
    for (const [table, key] of [
      ['referral', 'id'],
      ['referral_party', 'referral_id'],
    ]) {
      await app.owner(`update ${table} set submitted_at = submitted_at - interval '300 days' where ${key} = $1`, [id]);
    }
    app.clock.advance(100);
    expect(await reasonsFor(id)).toEqual(['HOLD_ENDING']);
    done(await app.app.get(ArrivalService).recordArrival(intake(), id, command));
    app.clock.advance(3 * 60 + 1);
    expect(await reasonsFor(id)).toEqual(['NOT_ADMITTED']);
    done(await app.app.get(AdmissionService).turnAway(intake(), id, 'PERSON_LEFT', command));
    expect(await reasonsFor(id)).toEqual([]);
    await app.owner('update referral set no_shows = 2 where id = $1', [id]);
    expect(await reasonsFor(id)).toEqual(['NO_SHOW_TWICE']);
  });

  it('orders offers that wait by when they are to be decided, also those that were acknowledged', async () => {
    const [late, soon, fresh] = [await refer(), await refer(), await refer()];
    done(await app.app.get(OfferResponseService).acknowledge(intake(), await offer(soon), command));
    for (const [id, minutes] of [
      [late, 100],
      [soon, 20],
      [fresh, 110],
    ] as const) {
      const now = 'clock_timestamp() + $3::interval';
      await app.owner(
        `update offer set decide_by = ${now} + $2::int * interval '1 minute', acknowledge_by = ${now} - interval '1 minute' where referral_id = $1`,
        [id, minutes, app.clock.interval()],
      );
    }
    const { data } = await coordinator<Queue>('{ coordinatorQueue(first: 50) { nodes { id reasons } } }');
    expect(data?.coordinatorQueue.nodes.map(({ id }) => id)).toEqual([soon, late, fresh]);
  });

  it('keeps whoever came and was not admitted, with the place, when program, coordinator and operator were told', async () => {
    await settle('INSTANT');
    const id = await refer();
    done(await app.app.get(ArrivalService).recordArrival(intake(), id, command));
    const clock = () =>
      app.owner<{ seconds: number }>(
        `select ended_how as how, breach_count as breaches, extract(epoch from due_at - started_at)::int as seconds from clock
         where referral_id = $1 and kind = 'ARRIVAL_DECIDED'`,
        [id],
      );
    const told = async () => {
      await app.app.get(ClocksService).sweep();
      const told = await app.owner<{ text: string }>(
        `select name || coalesce(' ' || (payload->>'tell'), '') as text from outbox_event
         where payload->>'kind' = 'ARRIVAL_DECIDED' and payload->>'subjectId' = $1 order by position`,
        [id],
      );
      return told.map(({ text }) => text);
    };
    const running = { how: null, breaches: 0, seconds: 4 * 3_600 };
    app.clock.advance(4 * 60 - 1);
    expect([await told(), await clock()]).toEqual([['clock.reminded OWNER'], [running]]);
    app.clock.advance(1);
    const late = ['clock.reminded OWNER', 'clock.breached', 'clock.escalated OWNER', 'clock.escalated COORDINATOR'];
    expect([await told(), await clock()]).toEqual([late, [{ ...running, breaches: 1 }]]);
    app.clock.advance(10 * 24 * 60);
    expect(await told()).toEqual([...late, 'clock.escalated OPERATOR']);
    expect(await app.owner('select state from hold where referral_id = $1', [id])).toEqual([{ state: 'ACTIVE' }]);
    expect(await reasonsFor(id)).toEqual(['NOT_ADMITTED', 'CLOCK_BREACHED']);
    done(await app.app.get(AdmissionService).admit(intake(), id, command));
    expect([await reasonsFor(id), await clock()]).toEqual([[], [{ ...running, how: 'BREACHED', breaches: 1 }]]);
  });

  it('keeps whom no medication bridges the wait any more, until there is a next step', async () => {
    const id = await unmet();
    const clocks = () =>
      app.owner(
        `select kind, ended_how as how, breach_count as breaches, round(extract(epoch from due_at - started_at) / 3600)::int as hours from clock
         where referral_id = $1 and kind in ('BRIDGE_ENDS','INTERIM_METHADONE_ENDS') order by kind`,
        [id],
      );
    await give('THREE_DAY_BRIDGE', id);
    expect(await clocks()).toEqual([{ kind: 'BRIDGE_ENDS', how: null, breaches: 0, hours: 72 }]);
    app.clock.advance(2 * 24 * 60 - 1);
    expect(await reasonsFor(id)).not.toContain('BRIDGE_ENDING');
    app.clock.advance(20 * 24 * 60);
    expect(await reasonsFor(id)).toContain('BRIDGE_ENDING');
    await give('INTERIM_METHADONE', id);
    expect(await reasonsFor(id)).not.toContain('BRIDGE_ENDING');
    app.clock.advance(179 * 24 * 60 + 1);
    expect(await reasonsFor(id)).toContain('BRIDGE_ENDING');
    expect(await clocks()).toEqual([
      { kind: 'BRIDGE_ENDS', how: 'BREACHED', breaches: 1, hours: 72 },
      { kind: 'INTERIM_METHADONE_ENDS', how: null, breaches: 0, hours: 4320 },
    ]);
  });

  it('keeps the later end of two that bridge the wait, whichever is recorded first', async () => {
    const id = await unmet();
    await give('INTERIM_METHADONE', id);
    const [asked] = await app.owner<{ at: Date }>('select submitted_at as at from referral where id = $1', [id]);
    await give('THREE_DAY_BRIDGE', id, asked?.at);
    const running = `select kind from clock where referral_id = $1 and kind in ('BRIDGE_ENDS','INTERIM_METHADONE_ENDS') and ended_at is null`;
    expect(await app.owner(running, [id])).toEqual([{ kind: 'INTERIM_METHADONE_ENDS' }]);
  });

  it('lets nobody be bridged for three days and for three more', async () => {
    const id = await unmet();
    const answer = async (service: string) =>
      (
        await coordinator<{ recordInterimService: object }>(
          'mutation ($input: RecordInterimServiceInput!) { recordInterimService(input: $input) { __typename ... on Refused { code field } } }',
          { input: { referralId: id, service, result: 'GIVEN' } },
        )
      ).data?.recordInterimService;
    expect(await answer('THREE_DAY_BRIDGE')).toEqual({ __typename: 'WaitlistEntry' });
    const refused = { code: 'INVALID_INPUT', field: 'input.service' };
    expect(await answer('THREE_DAY_BRIDGE')).toMatchObject(refused);
    expect(await answer('INTERIM_METHADONE')).toEqual({ __typename: 'WaitlistEntry' });
  });
});
