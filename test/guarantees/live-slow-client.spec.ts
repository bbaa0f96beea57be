/** @alone It measures the memory of its process. */
import type { Actor } from '../../src/access';
import { Connections } from '../../src/platform/live';
import { OutboxFeed } from '../../src/platform/outbox/outbox-feed';
import { registry } from '../../src/platform/health';
import { buildActor } from '../builders/agencies';
import { buildBedPool, type BuiltPool } from '../builders/capacity';
import { openApp, type TestApp } from '../setup/app';
import { LiveClient, listenTo, pause } from '../setup/live-client';

/** About 400 kB an event: what the network keeps for a client that does not read is full after a few. */
const large = `subscription { bedBoardChanged { id program { ${Array.from(
  { length: 10 },
  (_, n) => `p${n}: bedPools { id name levelOfCare sexes attestedAt freshUntil }`,
).join(' ')} } } }`;

describe('a client that does not read', () => {
  let app: TestApp;
  let officer: Actor;

  beforeAll(async () => {
    app = await openApp();
    await listenTo(app.app);
    officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
  });
  afterAll(() => app.close());

  /** So many pools in the program of another, and an event for each. */
  const addPools = async ({ programId, agencyId }: BuiltPool, count: number): Promise<void> => {
    await app.owner(
      `insert into bed_pool (program_id, agency_id, name, level_of_care)
       select $1, $2, rpad('Pool ' || n, 150, '.'), 'ASAM_3_5' from generate_series(1, $3::int) n`,
      [programId, agencyId, count],
    );
  };
  const stir = async ({ programId, agencyId }: BuiltPool): Promise<void> => {
    await app.owner(
      `insert into outbox_event (agency_id, name, subject_type, subject_id)
       select $2, 'bed-pool.places-changed', 'BedPool', id from bed_pool where program_id = $1`,
      [programId, agencyId],
    );
    await app.app.get(OutboxFeed).advance();
  };
  const sent = async (): Promise<number> => {
    const metric = await registry.getSingleMetric('handrail_live_sent_total')?.get();
    return metric?.values.reduce((sum, { value }) => sum + value, 0) ?? 0;
  };
  /** What was written once nothing more is: a slow machine takes its time before the first answer and between two. */
  const settled = async (): Promise<number> => {
    for (let before = 0, quiet = 0; ;) {
      await pause(500);
      const now = await sent();
      quiet = now > 0 && now === before ? quiet + 1 : 0;
      if (quiet === 4) return now;
      before = now;
    }
  };

  it('stops being written to, is closed when too much waits, and holds up nobody else', async () => {
    const [first, second] = [await buildBedPool(app.database), await buildBedPool(app.database)];
    await addPools(first, 120);
    await addPools(second, 520);
    const token = await app.tokenOf(officer);
    const deaf = await LiveClient.signedIn(app.app, token);
    await deaf.subscribe(large);
    deaf.socket.pause();

    await stir(first);
    const written = await settled();
    expect(written).toBeGreaterThan(2);
    expect(written).toBeLessThan(100);

    const awake = await LiveClient.signedIn(app.app, token);
    await awake.subscribe('subscription { bedBoardChanged { id } }');
    const memory = process.memoryUsage().rss;
    await stir(first);
    await awake.until(() => awake.heard().length >= 120);
    expect(await sent()).toBe(written + awake.heard().length);
    expect(process.memoryUsage().rss - memory).toBeLessThan(64 * 1024 * 1024);
    awake.close();
    await awake.farewell;

    await stir(second);
    for (let i = 0; i < 600 && app.app.get(Connections).count > 0; i++) await pause(100);
    expect(app.app.get(Connections).count).toBe(0);
    const closed = await registry.getSingleMetricAsString('handrail_live_closed_total');
    expect(closed).toContain('reason="tooSlow"} 1');
    deaf.socket.resume();
    expect((await deaf.farewell).code).not.toBe(1000);
  });
});
