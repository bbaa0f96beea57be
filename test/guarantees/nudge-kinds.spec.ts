import type { Actor } from '../../src/access';
import { AccountingService } from '../../src/consent/accounting.service';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { PlaceFillingService } from '../../src/referrals/waitlist/place-filling.service';
import { ExposuresService } from '../../src/responders/exposures.service';
import { NoticesService } from '../../src/safety/notices.service';
import { buildAgency, buildStaff, type BuiltAgency } from '../builders/agencies';
import { buildLateClock, nudgeDue, reachAt, takeRung, toldAt, type LateClock } from '../builders/nudges';
import { buildOutreachProgram } from '../builders/outreach';
import { buildReferral, buildRegion, buildSubmission, done, offerAt, type Region } from '../builders/referrals';
import { anExposure } from '../builders/responders';
import { openApp, type TestApp } from '../setup/app';

const APP = 'http://localhost:3000';
const ONE = `Something waits for you in Handrail.\n${APP}\n`;
const URGENT = `Something urgent waits for you in Handrail.\n${APP}\n`;
const command = { name: 'test' };

describe('a nudge of each kind is told to whoever has to act, and to nobody else:', () => {
  let app: TestApp;
  let region: Region;
  let clinic: BuiltAgency;
  let intake: Actor;
  beforeAll(async () => {
    app = await openApp();
    region = await buildRegion(app, [{ staffed: 50 }]);
    intake = region.programs[0]?.intake as Actor;
    clinic = { id: intake.agencyId, kind: 'TREATMENT_PROVIDER' };
  });
  afterAll(() => app.close());

  const late = (clock: LateClock): Promise<string> => buildLateClock(app, clock);
  const rung = (clockId: string, tell: string): Promise<void> => takeRung(app, clockId, tell);
  const reached = async (agency: BuiltAgency, role: Actor['role']) => {
    const actor = await buildStaff(app.database, agency, role);
    return { actor, at: await reachAt(app, actor) };
  };
  const toldEach = (...people: { at: string }[]) => Promise.all(people.map(({ at }) => toldAt(app, at)));
  const listed = async ({ actor }: { actor: Actor }) => {
    const ask = await app.as(actor);
    const { data } = await ask<{ nudges: { nodes: object[] } }>('{ nudges(first: 5) { nodes { kind subjectId } } }');
    return data?.nudges.nodes;
  };

  it('whoever posts the counts of a pool', async () => {
    const [worker, privacy] = [await reached(clinic, 'PROVIDER_STAFF'), await reached(clinic, 'PRIVACY_OFFICER')];
    const subjectId = region.programs[0]?.pool.id ?? '';
    await app.owner(`delete from clock where kind = 'CENSUS_FRESH'`);
    const id = await late({ kind: 'CENSUS_FRESH', subjectType: 'BedPool', subjectId, ownerAgencyId: clinic.id });
    await rung(id, 'OWNER');
    expect(await toldEach(worker, privacy)).toEqual([[ONE], []]);
    expect(await listed(worker)).toEqual([{ kind: 'COUNT_DUE', subjectId: id }]);
  });

  it('the privacy officer who is to answer', async () => {
    const referralId = await buildReferral(
      app,
      region.officer,
      buildSubmission({}, { preferredProgramIds: [region.programs[0]?.pool.programId ?? ''] }),
    );
    done(await app.app.get(AcceptanceService).accept(intake, await offerAt(app, referralId, clinic.id), command));
    done(await app.app.get(ArrivalService).recordArrival(intake, referralId, command));
    done(await app.app.get(AdmissionService).admit(intake, referralId, command));
    const [person] = await app.owner<{ id: string }>('select person_id as id from referral where id = $1', [
      referralId,
    ]);
    const input = { personId: person?.id ?? '', source: 'OWN_AGENCY' } as const;
    const requestId = done(await app.app.get(AccountingService).request(intake, input, command));
    await nudgeDue(app);
    const [privacy, worker] = [await reached(clinic, 'PRIVACY_OFFICER'), await reached(clinic, 'PROVIDER_STAFF')];
    const [clock] = await app.owner<{ id: string }>('select id from clock where subject_id = $1', [requestId]);
    await rung(clock?.id ?? '', 'OWNER');
    expect(await toldEach(privacy, worker)).toEqual([[ONE], []]);
    expect(await listed(privacy)).toEqual([{ kind: 'OVERSIGHT_DUE', subjectId: requestId }]);
  });

  it('the safety officer of somebody who was exposed, at once and until they have spoken', async () => {
    const police = { id: region.officer.agencyId, kind: 'LAW_ENFORCEMENT' } as const;
    const [safety, other] = [await reached(police, 'SAFETY_OFFICER'), await reached(police, 'OFFICER')];
    const exposures = app.app.get(ExposuresService);
    const exposureId = done(await exposures.report(region.officer, anExposure(), command));
    await nudgeDue(app);
    expect(await toldEach(safety, other)).toEqual([[ONE], []]);
    expect(await listed(safety)).toEqual([{ kind: 'EXPOSURE_DUE', subjectId: exposureId }]);
    app.clock.advance(15);
    done(await exposures.review(safety.actor, exposureId, command));
    const [clock] = await app.owner<{ id: string }>(
      `select id from clock where subject_id = $1 and kind = 'EXPOSURE_FOLLOWED_UP'`,
      [exposureId],
    );
    await rung(clock?.id ?? '', 'OWNER');
    app.clock.advance(15);
    done(await exposures.close(safety.actor, { exposureId, outcome: 'RECOVERED' }, command));
    await rung(clock?.id ?? '', 'OWNER');
    expect(await toldEach(safety, other)).toEqual([[ONE, ONE], []]);
  });

  it('whoever told a school that has not read it when the bell rings, and half an hour later their colleagues', async () => {
    const police = await buildAgency(app.database);
    const [colleague, sender] = [await reached(police, 'OFFICER'), await reached(police, 'OFFICER')];
    const school = await buildAgency(app.database, { kind: 'SCHOOL' });
    const liaison = await buildStaff(app.database, school, 'SCHOOL_LIAISON');
    const notices = app.app.get(NoticesService);
    const child = { schoolId: school.id, childName: 'Sample Child', grade: 'GRADE_3' } as const;
    const sent = [
      done(await notices.send(sender.actor, child, command)),
      done(await notices.send(sender.actor, child, command)),
    ];
    const of = async (id: string) => {
      const [row] = await app.owner<{ clockId: string; noticeId: string; dueAt: Date; endedHow: string | null }>(
        `select c.id as "clockId", r.notice_id as "noticeId", c.due_at as "dueAt", c.ended_how as "endedHow"
         from clock c join handle_with_care_receipt r on r.id = c.subject_id and r.due_at = c.due_at where r.id = $1`,
        [id],
      );
      return row ?? { clockId: '', noticeId: '', dueAt: new Date(NaN), endedHow: null };
    };
    const [read, unread] = [await of(sent[0] ?? ''), await of(sent[1] ?? '')];
    done(await notices.read(liaison, read.noticeId, command));
    expect([(await of(sent[0] ?? '')).endedHow, (await of(sent[1] ?? '')).endedHow]).toEqual(['MET', null]);
    const ringAt = async (minutes: number) => {
      await app.owner(
        `update handle_with_care_receipt set due_at = clock_timestamp() + $2::interval - $3::int * interval '1 minute' where id = $1`,
        [sent[1], app.clock.interval(), minutes],
      );
      await rung(unread.clockId, 'OWNER');
    };
    await ringAt(0);
    expect(await toldEach(sender, colleague)).toEqual([[URGENT], []]);
    expect(await listed(sender)).toEqual([{ kind: 'NOTICE_UNREAD', subjectId: sent[1] }]);
    app.clock.advance(30);
    await ringAt(31);
    expect((await toldEach(sender, colleague)).map((texts) => texts.length)).toEqual([2, 1]);
  });

  it('the coordinator of somebody who waited and was given a place', async () => {
    const there = await buildRegion(app, []);
    const program = { acceptanceMode: 'INSTANT', latitude: 20 } as const;
    const { programs } = await buildRegion(app, [{ staffed: 0, program }]);
    const referralId = await buildReferral(app, there.officer, buildSubmission({}, { latitude: 20 }));
    await nudgeDue(app);
    const at = await reachAt(app, there.coordinator);
    const poolId = programs[0]?.pool.id ?? '';
    await app.owner('update bed_pool set staffed = 1 where id = $1', [poolId]);
    await app.app.get(PlaceFillingService).fill(poolId);
    await nudgeDue(app);
    expect(await toldAt(app, at)).toEqual([ONE]);
    const [given] = await app.owner('select kind, subject_id as "subjectId" from nudge where agency_id = $1', [
      there.coordinator.agencyId,
    ]);
    expect(given).toEqual({ kind: 'PLACE_GIVEN', subjectId: referralId });
  });

  it('whoever was warned of a batch, as long as the warning holds', async () => {
    const [health, ems] = [
      await buildAgency(app.database, { kind: 'PUBLIC_HEALTH' }),
      await buildAgency(app.database, { kind: 'EMS' }),
    ];
    const [analyst, medic] = [await reached(health, 'ANALYST'), await reached(ems, 'MEDIC')];
    const warn = async (expiresAt: string): Promise<void> => {
      await app.owner(
        `with w as (insert into batch_warning (agency_id, county_fips, basis, contents, issued_at, expires_at)
             values ($1, '{39141}', 'FIELD', '{FENTANYL}', now() - interval '1 day', $2::timestamptz) returning id),
           p as (insert into batch_warning_party (agency_id, warning_id, issued_at) select $1, w.id, now() from w)
         insert into outbox_event (agency_id, name, subject_type, subject_id) select $1, 'batch-warning.issued', 'BatchWarning', w.id from w`,
        [health.id, expiresAt],
      );
      await nudgeDue(app);
    };
    await warn(new Date(Date.now() - 60_000).toISOString());
    expect(await toldEach(analyst, medic)).toEqual([[], []]);
    await warn(new Date(Date.now() + 7 * 86_400_000).toISOString());
    expect(await toldEach(analyst, medic)).toEqual([[URGENT], []]);
  });

  it('a team whose visit is due, and its coordinator next', async () => {
    const team = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
    const [worker, coordinator] = [await reached(team, 'OUTREACH_WORKER'), await reached(team, 'COORDINATOR')];
    const stranger = await reached(await buildAgency(app.database, { kind: 'OUTREACH_TEAM' }), 'OUTREACH_WORKER');
    const programId = await buildOutreachProgram(app.database, { agencyId: team.id, countyFips: ['39005'] });
    const [made] = await app.owner<{ id: string }>(
      `insert into outreach_case (id, kind, state, week, county_fips, program_id, opened_at, changed_at, first_at, last_at, due_at, stop_at, language)
       select gen_random_uuid(), 'SURVIVOR', 'OPEN', '2026-11-23', '39005', $1, t, t, t, t, t, t, 'en' from now() t returning id`,
      [programId],
    );
    const subjectId = made?.id ?? '';
    const clock = { kind: 'OUTREACH_VISIT', subjectType: 'OutreachCase', subjectId, ownerAgencyId: team.id } as const;
    const id = await late({ ...clock, ownerSide: 'COORDINATING', coordinatorAgencyId: team.id });
    await rung(id, 'OWNER');
    expect((await toldEach(worker, coordinator, stranger)).map((texts) => texts.length)).toEqual([1, 1, 0]);
    expect(await listed(worker)).toEqual([{ kind: 'CASE_DUE', subjectId }]);
  });

  it('the operator at the last rung, whose deadline passed and not which, until it is done', async () => {
    const operator = await buildAgency(app.database, { kind: 'PLATFORM' });
    const [admin, privacy] = [await reached(operator, 'PLATFORM_ADMIN'), await reached(operator, 'PRIVACY_OFFICER')];
    const review = { kind: 'BREAK_GLASS_REVIEWED', subjectType: 'BreakGlassReview' } as const;
    const ownerAgencyId = (await buildAgency(app.database, { kind: 'EMS' })).id;
    const id = await late({ ...review, subjectId: ownerAgencyId, ownerAgencyId });
    await rung(id, 'OWNER');
    expect(await toldEach(admin, privacy)).toEqual([[], []]);
    await rung(id, 'OPERATOR');
    expect(await toldEach(admin, privacy)).toEqual([[ONE], []]);
    expect(await listed(admin)).toEqual([{ kind: 'AGENCY_OVERDUE', subjectId: ownerAgencyId }]);
    app.clock.advance(15);
    await app.owner(`update clock set ended_at = now(), ended_how = 'BREACHED' where id = $1`, [id]);
    await rung(id, 'OPERATOR');
    expect(await toldEach(admin)).toEqual([[ONE]]);
  });

  it('the operator where nobody coordinates, instead of nobody; not where the provider hears of it', async () => {
    const admin = await reached(await buildAgency(app.database, { kind: 'PLATFORM' }), 'PLATFORM_ADMIN');
    const ownerAgencyId = (await buildAgency(app.database)).id;
    const waits = {
      kind: 'WAITLIST_CONTACT',
      subjectType: 'WaitlistEntry',
      subjectId: ownerAgencyId,
      ownerAgencyId,
    } as const;
    await rung(await late({ ...waits, kind: 'OFFER_DECIDED' }), 'COORDINATOR');
    expect(await toldEach(admin)).toEqual([[]]);
    await rung(await late({ ...waits, ownerSide: 'SENDER' }), 'COORDINATOR');
    expect(await toldEach(admin)).toEqual([[ONE]]);
    expect(await listed(admin)).toEqual([{ kind: 'AGENCY_OVERDUE', subjectId: ownerAgencyId }]);
  });

  it('an admin of an endpoint that was stopped, and whoever watches of a spike, by day and by night', async () => {
    const police = { id: region.officer.agencyId, kind: 'LAW_ENFORCEMENT' } as const;
    const admin = await buildStaff(app.database, police, 'AGENCY_ADMIN');
    const system = await buildStaff(app.database, police, 'OFFICER', { kind: 'SERVICE_ACCOUNT', scopes: [] });
    const analyst = await buildStaff(
      app.database,
      await buildAgency(app.database, { kind: 'PUBLIC_HEALTH' }),
      'ANALYST',
    );
    const [adminAt, analystAt] = [await reachAt(app, admin), await reachAt(app, analyst)];
    const [{ endpointId, alertId } = { endpointId: '', alertId: '' }] = await app.owner<{
      endpointId: string;
      alertId: string;
    }>(
      `with e as (insert into webhook_endpoint (agency_id, membership_id, url, kinds, state, secret_sealed, disabled_why, created_by)
           values ($1, $2, 'https://hooks.example.org', '{REFERRAL_CHANGED}', 'DISABLED', decode(repeat('00', 45), 'hex'), 'GONE', $2) returning id),
         a as (insert into spike_alert (county_fips, state, opened_at, last_spike_at, peak_p, look_at)
           values ('39141', 'OPEN', app.now(), app.now(), 0, app.now() + interval '10 years') returning id),
         p as (insert into spike_alert_party (agency_id, alert_id, side, opened_at) select g, a.id, 'OWNING', app.now() from a, unnest($3::uuid[]) g)
       select e.id as "endpointId", a.id as "alertId" from e, a`,
      [police.id, system.membershipId, [police.id, analyst.agencyId]],
    );
    await app.owner(
      `insert into outbox_event (agency_id, name, subject_type, subject_id) values
        ($1, 'webhook-endpoint.disabled', 'WebhookEndpoint', $2), ($1, 'spike-alert.opened', 'SpikeAlert', $3)`,
      [police.id, endpointId, alertId],
    );
    await nudgeDue(app);
    expect(await toldAt(app, adminAt)).toEqual([ONE]);
    expect(await toldAt(app, analystAt)).toEqual([URGENT]);
    // It grows, and is told to whoever has not heard of it.
    const later = await buildStaff(app.database, { id: analyst.agencyId, kind: 'PUBLIC_HEALTH' }, 'ANALYST');
    const laterAt = await reachAt(app, later);
    app.clock.advance(15);
    await app.owner(
      `insert into outbox_event (agency_id, name, subject_type, subject_id) values ($1, 'spike-alert.updated', 'SpikeAlert', $2)`,
      [police.id, alertId],
    );
    await nudgeDue(app);
    expect([(await toldAt(app, analystAt)).length, (await toldAt(app, laterAt)).length]).toEqual([1, 1]);
  });

  it('a team to which a case was handed, until somebody there has taken it', async () => {
    const team = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
    const [worker, admin] = [
      await buildStaff(app.database, team, 'OUTREACH_WORKER'),
      await buildStaff(app.database, team, 'AGENCY_ADMIN'),
    ];
    const [at, adminAt] = [await reachAt(app, worker), await reachAt(app, admin)];
    const giver = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
    const fromId = await buildOutreachProgram(app.database, { agencyId: giver.id, countyFips: ['39001'] });
    const toId = await buildOutreachProgram(app.database, { agencyId: team.id, countyFips: ['39003'] });
    const [made] = await app.owner<{ id: string }>(
      `insert into outreach_case (id, kind, state, week, county_fips, program_id, to_program_id, acknowledge_by, opened_at, changed_at, first_at, last_at,
         due_at, stop_at, language)
       select gen_random_uuid(), 'SURVIVOR', 'HANDED_OVER', '2026-11-23', '39001', $1, $2, t, t, t, t, t, t, t, 'en' from now() t returning id`,
      [fromId, toId],
    );
    await app.owner(
      `insert into outbox_event (agency_id, name, subject_type, subject_id) values ($1, 'outreach-case.changed', 'OutreachCase', $2)`,
      [giver.id, made?.id],
    );
    await nudgeDue(app);
    expect([await toldAt(app, at), await toldAt(app, adminAt)]).toEqual([[ONE], []]);
    app.clock.advance(15);
    await app.owner(
      "update outreach_case set state = 'OPEN', to_program_id = null, program_id = $1, acknowledge_by = null where id = $2",
      [toId, made?.id],
    );
    const later = await buildStaff(app.database, team, 'COORDINATOR');
    const laterAt = await reachAt(app, later);
    await app.owner("update outbox_event set delivered_at = null where name = 'outreach-case.changed'");
    await nudgeDue(app);
    expect([await toldAt(app, at), await toldAt(app, laterAt)]).toEqual([[ONE], []]);
  });
});
