import { createHash, randomUUID } from 'node:crypto';
import { DataSource, type QueryRunner } from 'typeorm';
import { HideIdempotencyKeys1764000000920 } from '../../migrations/1764000000920-hide-idempotency-keys';
import type { Actor } from '../../src/access';
import { canonicalJson } from '../../src/platform/database/canonical-json';
import { asOwner, buildActor } from '../builders/agencies';
import { TestUnitOfWork } from '../setup/unit-of-work';

const INPUT = { phone: '+17405550123', reason: 'same again' };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

describe('what is kept of an idempotency key', () => {
  let db: TestUnitOfWork;
  let officer: Actor;
  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    officer = await buildActor(db.database, 'LAW_ENFORCEMENT', 'OFFICER');
  });
  afterAll(() => db.close());

  const send = (key: string, input: object = INPUT) =>
    db.unitOfWork.run(officer, { name: 'takeIn', key, input }, (tx) => {
      const id = randomUUID();
      tx.audit({ action: 'noted', subjectType: 'Test', subjectId: id });
      return Promise.resolve({ id });
    });
  const rows = () => asOwner<{ key: string; body_hash: string }>(db.database, 'select * from idempotency_key');

  /** The migration alone, down and up again around what a process of the version before left. */
  const migrated = async (leave: () => Promise<unknown>): Promise<void> => {
    const source = await new DataSource({ type: 'postgres', url: db.database.ownerUrl }).initialize();
    const runner = { query: (text: string) => source.query<unknown>(text) } as QueryRunner;
    const migration = new HideIdempotencyKeys1764000000920();
    try {
      await migration.down(runner);
      await leave();
      await migration.up(runner);
    } finally {
      await source.destroy();
    }
  };

  it('is neither the key nor anything that a guess at the body could be held against', async () => {
    const key = randomUUID();
    await send(key);
    const kept = JSON.stringify(await rows());
    for (const told of [key, sha256(key), sha256(canonicalJson(INPUT)), INPUT.phone]) expect(kept).not.toContain(told);
  });

  it('differs for the same body under another key, and for the same key in another operation', async () => {
    await asOwner(db.database, 'delete from idempotency_key');
    const key = randomUUID();
    await send(key);
    await send(randomUUID());
    await db.unitOfWork.run(officer, { name: 'another', key, input: INPUT }, (tx) => {
      tx.audit({ action: 'noted', subjectType: 'Test', subjectId: officer.id });
      return Promise.resolve({ id: officer.id });
    });
    const kept = await rows();
    expect(new Set(kept.map((row) => row.key)).size).toBe(3);
    expect(new Set(kept.map((row) => row.body_hash)).size).toBe(2);
  });

  it.each(['visit-20260301', 'x'.repeat(200), 'Schlüssel-für-heute'])(
    'still answers what was kept before: %s',
    async (key) => {
      const id = randomUUID();
      await migrated(() =>
        asOwner(
          db.database,
          `insert into idempotency_key (membership_id, operation, key, agency_id, body_hash, result) values ($1, 'takeIn', $2, $3, $4, $5)`,
          [officer.membershipId, key, officer.agencyId, sha256(canonicalJson(INPUT)), JSON.stringify({ id })],
        ),
      );
      expect(await send(key)).toEqual({ id });
      expect(await send(key, { ...INPUT, phone: '+17405550124' })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    },
  );

  it('is after a week that it was used, and that is enough to do nothing a second time', async () => {
    await asOwner(db.database, 'delete from idempotency_key');
    const key = randomUUID();
    await send(key);
    const forgotten = `update idempotency_key set created_at = created_at - interval '8 days', body_hash = null returning created_at as "usedAt"`;
    const [{ usedAt } = {}] = await asOwner<{ usedAt: Date }>(db.database, forgotten);
    const entries = () => asOwner(db.database, `select 1 from audit_entry where action = 'noted'`);
    const before = (await entries()).length;
    for (const input of [INPUT, { another: 'body' }]) {
      const again = await send(key, input);
      expect(again).toMatchObject({ code: 'IDEMPOTENCY_KEY_EXPIRED', details: { field: 'idempotencyKey', usedAt } });
    }
    expect((await entries()).length).toBe(before);
  });
});
