import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Actor } from '../../src/access';
import { CensusService } from '../../src/capacity';
import { ClocksService } from '../../src/clocks';
import { OutboxFeed } from '../../src/platform/outbox/outbox-feed';
import { buildReferral, buildRegion, done, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { LiveClient, listenTo, pause } from '../setup/live-client';

const ofReferrals = 'subscription { clockChanged { id kind isBreached breachCount owner { id } referral { id } } }';
const ofRoom = 'subscription { roomClockChanged { id kind poolId isAskedFor isBreached } }';

describe('news of due clocks', () => {
  let app: TestApp;
  let other: NestFastifyApplication;
  let region: Region;
  const clients: LiveClient[] = [];

  beforeAll(async () => {
    app = await openApp();
    await listenTo(app.app);
    other = await listenTo(await app.beside());
    region = await buildRegion(app);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(async () => {
    await other.close();
    await app.close();
  });

  const follow = async (actor: Actor, query: string, at = app.app): Promise<LiveClient> => {
    const client = await LiveClient.signedIn(at, await app.tokenOf(actor));
    clients.push(client);
    await client.subscribe(query);
    return client;
  };
  /** Time passes, the clocks are looked at, and the news is fed. */
  const pass = async (minutes: number): Promise<void> => {
    app.clock.advance(minutes);
    await app.app.get(ClocksService).sweep();
    await app.app.get(OutboxFeed).advance();
  };
  const intakeOf = ({ programs }: Region): Actor => programs[0]?.intake as Actor;

  it('reach the program and its coordinator, on any process, when the deadline has passed', async () => {
    const referralId = await buildReferral(app, region.officer);
    const clock = { kind: 'OFFER_ACKNOWLEDGED', isBreached: true, breachCount: 1, referral: { id: referralId } };
    const told = [await follow(intakeOf(region), ofReferrals), await follow(region.coordinator, ofReferrals, other)];
    await pass(31);
    for (const client of told) {
      expect(await client.event()).toMatchObject({ ...clock, owner: { id: intakeOf(region).agencyId } });
    }
    // What another agency owes tells of its care: on the ledger before it left.
    const rows = await app.owner(
      "select 1 from disclosure where way = 'SUBSCRIPTION' and to_agency_id = $1 and from_agency_id = $2",
      [region.coordinator.agencyId, intakeOf(region).agencyId],
    );
    expect(rows).toHaveLength(1);
  });

  it('reach no sender, no stranger and no other coordinator', async () => {
    const stranger = await buildRegion(app);
    const away = [await follow(intakeOf(stranger), ofReferrals), await follow(stranger.coordinator, ofReferrals)];
    const officer = await follow(region.officer, ofReferrals);
    expect(JSON.stringify(await officer.until(({ type }) => type !== 'connection_ack'))).toContain('FORBIDDEN');
    const coordinator = await follow(region.coordinator, ofReferrals);
    await buildReferral(app, region.officer);
    await pass(31);
    await coordinator.event();
    await pause(200);
    const owners = away[0]?.heard().map(({ payload }) => payload?.data?.['clockChanged']?.['owner']);
    expect(owners?.every((owner) => JSON.stringify(owner).includes(intakeOf(stranger).agencyId))).toBe(true);
    expect(away[1]?.heard()).toEqual([]);
  });

  it('ask the provider whether the count is still right', async () => {
    const { pool, intake } = region.programs[0] as Region['programs'][number];
    const census = { pools: [{ poolId: pool.id, staffed: 10, occupied: 2 }], source: 'STAFF' as const };
    done(await app.app.get(CensusService).post(intake, census, { name: 'postCensus' }));
    const client = await follow(intake, ofRoom);
    const elsewhere = await follow(intakeOf(await buildRegion(app)), ofRoom);
    const [clock] = await app.owner<{ dueAt: Date; minutes: number }>(
      `select due_at as "dueAt", extract(epoch from due_at - started_at)::int / 60 as minutes from clock where subject_id = $1 and ended_at is null`,
      [pool.id],
    );
    expect(clock?.minutes).toBe(24 * 60);
    const passTo = async (minutesBefore: number): Promise<void> => {
      app.clock.advanceTo(new Date((clock?.dueAt.getTime() ?? NaN) - minutesBefore * 60_000));
      await pass(0);
    };
    await passTo(61);
    await pause(200);
    expect(client.heard()).toEqual([]);
    await passTo(60);
    const asked = { kind: 'CENSUS_FRESH', poolId: pool.id, isAskedFor: true };
    expect(await client.event()).toMatchObject({ ...asked, isBreached: false });
    await passTo(0);
    expect(await client.event(2)).toMatchObject({ ...asked, isBreached: true });
    expect(elsewhere.heard()).toEqual([]);
  });
});
