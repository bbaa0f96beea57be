import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Actor } from '../../src/access';
import { consent } from '../../src/cli/walkthrough/people';
import { faults } from '../../src/platform/health/metrics';
import { Topics } from '../../src/platform/live/topics';
import { OutboxFeed } from '../../src/platform/outbox/outbox-feed';
import type { SubmitReferralInput } from '../../src/referrals/submit-referral.input';
import { buildActor, buildStaff } from '../builders/agencies';
import { buildReferral, buildRegion, buildSubmission, offerAt, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { LiveClient, listenTo, pause } from '../setup/live-client';

const offers = 'subscription { offerChanged { id state withdrawReason referral { id person { givenName } } } }';
const referrals = 'subscription { referralChanged { id progress state missing } }';
const cut =
  "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'handrail-live' and datname = current_database()";

describe('live news', () => {
  let app: TestApp;
  let other: NestFastifyApplication;
  let region: Region;
  const clients: LiveClient[] = [];

  beforeAll(async () => {
    app = await openApp();
    await listenTo(app.app);
    other = await listenTo(await app.beside());
    // One program in reach, so that every referral is put to it.
    region = await buildRegion(app);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(async () => {
    await other.close();
    await app.close();
  });

  const feed = () => app.app.get(OutboxFeed).advance();
  const follow = async (actor: Actor, query: string, at = app.app): Promise<LiveClient> => {
    const client = await LiveClient.signedIn(at, await app.tokenOf(actor));
    clients.push(client);
    await client.subscribe(query);
    return client;
  };
  const intakeOf = ({ programs }: Region): Actor => programs[0]?.intake as Actor;
  const take = async (actor: Actor, mutation: string, variables: Record<string, unknown>) => {
    const { data, errors } = await (await app.as(actor, other))(mutation, variables);
    expect(errors).toEqual([]);
    return data;
  };
  const acknowledge = 'mutation ($id: ID!) { acknowledgeOffer(id: $id) { __typename } }';

  const accept = 'mutation ($id: ID!) { acceptOffer(id: $id) { __typename } }';

  const requestInfo =
    'mutation ($input: RequestReferralInfoInput!) { requestReferralInfo(input: $input) { __typename } }';

  it('reaches a subscriber on one process from a command on another', async () => {
    const intake = intakeOf(region);
    const [here, there] = [await follow(intake, offers), await follow(intake, offers, other)];
    const referralId = await buildReferral(app, region.officer);
    await feed();
    for (const client of [here, there]) {
      expect(await client.event()).toMatchObject({ state: 'PENDING', referral: { id: referralId } });
    }
    await take(intake, acknowledge, { id: await offerAt(app, referralId, intake.agencyId) });
    await feed();
    expect(await here.event(2)).toMatchObject({ state: 'ACKNOWLEDGED' });
    // Whose kept place is given up hears so, and reads the referral no more.
    await take(intake, accept, { id: await offerAt(app, referralId, intake.agencyId) });
    const input = { referralId, reason: 'PLACED_ELSEWHERE' };
    await take(
      region.officer,
      'mutation ($input: CancelReferralInput!) { cancelReferral(input: $input) { __typename } }',
      { input },
    );
    await feed();
    const givenUp = { state: 'ACCEPTED', withdrawReason: 'PLACE_GIVEN_UP', referral: null };
    expect([await here.event(3), await there.event(3)]).toMatchObject([givenUp, givenUp]);
  });

  it('tells nobody else', async () => {
    const stranger = await buildRegion(app, []);
    const heard = [
      await follow(stranger.officer, referrals),
      await follow(stranger.coordinator, referrals),
      await follow(region.officer, offers),
    ];
    const party = await follow(region.officer, referrals);
    await buildReferral(app, region.officer);
    await feed();
    await party.event();
    await pause(200);
    for (const client of heard) expect(client.messages.filter(({ type }) => type !== 'connection_ack')).toEqual([]);
  });

  it('shows a name while the consent holds, and not in the next event after it was revoked', async () => {
    const { signedAt, ...signed } = consent('IDENTITY_BEFORE_ACCEPTANCE');
    const consents = [{ ...signed, signedAt: new Date(signedAt) }] as unknown as SubmitReferralInput['consents'];
    const intake = intakeOf(region);
    const client = await follow(intake, 'subscription { referralChanged { id missing person { givenName } } }');
    const referralId = await buildReferral(app, region.officer, buildSubmission({ consents }));
    await take(intake, acknowledge, { id: await offerAt(app, referralId, intake.agencyId) });
    await feed();
    expect(await client.event()).toMatchObject({
      id: referralId,
      person: { givenName: expect.stringMatching(/^Given/) },
    });
    // It was on the ledger before it left, and says so.
    const ledger = client.heard()[0]?.payload?.extensions?.disclosures.ledger.map(({ id }) => id);
    const rows = await app.owner<{ id: string }>("select id from disclosure where way = 'SUBSCRIPTION'");
    expect(rows.map(({ id }) => id)).toEqual(ledger);

    const ask = await app.as(region.officer);
    const { data } = await ask<{ referral: { consents: { id: string }[] } }>(
      'query ($id: ID!) { referral(id: $id) { consents { id } } }',
      { id: referralId },
    );
    const consentId = data?.referral.consents[0]?.id;
    const revoke = 'mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { __typename } }';
    await take(region.officer, revoke, { input: { consentId, method: 'ORAL' } });
    await take(intake, requestInfo, { input: { referralId, missing: ['PAYER'] } });
    await feed();
    expect(await client.event(2)).toEqual({ id: referralId, missing: ['PAYER'], person: null });
  });

  it('tells who now sees more, when a person agrees to something outside of the referral', async () => {
    const intake = intakeOf(region);
    const client = await follow(intake, 'subscription { referralChanged { id } }');
    const id = await buildReferral(app, region.officer);
    await take(intake, acknowledge, { id: await offerAt(app, id, intake.agencyId) });
    await feed();
    expect(await client.event()).toEqual({ id });
    const [row] = await app.owner<{ personId: string }>('select person_id as "personId" from referral where id = $1', [
      id,
    ]);
    const { scope: _, ...signed } = consent('IDENTITY_BEFORE_ACCEPTANCE');
    const record = 'mutation ($input: RecordPersonConsentInput!) { recordPersonConsent(input: $input) { __typename } }';
    expect(await take(region.officer, record, { input: { ...signed, ...row } })).toEqual({
      recordPersonConsent: { __typename: 'Consent' },
    });
    await app.runDue();
    await feed();
    expect(await client.event(2)).toEqual({ id });

    // And who sees less, when they take it back: that it is so, and nothing of why.
    const [agreed] = await app.owner<{ id: string }>(
      'select id from consent where person_id = $1 and revoked_at is null',
      [row?.personId],
    );
    const revoke = 'mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { __typename } }';
    expect(await take(region.officer, revoke, { input: { consentId: agreed?.id, method: 'ORAL' } })).toEqual({
      revokeConsent: { __typename: 'Consent' },
    });
    await app.runDue();
    await feed();
    expect(await client.event(3)).toEqual({ id });
  });

  it('answers what came together in one transaction, each with its own lines of the ledger', async () => {
    const client = await follow(intakeOf(region), 'subscription { referralChanged { id need { substances } } }');
    const referralIds = [];
    for (let i = 0; i < 4; i++) referralIds.push(await buildReferral(app, region.officer));
    await feed();
    await client.event(4);
    const told = client.heard().map(({ payload }) => ({
      id: payload?.data?.['referralChanged']?.['id'],
      lines: payload?.extensions?.disclosures.ledger.map(({ records }) => records['Referral']),
    }));
    expect(told).toHaveLength(4);
    expect(told).toEqual(expect.arrayContaining(referralIds.map((id) => ({ id, lines: [[id]] }))));
    const times = await app.owner<{ at: Date }>('select distinct at from disclosure where id = any($1)', [
      client.heard().map(({ payload }) => payload?.extensions?.disclosures.ledger[0]?.id),
    ]);
    expect(times).toHaveLength(1);
  });

  it('closes what belongs to a membership that has ended: with the next event, or soon without one', async () => {
    const provider = { id: intakeOf(region).agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    const leaver = await buildStaff(app.database, provider, 'PROVIDER_STAFF');
    const quiet = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    const [busy, idle] = [await follow(leaver, offers), await follow(quiet, referrals)];
    const memberships = [leaver.membershipId, quiet.membershipId];
    await app.owner('update membership set ended_at = now() where id = any($1)', [memberships]);
    await buildReferral(app, region.officer);
    await feed();
    expect(await busy.farewell).toEqual({ code: 4401, reason: 'signed out' });
    expect(await idle.farewell).toEqual({ code: 4401, reason: 'signed out' });
    expect([...busy.heard(), ...idle.heard()]).toEqual([]);
    await expect(LiveClient.signedIn(app.app, await app.tokenOf(leaver))).rejects.toThrow('4401 Unauthorized');
  });

  it('loses nothing while the connection it listens on is cut', async () => {
    const client = await follow(region.officer, referrals);
    const referralIds: string[] = [];
    for (let i = 0; i < 3; i++) {
      await app.owner(cut);
      referralIds.push(await buildReferral(app, region.officer));
      await feed();
    }
    await client.event(3);
    const told = client.heard().map(({ payload }) => payload?.data?.['referralChanged']?.['id']);
    expect(new Set(told)).toEqual(new Set(referralIds));
  });

  it('goes on behind news that cannot be told to anybody, which is a fault and no end', async () => {
    const kind = 'test.untellable';
    const about = ({ name, subjectId }: { name: string; subjectId: string }) => (name === kind ? subjectId : null);
    const facts = jest.fn(() => Promise.reject(new Error('no facts of this one')));
    app.app
      .get(Topics)
      .add({ name: 'untellable', about, facts })
      .watch(() => true, null);
    const client = await follow(region.officer, referrals);
    const counted = async () => (await faults.get()).values[0]?.value ?? 0;
    const before = await counted();
    await app.owner(
      `insert into outbox_event (agency_id, name, subject_type, subject_id, payload, delivered_at) values ($1, $2, 'Test', $1, '{}', now())`,
      [region.officer.agencyId, kind],
    );
    const turns = 4;
    for (let turn = 0; turn < turns; turn++) {
      const referralId = await buildReferral(app, region.officer);
      await feed();
      await client.until(({ payload }) => payload?.data?.['referralChanged']?.['id'] === referralId);
    }
    // With the others, and once by itself: its place is behind it then.
    expect(facts.mock.calls.length).toBeLessThan(turns);
    expect(await counted()).toBeGreaterThan(before);
  });

  it('says goodbye when its process stops', async () => {
    const third = await listenTo(await app.beside());
    const client = await follow(intakeOf(region), offers, third);
    await third.close();
    expect(await client.farewell).toEqual({ code: 1001, reason: 'going away' });
  });
});
