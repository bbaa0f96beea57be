import { WebhooksJobs } from '../../src/partners/webhooks/webhooks.jobs';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { buildActor, buildAgency, buildStaff } from '../builders/agencies';
import { buildRegion, done } from '../builders/referrals';
import { buildEndpoint, createEndpoint, sendDue, type CreatedEndpoint } from '../builders/webhooks';
import type { TestApp } from '../setup/app';
import { Receiver } from '../setup/receiver';
import { look, WebhookWorld } from '../setup/webhook-world';

describe('webhook endpoints', () => {
  let world: WebhookWorld;
  let app: TestApp;

  beforeAll(async () => {
    world = await WebhookWorld.open();
    app = world.app;
  });
  beforeEach(() => world.begin());
  afterEach(() => world.end());
  afterAll(() => world.close());

  it('wait while paused, go on when resumed, and end with the endpoint', async () => {
    const endpoint = await world.forProvider();
    expect(await world.step(endpoint, 'pauseWebhookEndpoint')).toMatchObject({ state: 'PAUSED' });
    expect(await world.step(endpoint, 'pauseWebhookEndpoint')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await world.step(endpoint, 'sendTestWebhook')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const { offerId } = await world.offered();
    await sendDue(app);
    expect(world.receiver.received).toEqual([]);
    await world.step(endpoint, 'resumeWebhookEndpoint');
    await sendDue(app);
    expect(world.receiver.subjects()).toEqual([offerId]);
    await world.step(endpoint, 'deleteWebhookEndpoint');
    await world.acknowledge(offerId);
    await sendDue(app);
    expect(world.receiver.received).toHaveLength(1);
    expect(await world.seenBy(endpoint)).toBeUndefined();
    expect(await world.step(endpoint, 'resumeWebhookEndpoint')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('go to listed hosts only, for kinds the system may read, and to nobody else’s order', async () => {
    const endpoint = await world.forProvider();
    const ask = await app.as(endpoint.admin);
    const refused = async (input: object) =>
      (
        await ask<CreatedEndpoint>(createEndpoint, {
          input: {
            serviceAccountId: endpoint.system.membershipId,
            url: world.receiver.url,
            kinds: ['OFFER_CHANGED'],
            ...input,
          },
        })
      ).data?.createWebhookEndpoint;
    const inside = [
      'https://10.0.0.1/h',
      'https://hooks.example.org/h',
      'http://127.0.0.1:1/',
      'nonsense',
      `${world.receiver.url}?token=x`,
      `${world.receiver.url}${'ä'.repeat(100)}`,
      ...[` ${world.receiver.url}`, `${world.receiver.url}\r\n`, world.receiver.url.replace('//', '/\t/')],
    ];
    for (const url of inside) {
      expect(await refused({ url })).toMatchObject({ code: 'INVALID_INPUT', field: 'input.url' });
    }
    // What is kept is what is called.
    const typed = world.receiver.url.replace('http://localhost', 'HTTP://LocalHost').replace(/\/[^/]*$/, '/a/../b%41');
    const kept = await buildEndpoint(app, { id: world.intake.agencyId, kind: 'TREATMENT_PROVIDER' }, 'PROVIDER_STAFF', {
      url: typed,
      kinds: ['OFFER_CHANGED'],
    });
    expect((await world.seenBy(kept))?.url).toBe(new URL(typed).href);
    const [other] = [await buildRegion(app)];
    const strange = other?.programs[0]?.intake.membershipId;
    expect(await refused({ serviceAccountId: strange })).toMatchObject({ field: 'input.serviceAccountId' });
    const narrow = await buildEndpoint(app, { id: world.region.officer.agencyId, kind: 'LAW_ENFORCEMENT' }, 'OFFICER', {
      url: world.receiver.url,
      kinds: ['REFERRAL_CHANGED'],
    });
    const asOther = await (
      await app.as(narrow.admin)
    )<CreatedEndpoint>(createEndpoint, {
      input: {
        serviceAccountId: narrow.system.membershipId,
        url: world.receiver.url,
        kinds: ['REFERRAL_CHANGED', 'CLOCK_CHANGED'],
      },
    });
    expect(asOther.data?.createWebhookEndpoint).toMatchObject({ code: 'INVALID_INPUT', field: 'input.kinds[1]' });
    expect(await world.step({ ...endpoint, admin: narrow.admin }, 'rotateWebhookSecret')).toMatchObject({
      code: 'NOT_FOUND',
    });
    const byStaff = await (await app.as(world.intake))(look, { id: endpoint.id });
    expect(byStaff.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('are not sent unsigned: they wait, and go on with the next secret', async () => {
    const [broken, whole] = [await world.forProvider(), await world.forProvider()];
    // A secret opens in its own row alone.
    const swap = `update webhook_endpoint set secret_sealed = (select secret_sealed from webhook_endpoint where id = $2) where id = $1`;
    await app.owner(swap, [broken.id, whole.id]);
    await world.offered();
    await sendDue(app);
    const signedBy = (secret: string) =>
      world.receiver.received.filter((one) => world.receiver.isSignedBy(one, secret)).length;
    expect([world.receiver.received.length, signedBy(whole.secret)]).toEqual([1, 1]);
    expect((await world.seenBy(broken))?.deliveries?.nodes).toMatchObject([{ state: 'WAITING', lastCode: 'NOT_READ' }]);
    const { secret = '' } = await world.step(broken, 'rotateWebhookSecret');
    app.clock.advance(1);
    await sendDue(app);
    expect([world.receiver.received.length, signedBy(secret)]).toEqual([2, 1]);
  });

  it('are signed with two secrets while they rotate, and with one a day later', async () => {
    const endpoint = await world.forProvider();
    const { secret = '' } = await world.step(endpoint, 'rotateWebhookSecret');
    expect(secret).toMatch(/^whsec_/);
    await world.step(endpoint, 'sendTestWebhook');
    await sendDue(app);
    const [test] = world.receiver.received;
    expect(test && [secret, endpoint.secret].map((one) => world.receiver.isSignedBy(test, one))).toEqual([true, true]);
    expect(test?.body).toEqual({ type: 'webhook.test', timestamp: expect.any(String) as string, data: {} });
    app.clock.advance(24 * 60 + 1);
    await world.step(endpoint, 'sendTestWebhook');
    await sendDue(app);
    const later = world.receiver.received[1];
    expect(later && [secret, endpoint.secret].map((one) => world.receiver.isSignedBy(later, one))).toEqual([
      true,
      false,
    ]);
    // Sealed on file, and shown by nothing.
    const rows = await app.owner<{ text: string }>(
      "select encode(secret_sealed, 'escape') as text from webhook_endpoint",
    );
    expect(rows.every(({ text }) => !text.includes('whsec_'))).toBe(true);
  });

  it('show the secret to the key it was made under, while it is the newest: a lost answer ends none', async () => {
    const endpoint = await world.forProvider();
    const ask = await app.as(endpoint.admin);
    const input = { serviceAccountId: endpoint.system.membershipId, url: world.receiver.url, kinds: ['OFFER_CHANGED'] };
    const create = async (key: string | null = 'the-same-key') =>
      (await ask<CreatedEndpoint>(createEndpoint, { input, key })).data?.createWebhookEndpoint;
    const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => create()));
    expect(first?.secret).toMatch(/^whsec_/);
    for (const one of others) expect(one).toEqual(first);
    expect((await create(null))?.secret).not.toBe(first?.secret);

    const lost = await world.step(endpoint, 'rotateWebhookSecret', { key: 'rotated-once' });
    expect(await world.step(endpoint, 'rotateWebhookSecret', { key: 'rotated-once' })).toEqual(lost);
    await world.step(endpoint, 'sendTestWebhook');
    await sendDue(app);
    const [sent] = world.receiver.received;
    expect(sent && [endpoint.secret, lost.secret].map((one) => world.receiver.isSignedBy(sent, one ?? ''))).toEqual([
      true,
      true,
    ]);
    const again =
      "select 1 from audit_entry where kind = 'READ' and subject_id = $1 and action = 'rotateWebhookSecret'";
    expect(await app.owner(again, [endpoint.id])).toHaveLength(1);
    // Another admin’s own use of the key is another one; and what is not the newest any more is shown to nobody.
    const colleague = await buildStaff(
      app.database,
      { id: endpoint.admin.agencyId, kind: 'TREATMENT_PROVIDER' },
      'AGENCY_ADMIN',
    );
    const theirs = await world.step({ ...endpoint, admin: colleague }, 'rotateWebhookSecret', { key: 'rotated-once' });
    expect(theirs.secret).toMatch(/^whsec_/);
    expect(theirs.secret).not.toBe(lost.secret);
    expect(await world.step(endpoint, 'rotateWebhookSecret', { key: 'rotated-once' })).toEqual({
      ...lost,
      secret: null,
    });
    await world.step({ ...endpoint, admin: colleague }, 'deleteWebhookEndpoint');
    expect(
      await world.step({ ...endpoint, admin: colleague }, 'rotateWebhookSecret', { key: 'rotated-once' }),
    ).toMatchObject({ secret: null });
  });

  it('go on by themselves when the agency of the partner system opens again, and say what was missed', async () => {
    const [endpoint, out] = [await world.forProvider(), await world.forProvider()];
    await app.owner('update membership set ended_at = now() where id = $1', [out.system.membershipId]);
    const operator = await app.as(await buildActor(app.database, 'PLATFORM', 'PLATFORM_ADMIN'));
    const setActive = async (isActive: boolean) => {
      const input = { id: world.intake.agencyId, isActive };
      const sent = 'mutation ($input: UpdateAgencyInput!) { updateAgency(input: $input) { __typename } }';
      expect((await operator(sent, { input })).data).toEqual({ updateAgency: { __typename: 'Agency' } });
      await sendDue(app);
    };
    await world.offered();
    await setActive(false);
    const stopped =
      'select state, disabled_why as why, missed_until > missed_from as missed from webhook_endpoint where id = any($1::uuid[]) order by created_at';
    const ended = { state: 'DISABLED', why: 'ACCOUNT_ENDED', missed: null };
    expect(await app.owner(stopped, [[endpoint.id, out.id]])).toEqual([ended, ended]);
    app.clock.advance(5);
    await setActive(true);
    expect(await app.owner(stopped, [[endpoint.id, out.id]])).toEqual([
      { state: 'ACTIVE', why: null, missed: true },
      ended,
    ]);
    await world.offered();
    await sendDue(app);
    expect(world.receiver.received).not.toEqual([]);
  });

  it('tell that a kept place was given up', async () => {
    await world.forProvider();
    const { referralId, offerId } = await world.offered();
    done(await app.app.get(AcceptanceService).accept(world.intake, offerId, { name: 'test' }));
    done(
      await app.app
        .get(ReferralEndingService)
        .cancel(world.region.officer, referralId, 'PLACED_ELSEWHERE', { name: 'test' }),
    );
    await sendDue(app);
    expect(world.receiver.received.at(-1)?.body).toMatchObject({
      data: { id: offerId, state: 'ACCEPTED', withdrawReason: 'PLACE_GIVEN_UP', referral: null },
    });
  });

  it('say what was not kept, and keep what was tried as a dead letter that can be driven again', async () => {
    const endpoint = await world.forProvider();
    const shown = async () => {
      const query = `{ webhookEndpoints { nodes { id state stoppedAt missedFrom missedUntil } } }`;
      const { data } = await (
        await app.as(endpoint.admin)
      )<{ webhookEndpoints: { nodes: { id: string; stoppedAt: string; missedFrom: string; missedUntil: string }[] } }>(
        query,
      );
      return data?.webhookEndpoints.nodes.find(({ id }) => id === endpoint.id);
    };
    // One is tried again later; then the receiver wants nothing any more.
    world.receiver.status = 503;
    await world.offered();
    await sendDue(app);
    world.receiver.status = 410;
    await world.offered();
    await sendDue(app);
    const stopped = await world.seenBy(endpoint);
    expect(stopped).toMatchObject({ state: 'DISABLED', disabledWhy: 'GONE' });
    const dead = stopped?.deliveries?.nodes.filter(({ state }) => state === 'DEAD');
    expect(dead?.map(({ lastCode }) => lastCode).toSorted()).toEqual(['ENDPOINT_DISABLED', 'HTTP_STATUS']);
    world.receiver.status = 200;
    const failedAt = (await shown())?.stoppedAt;
    await world.step(endpoint, 'resumeWebhookEndpoint');
    expect(await shown()).toMatchObject({ stoppedAt: null, missedFrom: failedAt });
    await world.step(endpoint, 'redriveWebhookDeliveries', { input: 'RedriveWebhookDeliveriesInput' });
    await sendDue(app);
    const left = (await world.seenBy(endpoint))?.deliveries?.nodes.filter(({ state }) => state !== 'DELIVERED');
    expect(left).toEqual([]);
    const pausedFor = async (hours: number) => {
      await world.step(endpoint, 'pauseWebhookEndpoint');
      const stoppedAt = (await shown())?.stoppedAt ?? '';
      app.clock.advance(hours * 60);
      await world.step(endpoint, 'resumeWebhookEndpoint');
      return { stoppedAt, after: await shown() };
    };
    const missed = async () => Date.parse((await shown())?.missedUntil ?? '');
    const before = await missed();
    expect((await pausedFor(71)).after).toMatchObject({ stoppedAt: null, missedFrom: failedAt });
    expect(await missed()).toBe(before);
    const long = await pausedFor(80);
    expect(long.after).toMatchObject({ stoppedAt: null, missedFrom: long.stoppedAt });
    expect(Math.round(((await missed()) - Date.parse(long.stoppedAt)) / 3_600_000)).toBe(8);
  });

  it('leave room for who answers at once, however many agencies have receivers that take their time, known or not', async () => {
    const slow = await Receiver.open();
    const ids: string[] = [];
    for (let agencies = 0; agencies < 3; agencies++) {
      const provider = await buildAgency(app.database, { kind: 'TREATMENT_PROVIDER' });
      const goesTo = { url: slow.url, kinds: ['OFFER_CHANGED'] };
      const { id, admin, system } = await buildEndpoint(app, provider, 'PROVIDER_STAFF', goesTo);
      const input = { serviceAccountId: system.membershipId, ...goesTo };
      const ask = await app.as(admin);
      const more = await Promise.all([1, 2, 3, 4, 5].map(() => ask<CreatedEndpoint>(createEndpoint, { input })));
      ids.push(id, ...more.map(({ data }) => data?.createWebhookEndpoint.endpoint.id ?? ''));
    }
    const quick = await world.forProvider();
    const test = (...to: string[]) =>
      app.owner(
        `insert into webhook_delivery (endpoint_id, agency_id, kind, state, created_at, next_attempt_at)
         select e.id, e.agency_id, 'TEST', 'WAITING', now(), now() from unnest($1::uuid[]) t(id) join webhook_endpoint e on e.id = t.id`,
        [to],
      );
    await test(quick.id);
    await sendDue(app);
    /** Until nothing more arrives. */
    const send = async (last = -1, quiet = 0): Promise<void> => {
      await app.app.get(WebhooksJobs).sendSome();
      await new Promise((resolve) => setTimeout(resolve, 10));
      const now = slow.received.length + world.receiver.received.length;
      if (quiet < 20) await send(now, now === last ? quiet + 1 : 0);
    };
    let release = (): void => undefined;
    /** How many the slow ones hold, and how many of six reach the quick one meanwhile. */
    const during = async () => {
      slow.until = new Promise((resolve) => (release = resolve));
      const before = [slow.received.length, world.receiver.received.length] as const;
      await test(...ids);
      await send();
      await test(...Array.from({ length: 6 }, () => quick.id));
      await send();
      return [slow.received.length - before[0], world.receiver.received.length - before[1]];
    };
    expect(await during()).toEqual([12, 6]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    release();
    await sendDue(app);
    expect(slow.received).toHaveLength(18);
    // Twelve are known to be slow now, and hold half of all; the six that answered quickly have a place each.
    expect(await during()).toEqual([14, 6]);
    release();
    await sendDue(app);
    await slow.close();
  });
});
