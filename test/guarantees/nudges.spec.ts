import { array, assert, asyncProperty, constantFrom, record, string } from 'fast-check';
import request from 'supertest';
import type { Actor, Role } from '../../src/access';
import { ClocksService } from '../../src/clocks';
import { everyNudge } from '../../src/nudges/nudge-texts';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { buildAgency, buildStaff } from '../builders/agencies';
import { nudgeDue, reachAt, toldAt } from '../builders/nudges';
import { buildReferral, buildRegion, buildSubmission, done, offerAt, type Region } from '../builders/referrals';
import { teamsOf } from '../builders/teams';
import { inDepth } from '../setup/thorough';
import { openApp, type TestApp } from '../setup/app';

const APP = 'http://localhost:3000';
const ONE = `Something waits for you in Handrail.\n${APP}\n`;
const SEVERAL = `Several things wait for you in Handrail.\n${APP}\n`;
const command = { name: 'test' };

type Step = 'acknowledge' | 'acknowledge2' | 'decline' | 'accept' | 'arrive' | 'admit' | 'silence';
/** Worlds a sender must not be able to tell apart: one program at least has seen it, and it is not closed. */
const worlds: Readonly<Record<string, readonly Step[]>> = {
  'nothing more': ['acknowledge'],
  'nobody does anything for half an hour': ['acknowledge', 'silence'],
  'two programs look at it': ['acknowledge', 'acknowledge2'],
  'one declines, the other goes on': ['acknowledge', 'decline', 'acknowledge2'],
  'a place is kept': ['acknowledge', 'accept'],
  'the person has come': ['acknowledge', 'accept', 'arrive'],
  'the person is admitted': ['acknowledge', 'accept', 'arrive', 'admit'],
};

let app: TestApp;
let region: Region;
let officerAt: string;

beforeAll(async () => {
  app = await openApp();
  region = await buildRegion(app, [{ staffed: 50 }, { staffed: 50 }]);
  officerAt = await reachAt(app, region.officer);
});
afterAll(() => app.close());

const intake = (program: 0 | 1): Actor => region.programs[program]?.intake as Actor;
const take = async (referralId: string, step: Step): Promise<void> => {
  const at = app.app;
  const offerOf = (program: 0 | 1): Promise<string> => offerAt(app, referralId, intake(program).agencyId);
  const answers = at.get(OfferResponseService);
  const steps: Record<Step, () => Promise<unknown>> = {
    acknowledge: async () => done(await answers.acknowledge(intake(0), await offerOf(0), command)),
    acknowledge2: async () => done(await answers.acknowledge(intake(1), await offerOf(1), command)),
    decline: async () => done(await answers.decline(intake(0), await offerOf(0), 'NO_PLACE', command)),
    accept: async () => done(await at.get(AcceptanceService).accept(intake(0), await offerOf(0), command)),
    arrive: async () => done(await at.get(ArrivalService).recordArrival(intake(0), referralId, command)),
    admit: async () => done(await at.get(AdmissionService).admit(intake(0), referralId, command)),
    silence: async () => {
      app.clock.advance(31);
      await app.runDue();
    },
  };
  await steps[step]();
};

/** To the first program of this region, whatever others there are. */
const refer = (sender: Actor, { programs: [first] }: Region): Promise<string> =>
  buildReferral(app, sender, buildSubmission({}, { preferredProgramIds: [first?.pool.programId ?? ''] }));

describe('the one-way valve', () => {
  /** All that the sender’s agency could learn of nudges: the messages, the lists, the rows themselves. */
  const known = async (): Promise<unknown> => {
    const rows = await app.owner<{ kind: string; state: string }>(
      'select kind, state from nudge where agency_id = $1 order by created_at, id',
      [region.officer.agencyId],
    );
    const messages = await app.owner<{ state: string }>(
      'select state, attempts, last_code from nudge_message where agency_id = $1 order by created_at, id',
      [region.officer.agencyId],
    );
    return { rows, messages, texts: await toldAt(app, officerAt) };
  };

  it('holds: hidden steps make no nudge, delay none and add to none, in any world', async () => {
    const seen: Record<string, unknown> = {};
    for (const [name, steps] of Object.entries(worlds)) {
      await app.owner('delete from nudge_message');
      await app.owner('delete from nudge');
      const before = (await toldAt(app, officerAt)).length;
      const referralId = await buildReferral(app, region.officer);
      await nudgeDue(app);
      const after: unknown[] = [(await toldAt(app, officerAt)).length - before];
      for (const step of steps) {
        await take(referralId, step);
        await nudgeDue(app);
        after.push((await toldAt(app, officerAt)).length - before);
      }
      // Told once, with the acknowledgement, and of nothing after it.
      expect([name, after]).toEqual([name, [0, ...steps.map(() => 1)]]);
      const { texts, ...rest } = (await known()) as { texts: string[] };
      seen[name] = { ...rest, texts: texts.slice(before) };
      app.clock.advance(20);
      await nudgeDue(app);
      expect((await toldAt(app, officerAt)).length - before).toBe(1);
    }
    const [plain] = Object.values(seen);
    for (const world of Object.values(seen)) expect(world).toEqual(plain);
  });

  it('holds for a referral from before the address: what was to be seen then is no news', async () => {
    const late = await buildStaff(app.database, { id: region.officer.agencyId, kind: 'LAW_ENFORCEMENT' }, 'OFFICER');
    const referralId = await buildReferral(app, late);
    await take(referralId, 'acknowledge');
    await nudgeDue(app);
    const address = await reachAt(app, late);
    for (const step of ['accept', 'arrive', 'admit'] as const) {
      await take(referralId, step);
      app.clock.advance(15);
      await nudgeDue(app);
    }
    expect(await toldAt(app, address)).toEqual([]);
  });
});

describe('a nudge', () => {
  it('has the same bytes for the same kind of thing, whoever, wherever', async () => {
    const texts = new Set<string>();
    for (const role of ['OFFICER', 'MEDIC'] as Role[]) {
      const kind = role === 'OFFICER' ? 'LAW_ENFORCEMENT' : 'EMS';
      const sender = await buildStaff(app.database, await buildAgency(app.database, { kind }), role);
      const other = await buildRegion(app, [{ staffed: 5 }]);
      const address = await reachAt(app, other.programs[0]?.intake as Actor);
      await refer(sender, other);
      await nudgeDue(app);
      const told = await toldAt(app, address);
      expect(told).toHaveLength(1);
      for (const text of told) texts.add(text);
    }
    expect([...texts]).toEqual([ONE]);
    const all = await app.owner<{ n: number }>('select count(*)::int as n from nudge_message');
    expect(all[0]?.n).toBeGreaterThan(0);
    const { body } = await request(app.app.getHttpServer()).get('/outbox.json');
    const sent = (body as { messages: { text: string; subject: string }[] }).messages;
    for (const { text, subject } of sent) {
      expect(everyNudge(APP)).toContain(text);
      expect(subject).toBe('Handrail');
    }
  });

  it('is gathered in a burst, and is one for each event however often it is heard', async () => {
    const other = await buildRegion(app, [{ staffed: 50 }]);
    const address = await reachAt(app, other.programs[0]?.intake as Actor);
    const sender = await buildStaff(app.database, await buildAgency(app.database, { kind: 'EMS' }), 'MEDIC');
    for (let n = 0; n < 3; n++) {
      await refer(sender, other);
      await app.owner('update outbox_event set delivered_at = null where name = $1', ['offer.made']);
      await nudgeDue(app);
    }
    expect(await toldAt(app, address)).toEqual([ONE]);
    app.clock.advance(11);
    await nudgeDue(app);
    expect(await toldAt(app, address)).toEqual([ONE, SEVERAL]);
  });

  it('reaches nobody who has left, and says nothing of what somebody else has done meanwhile', async () => {
    const other = await buildRegion(app, [{ staffed: 50 }]);
    const worker = other.programs[0]?.intake as Actor;
    const leaver = await buildStaff(
      app.database,
      { id: worker.agencyId, kind: 'TREATMENT_PROVIDER' },
      'PROVIDER_STAFF',
    );
    const [at, gone] = [await reachAt(app, worker), await reachAt(app, leaver)];
    const { coordinator } = other;
    const watching = await reachAt(app, coordinator);
    const referralId = await refer(other.officer, other);
    for (const id of (await app.owner<{ id: string }>('select id from outbox_event where delivered_at is null')).map(
      (row) => row.id,
    )) {
      await hearOnly(id);
    }
    await app.owner('update membership set ended_at = now() where id = $1', [leaver.membershipId]);
    const offerId = await offerAt(app, referralId, worker.agencyId);
    done(await app.app.get(OfferResponseService).acknowledge(worker, offerId, command));
    await nudgeDue(app);
    expect([await toldAt(app, gone), await toldAt(app, at), await toldAt(app, watching)]).toEqual([[], [], []]);
    const dropped = await app.owner<{ code: string }>(
      'select last_code as code from nudge_message where agency_id = $1 and state = $2',
      [worker.agencyId, 'DROPPED'],
    );
    expect(new Set(dropped.map(({ code }) => code))).toEqual(new Set(['NOT_THEIRS']));
  });

  it('reaches the operator while the team that referred somebody is closed, until another has them in hand', async () => {
    const teams = teamsOf(app);
    const all = { isQueued: true, due: 3, acted: 'WaitlistEntry' };
    const sender = await teams.team({ state: 'SD' });
    const id = await buildReferral(app, sender.coordinator, buildSubmission({}, { language: 'so' }));
    await teams.sweep();
    expect([await teams.of(id), await teams.handsOn(sender.coordinator, id)]).toEqual([[], all]);
    await teams.close(sender.id);
    const operator = await buildAgency(app.database, { kind: 'PLATFORM' });
    const at = await reachAt(app, await buildStaff(app.database, operator, 'PLATFORM_ADMIN'));
    await app.owner(
      `update clock set ended_at = started_at, ended_how = 'MET', next_step_at = null where referral_id = $1 and kind = 'INTERIM_SERVICES'`,
      [id],
    );
    await app.owner(
      `update clock set started_at = started_at - t, due_at = due_at - t, next_step_at = next_step_at - t from (select interval '150 days' as t) back
         where referral_id = $1 and ended_at is null and kind <> 'PLACE_FOUND'`,
      [id],
    );
    const due = await app.owner<{ kind: string }>(
      'select kind from clock where referral_id = $1 and ended_at is null',
      [id],
    );
    await app.app.get(ClocksService).sweep();
    await nudgeDue(app);
    expect(await toldAt(app, at)).toHaveLength(1);
    const next = await teams.team({ state: 'SD' });
    await teams.sweep();
    expect(await teams.handsOn(next.coordinator, id)).toEqual({ ...all, due: due.length });
    expect(await app.app.get(ClocksService).isOverdueForOperator(sender.id)).toBe(false);
    await app.owner('update agency set is_active = true where id = $1', [sender.id]);
    await teams.sweep();
    expect([await teams.of(id), await teams.handsOn(sender.coordinator, id)]).toEqual([
      [],
      { ...all, due: due.length },
    ]);
    expect(await teams.handsOn(next.coordinator, id)).toMatchObject({ isQueued: false, due: 0 });
  });

  const hearOnly = async (eventId: string): Promise<void> => {
    await app.app.get(OutboxDelivery).deliver([eventId]);
  };

  it('is one of the fixed texts for any event, whatever is in it', async () => {
    const subjects = await app.owner<{ id: string }>(
      `(select id from offer limit 5) union all (select id from referral limit 5) union all (select id from clock limit 5)
       union all (select id from spike_alert limit 1) union all (select id from webhook_endpoint limit 1)`,
    );
    const event = record({
      name: constantFrom(
        'offer.made',
        'clock.breached',
        'clock.escalated',
        'waitlist.place-given',
        'spike-alert.opened',
      ),
      type: constantFrom('Offer', 'Referral', 'Clock', 'Person'),
      subject: constantFrom(...subjects.map(({ id }) => id)),
      referralId: constantFrom(...subjects.map(({ id }) => id)),
      said: string({ minLength: 12 }).filter((text) => !text.includes('\0')),
      tell: constantFrom('OWNER', 'COORDINATOR', 'OPERATOR', 'EVERYBODY'),
    });
    const allowed = everyNudge(APP);
    await assert(
      asyncProperty(array(event, { minLength: 1, maxLength: 4 }), async (events) => {
        for (const { name, type, subject, referralId, said, tell } of events) {
          await app.owner(
            'insert into outbox_event (agency_id, name, subject_type, subject_id, payload) values ($1, $2, $3, $4, $5)',
            [region.officer.agencyId, name, type, subject, JSON.stringify({ referralId, tell, said })],
          );
        }
        app.clock.advance(1);
        await nudgeDue(app);
        const { body } = await request(app.app.getHttpServer()).get('/outbox.json');
        for (const { text } of (body as { messages: { text: string }[] }).messages) expect(allowed).toContain(text);
      }),
      { numRuns: inDepth(4, 60) },
    );
  });
});
