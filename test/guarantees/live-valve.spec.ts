import type { Actor } from '../../src/access';
import { OutboxFeed } from '../../src/platform/outbox/outbox-feed';
import { buildReferral, buildRegion, offerAt, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { LiveClient, listenTo, pause } from '../setup/live-client';

const news =
  'subscription { referralChanged { progress missing nextStep acknowledgedAt closedAt state allowedActions } }';

type Step = readonly [program: 0 | 1, mutation: string];
const acknowledge = 'acknowledgeOffer(id: $offer)';
const accept = 'acceptOffer(id: $offer)';
const decline = 'declineOffer(input: { offerId: $offer, reason: NO_PLACE })';
const schedule = 'scheduleArrival(input: { referralId: $referral, arrivalAt: $at })';
const arrive = 'recordArrival(id: $referral)';

/** Worlds a sender must not be able to tell apart: one program has it in hand. */
const worlds: Readonly<Record<string, readonly Step[]>> = {
  'nothing more': [[0, acknowledge]],
  'two programs look at it': [
    [0, acknowledge],
    [1, acknowledge],
  ],
  'one declines, the other goes on': [
    [0, acknowledge],
    [0, decline],
    [1, acknowledge],
  ],
  'a place is kept and a time agreed': [
    [0, acknowledge],
    [0, accept],
    [0, schedule],
  ],
  'the person has come': [
    [1, acknowledge],
    [1, accept],
    [1, arrive],
  ],
};

describe('news behind the one-way valve', () => {
  let app: TestApp;
  let region: Region;
  beforeAll(async () => {
    app = await openApp();
    await listenTo(app.app);
    region = await buildRegion(app, [{ staffed: 50 }, { staffed: 50 }]);
  });
  afterAll(() => app.close());

  /** What was done is told to the coordinator, who hears of every step, before the next is taken. */
  const feedAfter = async (coordinator: LiveClient, work: () => Promise<unknown>): Promise<void> => {
    const before = coordinator.heard().length;
    await work();
    await app.app.get(OutboxFeed).advance();
    await coordinator.event(before + 1);
    // To whoever hears of it beside.
    await pause(100);
  };
  const follow = async (actor: Actor): Promise<LiveClient> => {
    const client = await LiveClient.signedIn(app.app, await app.tokenOf(actor));
    await client.subscribe(news);
    return client;
  };
  const take = async (referral: string, [program, mutation]: Step): Promise<void> => {
    const intake = region.programs[program]?.intake as Actor;
    const offer = await offerAt(app, referral, intake.agencyId);
    const ask = await app.as(intake);
    const used = ['offer: ID', 'referral: ID', 'at: DateTime'].filter((name) =>
      mutation.includes(`$${name.split(':')[0]}`),
    );
    const variables = { offer, referral, at: new Date(Date.now() + 3_600_000).toISOString() };
    const query = `mutation (${used.map((name) => `$${name}!`).join(', ')}) { done: ${mutation} { __typename ... on Refused { code message } } }`;
    const { data, errors } = await ask<{ done: { __typename: string } }>(query, variables);
    expect(errors).toEqual([]);
    expect(data?.done).not.toMatchObject({ __typename: 'Refused' });
  };
  /** What was heard, without the times themselves. */
  const heardBy = (client: LiveClient): string[] =>
    client.heard().map(({ payload }) => JSON.stringify(payload?.data).replace(/"\d{4}-\d\d-\d\dT[^"]*"/g, '"then"'));

  it('is the same for every hidden world, one event for each visible step', async () => {
    const streams: Record<string, string[]> = {};
    for (const [name, steps] of Object.entries(worlds)) {
      const [officer, coordinator] = [await follow(region.officer), await follow(region.coordinator)];
      let referral = '';
      await feedAfter(coordinator, async () => (referral = await buildReferral(app, region.officer)));
      for (const step of steps) await feedAfter(coordinator, () => take(referral, step));
      await officer.event(2);
      await pause(100);
      streams[name] = heardBy(officer);
      for (const client of [officer, coordinator]) client.close();
    }
    const [plain] = Object.values(streams);
    expect(plain).toHaveLength(2);
    expect(plain?.[1]).toContain('"progress":"ACKNOWLEDGED"');
    for (const stream of Object.values(streams)) expect(stream).toEqual(plain);
  });
});
