import { Tasks } from '../../src/platform/jobs/tasks';
import { buildReferral, buildRegion } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

describe('housekeeping', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  const counts = async () =>
    (
      await app.owner<{ keys: number; events: number }>(
        'select (select count(body_hash)::int from idempotency_key) as keys, (select count(*)::int from outbox_event) as events',
      )
    )[0];

  it('forgets what was sent with a key after a week and delivered news after a month, and nothing that still waits', async () => {
    const { officer } = await buildRegion(app);
    const id = await buildReferral(app, officer);
    await app.owner(
      `insert into idempotency_key (membership_id, operation, key, agency_id, body_hash) values ($1, 'x', repeat('k', 44), $1, repeat('h', 44))`,
      [officer.agencyId],
    );
    const before = await counts();
    await app.runDue();
    expect(await counts()).toEqual(before);
    app.clock.advance(8 * 24 * 60);
    await app.runDue();
    expect((await counts())?.keys).toBe(0);
    await app.owner('update outbox_event set delivered_at = null where subject_id <> $1', [id]);
    const waiting = (
      await app.owner<{ n: number }>('select count(*)::int as n from outbox_event where delivered_at is null')
    )[0]?.n;
    expect(waiting).toBeGreaterThan(0);
    app.clock.advance(31 * 24 * 60);
    await app.owner('update outbox_event set delivered_at = null where delivered_at is not null and subject_id <> $1', [
      id,
    ]);
    await app.app.get(Tasks).sweep();
    expect(
      await app.owner(
        "select id from outbox_event where delivered_at < clock_timestamp() + $1::interval - interval '30 days'",
        [app.clock.interval()],
      ),
    ).toEqual([]);
    expect((await counts())?.events).toBeGreaterThanOrEqual(waiting ?? 1);
  });
});
