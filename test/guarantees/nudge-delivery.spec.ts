import request from 'supertest';
import type { Actor } from '../../src/access';
import { NudgesJobs } from '../../src/nudges/nudges.jobs';
import { NudgeSenderService } from '../../src/nudges/nudge-sender.service';
import { NudgeTellingService } from '../../src/nudges/nudge-telling.service';
import { registry } from '../../src/platform/health';
import { SelfChecks } from '../../src/platform/jobs/self-checks';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import { buildAgency, buildStaff } from '../builders/agencies';
import { nudgeDue, reachAt } from '../builders/nudges';
import { buildReferral, buildRegion, buildSubmission, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { MailServer } from '../setup/mail-server';

const LOOK = `query ($states: [NudgeMessageState!]) { nudgeMessages(first: 50, states: $states) { nodes {
  id staffMemberId channel isCode state attempts nextAttemptAt endedAt lastCode lastStatus } } }`;
interface Shown {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastCode: string | null;
  readonly lastStatus: number | null;
}

describe('a message to staff', () => {
  let app: TestApp;
  let mail: MailServer;
  let region: Region;
  let sender: Actor;

  beforeAll(async () => {
    mail = await MailServer.open();
    const settings = { SMTP_URL: `smtp://127.0.0.1:${mail.port}`, MAIL_FROM: 'handrail@example.org' };
    app = await openApp({ ...settings, HANDRAIL_OUTBOX: 'off' });
  });
  afterAll(async () => {
    await app.close();
    await mail.close();
  });
  beforeEach(async () => {
    Object.assign(mail, { rcptCode: 250, dataCode: 250 });
    mail.received.length = 0;
    region = await buildRegion(app, [{ staffed: 50 }]);
    sender = await buildStaff(app.database, await buildAgency(app.database, { kind: 'EMS' }), 'MEDIC');
    // Of earlier tests nobody is told any more.
    await app.owner('delete from nudge_address');
  });

  const worker = (): Actor => region.programs[0]?.intake as Actor;
  const refer = (): Promise<string> => {
    const preferredProgramIds = [region.programs[0]?.pool.programId ?? ''];
    return buildReferral(app, sender, buildSubmission({}, { preferredProgramIds }));
  };
  const admin = async () => {
    const agency = { id: worker().agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    return app.as(await buildStaff(app.database, agency, 'AGENCY_ADMIN'));
  };
  const listed = async (states: string[] | null = null): Promise<Shown[]> => {
    const { data, errors } = await (await admin())<{ nudgeMessages: { nodes: Shown[] } }>(LOOK, { states });
    expect(errors).toEqual([]);
    return data?.nudgeMessages.nodes ?? [];
  };

  it('leaves by the mail server, once, and says so to the admin without saying of what', async () => {
    const address = await reachAt(app, worker());
    await refer();
    await nudgeDue(app);
    await nudgeDue(app);
    expect(mail.received.map(({ to }) => to)).toEqual([address]);
    expect(mail.received[0]?.raw).toContain('Something waits for you in Handrail.');
    const reach = await (await admin())<object>('{ nudgeReach { role members reachable } }');
    expect(reach.data).toEqual({
      nudgeReach: [
        { role: 'AGENCY_ADMIN', members: 1, reachable: 0 },
        { role: 'PROVIDER_STAFF', members: 1, reachable: 1 },
      ],
    });
    const [shown] = await listed();
    expect(shown).toMatchObject({ state: 'SENT', attempts: 1, lastCode: 'TAKEN', lastStatus: 250 });
    expect(JSON.stringify(shown)).not.toContain(address);
    expect(await registry.metrics()).toMatch(/handrail_messages_total\{channel="EMAIL",code="TAKEN"\} \d/);
    const trail = await app.owner<{ agency: string }>(
      "select agency_id as agency from audit_entry where action = 'nudge-message.sent' and subject_id = $1",
      [shown?.id],
    );
    expect(trail).toEqual([{ agency: '00000000-0000-0000-0000-000000000000' }]);
  });

  it('is tried again after 4xx, later and later, with one Message-ID', async () => {
    await reachAt(app, worker());
    mail.rcptCode = 450;
    await refer();
    await nudgeDue(app);
    expect(await listed()).toMatchObject([{ state: 'QUEUED', attempts: 1, lastCode: 'REFUSED', lastStatus: 450 }]);
    await nudgeDue(app);
    expect(await listed()).toMatchObject([{ attempts: 1 }]);
    app.clock.advance(1);
    await nudgeDue(app);
    expect(await listed()).toMatchObject([{ state: 'QUEUED', attempts: 2 }]);
    mail.rcptCode = 250;
    app.clock.advance(3);
    await nudgeDue(app);
    const [shown] = await listed();
    expect(shown).toMatchObject({ state: 'SENT', attempts: 3 });
    expect(mail.received.map(({ raw }) => /Message-ID: <(\S+)@/.exec(raw)?.[1])).toEqual([shown?.id]);
  });

  it('is given up after 5xx, and the address with it, until it is set again', async () => {
    await reachAt(app, worker());
    mail.rcptCode = 550;
    await refer();
    await nudgeDue(app);
    expect(await listed(['FAILED'])).toMatchObject([{ state: 'FAILED', lastCode: 'BAD_ADDRESS', lastStatus: 550 }]);
    mail.rcptCode = 250;
    await refer();
    app.clock.advance(20);
    await nudgeDue(app);
    expect(mail.received).toEqual([]);
    const { data } = await (await app.as(worker()))<object>('{ nudgeSettings { addresses { channel state } } }');
    expect(data).toEqual({ nudgeSettings: { addresses: [{ channel: 'EMAIL', state: 'BROKEN' }] } });
    const trail = await app.owner<{ action: string }>(
      "select action from audit_entry where agency_id = $1 and action like 'nudge-address.%'",
      [worker().agencyId],
    );
    expect(trail).toEqual([{ action: 'nudge-address.broken' }]);
  });

  it('outlives the process that had it in hand', async () => {
    await reachAt(app, worker());
    await refer();
    for (const { id } of await app.owner<{ id: string }>('select id from outbox_event where delivered_at is null')) {
      await app.app.get(OutboxDelivery).deliver([id]);
    }
    await app.app.get(NudgeTellingService).tellAll();
    // Taken in hand and then killed, as far as the database can tell.
    expect(await app.app.get(NudgeSenderService).claim(10)).toHaveLength(1);
    await nudgeDue(app);
    expect(mail.received).toEqual([]);
    const other = await app.beside();
    app.clock.advance(10);
    await app.app.get(SelfChecks).run();
    expect(await registry.metrics()).toContain('handrail_broken_promises{check="nudges-told"} 1');
    await Promise.all([other.get(NudgesJobs).sendAll(), app.app.get(NudgesJobs).sendAll()]);
    expect(mail.received).toHaveLength(1);
    await app.app.get(SelfChecks).run();
    expect(await registry.metrics()).toContain('handrail_broken_promises{check="nudges-told"} 0');
    await other.close();
  });

  it('leaves though those to others cannot be written', async () => {
    const clinic = { id: worker().agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    const people = [worker()];
    for (let n = 0; n < 5; n++) people.push(await buildStaff(app.database, clinic, 'PROVIDER_STAFF'));
    for (const one of people) await reachAt(app, one);
    const last =
      people
        .map(({ id }) => id)
        .sort()
        .at(-1) ?? '';
    await app.owner(`create function stuck() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$`);
    await app.owner(
      `create trigger stuck before insert on nudge_message for each row when (new.account_id <> '${last}') execute function stuck()`,
    );
    await refer();
    try {
      await expect(nudgeDue(app)).rejects.toThrow('stuck');
    } finally {
      await app.owner('drop function stuck cascade');
    }
    for (let n = 0; n < 5_000 && mail.received.length === 0; n++) await new Promise((done) => setTimeout(done, 20));
    expect(mail.received).toHaveLength(1);
    await nudgeDue(app);
    expect(mail.received).toHaveLength(people.length);
  });

  it('by a channel without a way is not offered, and there is no outbox to look into', async () => {
    const { data } = await (await app.as(worker()))<object>('{ nudgeSettings { offeredChannels } }');
    expect(data).toEqual({ nudgeSettings: { offeredChannels: ['EMAIL'] } });
    for (const path of ['/outbox', '/outbox.json']) {
      expect((await request(app.app.getHttpServer()).get(path)).status).toBe(404);
    }
  });

  it('that nobody takes for a day is dead', async () => {
    // The last of all: a day on, no census is fresh any more.
    await reachAt(app, worker());
    mail.rcptCode = 450;
    await refer();
    await nudgeDue(app);
    app.clock.advance(25 * 60);
    await nudgeDue(app);
    expect(await listed(['FAILED'])).toMatchObject([{ attempts: 2, lastCode: 'REFUSED', nextAttemptAt: null }]);
  });
});
