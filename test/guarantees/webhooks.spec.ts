import { SelfChecks } from '../../src/platform/jobs/self-checks';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import { registry } from '../../src/platform/health';
import { WebhooksJobs } from '../../src/partners/webhooks/webhooks.jobs';
import { buildEndpoint, sendDue } from '../builders/webhooks';
import type { TestApp } from '../setup/app';
import { Receiver } from '../setup/receiver';
import { WebhookWorld } from '../setup/webhook-world';

describe('webhooks', () => {
  let world: WebhookWorld;
  let app: TestApp;

  beforeAll(async () => {
    world = await WebhookWorld.open();
    app = world.app;
  });
  beforeEach(() => world.begin());
  afterEach(() => world.end());
  afterAll(() => world.close());

  it('tell a partner system of each step, in order, signed, as it may see the record then', async () => {
    const endpoint = await world.forProvider();
    const { offerId, referralId } = await world.offered();
    await sendDue(app);
    await world.acknowledge(offerId);
    await sendDue(app);
    expect(world.receiver.received.map(({ body }) => [body.type, body.data])).toEqual([
      ['offer.changed', expect.objectContaining({ id: offerId, state: 'PENDING', referral: { id: referralId } })],
      ['offer.changed', expect.objectContaining({ id: offerId, state: 'ACKNOWLEDGED' })],
    ]);
    expect(world.receiver.received.every((one) => world.receiver.isSignedBy(one, endpoint.secret))).toBe(true);
    expect(new Set(world.receiver.received.map(({ id }) => id)).size).toBe(2);
    // On the ledger and the trail as told to that system, before it left.
    const told = await app.owner<{ way: string; actor_id: string }>(
      "select way, actor_id from disclosure where to_agency_id = $1 and way = 'WEBHOOK'",
      [world.intake.agencyId],
    );
    const read = await app.owner("select 1 from audit_entry where kind = 'READ' and actor_id = $1", [
      endpoint.system.id,
    ]);
    expect(read.length).toBeGreaterThan(0);
    expect(told.every(({ actor_id }) => actor_id === endpoint.system.id)).toBe(true);
    expect((await world.seenBy(endpoint))?.deliveries?.nodes).toMatchObject([
      { kind: 'OFFER_CHANGED', state: 'DELIVERED', attempts: 1, lastCode: 'OK', lastStatus: 204 },
      { kind: 'OFFER_CHANGED', state: 'DELIVERED', attempts: 1, lastCode: 'OK', lastStatus: 204 },
    ]);
  });

  it('survive ten minutes without a receiver: all delivered once, in order of each record', async () => {
    const endpoint = await world.forProvider();
    world.receiver.status = 0;
    const first = await world.offered();
    await sendDue(app);
    const unsent = async (): Promise<number | undefined> => {
      await app.app.get(SelfChecks).run();
      const metric = await registry.getSingleMetric('handrail_broken_promises')?.get();
      return metric?.values.find(({ labels }) => labels['check'] === 'webhooks-sent')?.value;
    };
    const rest = [];
    for (let minute = 0; minute < 10; minute++) {
      app.clock.advance(1);
      if (minute < 4) rest.push(await world.offered());
      if (minute === 1) await world.acknowledge(first.offerId);
      await sendDue(app);
    }
    expect(world.receiver.received).toEqual([]);
    expect((await world.seenBy(endpoint))?.failingSince).not.toBeNull();
    expect(await unsent()).toBe(0);
    world.receiver.status = 200;
    app.clock.advance(6);
    await sendDue(app);
    const expected = [first, ...rest].map(({ offerId }) => offerId);
    expect([...new Set(world.receiver.subjects())].sort()).toEqual(expected.sort());
    expect(new Set(world.receiver.received.map(({ id }) => id)).size).toBe(world.receiver.received.length);
    const [event] = await app.owner<{ count: number }>(
      "select count(*)::int as count from webhook_delivery where endpoint_id = $1 and state = 'DELIVERED'",
      [endpoint.id],
    );
    expect(world.receiver.received).toHaveLength(event?.count ?? 0);
    const [left] = await app.owner<{ count: number }>(
      "select count(*)::int as count from webhook_delivery where endpoint_id = $1 and state <> 'DELIVERED'",
      [endpoint.id],
    );
    expect(left?.count).toBe(0);
    const order = await app.owner<{ id: string }>(
      'select id from webhook_delivery where endpoint_id = $1 and subject_id = $2 order by position',
      [endpoint.id, first.offerId],
    );
    expect(order.length).toBeGreaterThan(1);
    expect(world.receiver.received.filter(({ body }) => body.data['id'] === first.offerId).map(({ id }) => id)).toEqual(
      order.map(({ id }) => id),
    );
    expect(await world.seenBy(endpoint)).toMatchObject({ state: 'ACTIVE', failingSince: null });
    // What nobody sends, though the receiver is there, is a broken promise.
    await world.offered();
    const heard = await app.owner<{ id: string }>(
      'select id from outbox_event where delivered_at is null order by position',
    );
    await app.app.get(OutboxDelivery).deliver(heard.map(({ id }) => id));
    expect(await unsent()).toBe(0);
    app.clock.advance(6);
    expect(await unsent()).toBe(1);
    // Of one that fails, one at a time is tried: the others wait for it.
    const fails = (since: string) =>
      app.owner(`update webhook_endpoint set failing_since = ${since} where id = $1`, [endpoint.id]);
    await fails('now()');
    expect(await unsent()).toBe(0);
    await fails('null');
    await sendDue(app);
    expect(await unsent()).toBe(0);
  });

  it('reach who answers at once while receivers that take their time have all they can get', async () => {
    const slow = await Receiver.open();
    const provider = { id: world.intake.agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    for (let count = 0; count < 10; count++) {
      await buildEndpoint(app, provider, 'PROVIDER_STAFF', { url: slow.url, kinds: ['OFFER_CHANGED'] });
    }
    await world.forProvider();
    const others = await Receiver.open();
    const team = { id: world.region.coordinator.agencyId, kind: 'OUTREACH_TEAM' } as const;
    await buildEndpoint(app, team, 'COORDINATOR', { url: others.url, kinds: ['REFERRAL_CHANGED'] });
    await sendDue(app);
    /** How many the slow ones hold in the end, and what reached whom of so many new offers meanwhile. */
    let release = (): void => undefined;
    const during = async (count: number) => {
      const letGo = release;
      slow.until = new Promise((resolve) => (release = resolve));
      letGo();
      const before = slow.received.length;
      const news: Awaited<ReturnType<typeof world.offered>>[] = [];
      while (news.length < count) news.push(await world.offered());
      await app.runDue();
      const arrived = () => [slow, world.receiver, others].reduce((sum, { received }) => sum + received.length, 0);
      for (let [quiet, last] = [0, arrived()]; quiet < 30; quiet = arrived() === last ? quiet + 1 : 0) {
        last = arrived();
        await app.app.get(WebhooksJobs).sendSome();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const told = (receiver: Receiver, id: 'offerId' | 'referralId') =>
        news.filter((one) => receiver.subjects().includes(one[id])).length;
      const held = slow.received.length - before;
      return { held, own: told(world.receiver, 'offerId'), others: told(others, 'referralId') };
    };
    // Unknown yet: one at a time to each, half of all to one agency.
    expect(await during(3)).toMatchObject({ held: 8, others: 3 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    // Eight are known now: they get a quarter of all, the other two one each, and a quick one of the same agency all of its own.
    expect(await during(3)).toEqual({ held: 6, own: 3, others: 3 });
    release();
    await sendDue(app);
    expect(slow.received).toHaveLength(60);
    await Promise.all([slow.close(), others.close()]);
  });

  it('keep their id when they are tried again, and do not wait for another record', async () => {
    await world.forProvider();
    const one = await world.offered();
    world.receiver.status = 500;
    await sendDue(app);
    expect(world.receiver.subjects()).toEqual([one.offerId]);
    world.receiver.status = 200;
    const two = await world.offered();
    await sendDue(app);
    expect(world.receiver.subjects()).toContain(two.offerId);
    app.clock.advance(1);
    await sendDue(app);
    const ofOne = world.receiver.received.filter(({ body }) => body.data['id'] === one.offerId);
    expect(new Set(ofOne.map(({ id }) => id)).size).toBe(1);
    expect(ofOne).toHaveLength(2);
  });

  it('are not hurried by others when the receiver named a time, or refused just them', async () => {
    await world.forProvider();
    const triesOf = (offerId: string) => world.receiver.subjects().filter((subject) => subject === offerId).length;
    /** Told with this answer; with `later` its own time is far away. */
    const told = async (status: number, headers: Record<string, string> = {}, later = true): Promise<string> => {
      Object.assign(world.receiver, { status, headers });
      const { offerId } = await world.offered();
      await sendDue(app);
      if (later) {
        const put = "update webhook_delivery set next_attempt_at = next_attempt_at + interval '1 hour'";
        await app.owner(`${put} where subject_id = $1 and state = 'WAITING'`, [offerId]);
      }
      return offerId;
    };
    const refused = await told(500);
    const asked = await told(503, { 'retry-after': '3600' }, false);
    const cut = await told(0);
    await told(200);
    await sendDue(app);
    expect([refused, asked, cut].map(triesOf)).toEqual([1, 1, 1]);
    app.clock.advance(130);
    await sendDue(app);
    expect([refused, asked].map(triesOf)).toEqual([2, 2]);
  });

  it('of one record come in their order: what is new waits for what is tried again', async () => {
    await world.forProvider();
    world.receiver.status = 500;
    const { offerId } = await world.offered();
    await sendDue(app);
    world.receiver.status = 200;
    await world.acknowledge(offerId);
    await sendDue(app);
    expect(world.receiver.received).toHaveLength(1);
    app.clock.advance(1);
    await sendDue(app);
    const [first, again, second] = world.receiver.received.map(({ id }) => id);
    expect([again, world.receiver.received.length]).toEqual([first, 3]);
    expect(second).not.toBe(first);
  });

  it('stop with the partner system: nothing is read for it, and the admin sees why', async () => {
    const endpoint = await world.forProvider();
    await world.offered();
    await app.owner('update membership set ended_at = now() where id = $1', [endpoint.system.membershipId]);
    await sendDue(app);
    expect(world.receiver.received).toEqual([]);
    expect(await world.seenBy(endpoint)).toMatchObject({
      state: 'DISABLED',
      disabledWhy: 'ACCOUNT_ENDED',
      deliveries: { nodes: [] },
    });
    expect(await world.step(endpoint, 'resumeWebhookEndpoint')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  it('stop at the receiver’s word, follow no redirect, and keep nothing of an answer but its status', async () => {
    const endpoint = await world.forProvider();
    await world.offered();
    world.receiver.status = 302;
    world.receiver.headers = { location: 'http://169.254.169.254/' };
    await sendDue(app);
    expect((await world.seenBy(endpoint))?.deliveries?.nodes).toMatchObject([
      { state: 'WAITING', lastCode: 'HTTP_STATUS', lastStatus: 302 },
    ]);
    world.receiver.status = 410;
    app.clock.advance(1);
    await sendDue(app);
    expect(await world.seenBy(endpoint)).toMatchObject({ state: 'DISABLED', disabledWhy: 'GONE' });
    const rows = await app.owner<{ row: string }>('select d::text as row from webhook_delivery d');
    expect(rows.some(({ row }) => row.includes('kept'))).toBe(false);
  });

  it.each([
    ['before they were sent', 0],
    ['between two tries', 1],
  ])('say nothing of a referral that was recalled %s', async (_, triesBefore) => {
    const endpoint = await world.forProvider(['REFERRAL_CHANGED']);
    const { referralId } = await world.offered();
    world.receiver.status = 500;
    if (triesBefore > 0) await sendDue(app);
    expect(world.receiver.received).toHaveLength(triesBefore);
    const recall = 'mutation ($id: ID!) { recallReferral(id: $id) { __typename ... on Refused { code } } }';
    const { data } = await (await app.as(world.region.officer))<{ recallReferral: object }>(recall, { id: referralId });
    expect(data?.recallReferral).toEqual({ __typename: 'Referral' });
    world.receiver.status = 200;
    app.clock.advance(1);
    await sendDue(app);
    expect(world.receiver.received).toHaveLength(triesBefore);
    expect((await world.seenBy(endpoint))?.deliveries?.nodes.every(({ state }) => state !== 'WAITING')).toBe(true);
  });

  it.each(['disclosure', 'audit_entry'])('are not sent while %s cannot be written', async (table) => {
    const team = { id: world.region.coordinator.agencyId, kind: 'OUTREACH_TEAM' } as const;
    const to = { url: world.receiver.url, kinds: ['REFERRAL_CHANGED'] };
    const { system } = await buildEndpoint(app, team, 'COORDINATOR', to);
    const { referralId } = await world.offered();
    await app.owner(`revoke insert on ${table} from handrail_app`);
    try {
      await sendDue(app).catch(() => undefined);
      expect(world.receiver.received).toEqual([]);
    } finally {
      await app.owner(`grant insert on ${table} to handrail_app`);
    }
    app.clock.advance(2);
    await sendDue(app);
    expect(world.receiver.received.at(-1)?.body.data).toMatchObject({ id: referralId, state: 'OFFERED' });
    const lines = await app.owner("select 1 from disclosure where way = 'WEBHOOK' and actor_id = $1", [system.id]);
    expect(lines.length).toBeGreaterThan(0);
    expect(world.receiver.received.at(-1)?.body['disclosures']).toMatchObject({ noticeVersion: '2.32-2024' });
  });

  it('become dead letters after 72 hours, stop the endpoint, and can be driven again', async () => {
    const endpoint = await world.forProvider();
    await world.offered();
    world.receiver.status = 503;
    for (let hour = 0; hour <= 73; hour++) {
      await sendDue(app);
      app.clock.advance(60);
    }
    const stopped = await world.seenBy(endpoint);
    expect(stopped).toMatchObject({ state: 'DISABLED', disabledWhy: 'UNREACHABLE' });
    expect(stopped?.deliveries?.nodes).toMatchObject([{ state: 'DEAD', lastCode: 'HTTP_STATUS', lastStatus: 503 }]);
    const events = await app.owner(
      "select payload from outbox_event where name = 'webhook-endpoint.disabled' and subject_id = $1",
      [endpoint.id],
    );
    expect(events).toEqual([{ payload: { why: 'UNREACHABLE' } }]);
    world.receiver.status = 200;
    expect(await world.step(endpoint, 'resumeWebhookEndpoint')).toMatchObject({ state: 'ACTIVE' });
    expect(
      await world.step(endpoint, 'redriveWebhookDeliveries', { input: 'RedriveWebhookDeliveriesInput' }),
    ).toMatchObject({
      state: 'ACTIVE',
    });
    expect(
      await world.step(endpoint, 'redriveWebhookDeliveries', { input: 'RedriveWebhookDeliveriesInput' }),
    ).toMatchObject({
      code: 'NOT_FOUND',
    });
    await sendDue(app);
    expect(world.receiver.received.at(-1)?.id).toBe(stopped?.deliveries?.nodes[0]?.id);
    expect((await world.seenBy(endpoint))?.deliveries?.nodes).toMatchObject([{ state: 'DELIVERED' }]);
  });
});
