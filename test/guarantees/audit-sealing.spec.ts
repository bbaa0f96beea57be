import { randomBytes } from 'node:crypto';
import type { Actor } from '../../src/access';
import { AnchorFile } from '../../src/platform/audit/anchor-file';
import { AuditKeys } from '../../src/platform/audit/audit-keys';
import { withClient } from '../../src/platform/database/embedded/client';
import { asOwner, buildActor } from '../builders/agencies';
import { TestTrail } from '../setup/audit-trail';

describe('the sealer', () => {
  let trail: TestTrail;
  let officer: Actor;
  const counts = async (): Promise<number[]> =>
    (await asOwner<{ count: number }>(trail.db.database, 'select count from audit_block order by number')).map(
      ({ count }) => count,
    );

  beforeEach(async () => {
    trail = await TestTrail.open();
    officer = await buildActor(trail.db.database, 'LAW_ENFORCEMENT', 'OFFICER');
  });
  afterEach(() => trail.close());

  it('seals everything once while many write and three seal', async () => {
    let isWriting = true;
    const sealing = [trail.sealer(), trail.sealer(), trail.sealer()].map(async (sealer) => {
      while (isWriting) await sealer.seal();
    });
    await Promise.all(Array.from({ length: 6 }, () => trail.write(officer, 40)));
    isWriting = false;
    await Promise.all(sealing);
    await trail.seal();
    const { findings, tally } = await trail.verify();
    expect(findings).toEqual([]);
    expect(tally).toMatchObject({ entries: 240, waiting: 0, anchors: tally.blocks });
    expect((await counts()).reduce((sum, count) => sum + count, 0)).toBe(240);
  });

  it('seals and proves what Handrail writes of a command in the trail of another agency', async () => {
    await trail.db.unitOfWork.run(officer, { name: 'ask' }, (tx) => {
      tx.audit({ action: 'asked', subjectType: 'Test', subjectId: officer.id });
      tx.asSystem().inTrailOf(null).audit({ action: 'done', subjectType: 'Test', subjectId: officer.id });
      return Promise.resolve({ id: officer.id });
    });
    await trail.sealer().seal();
    const { findings, tally } = await trail.verify();
    expect(findings).toEqual([]);
    expect(tally).toMatchObject({ entries: 2 });
  });

  it('waits for a transaction that began before others ended, and leaves nothing of it out', async () => {
    let begin = (): void => undefined;
    let end = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const ended = new Promise<void>((resolve) => (end = resolve));
    const slow = trail.db.unitOfWork.run(officer, { name: 'slow' }, async (tx) => {
      await tx.query({ name: 'take-a-number', text: 'select pg_current_xact_id()' });
      begin();
      await ended;
      tx.audit({ action: 'slow', subjectType: 'Test', subjectId: officer.id });
      return { id: officer.id };
    });
    await begun;
    await trail.write(officer, 3);
    await trail.sealer().seal();
    expect(await counts()).toEqual([]);
    end();
    await slow;
    await trail.seal();
    expect(await counts()).toEqual([4]);
    expect((await trail.verify()).findings).toEqual([]);
  });

  it('keeps a transaction in one block, however large, and cuts between transactions', async () => {
    await trail.write(officer, 2);
    await trail.write(officer, 1, 5_000);
    await trail.write(officer, 3);
    await trail.seal();
    expect(await counts()).toEqual([2, 5_000, 3]);
    expect((await trail.verify()).findings).toEqual([]);
  });

  it('brings an anchor file up that missed blocks, and goes on after half a line', async () => {
    await trail.write(officer, 1);
    await trail.seal();
    await trail.write(officer, 1);
    const other = new AnchorFile(`${trail.anchors.path}.other`);
    await trail.seal(trail.sealer(other));
    await trail.seal();
    for (const anchors of [trail.anchors, other]) {
      expect((await trail.verify(trail.db.auditKeys, anchors)).findings).toEqual([]);
    }
  });

  it('goes on with a new key, and what older keys signed stays verified', async () => {
    await trail.write(officer, 2);
    await trail.seal();
    const next = { id: 'next', secret: randomBytes(32) };
    const ring = new AuditKeys([trail.db.auditKey, next]);
    await trail.write(officer, 1);
    await trail.seal(trail.sealer(trail.anchors, ring));
    const keyIds = await asOwner(trail.db.database, 'select key_id as "keyId" from audit_block order by number');
    expect(keyIds).toEqual([{ keyId: 'test' }, { keyId: 'next' }]);
    expect((await trail.verify(ring)).findings).toEqual([]);
    expect((await trail.verify()).findings).toEqual([{ fault: 'BLOCK_CHANGED', block: 2, entryId: null }]);
  });

  it('lets the migration step pass the transactions a restored dump has sealed', async () => {
    await trail.write(officer, 1);
    await trail.seal();
    await withClient(trail.db.database.ownerUrl, async (client) => {
      await client.query('alter table audit_entry disable trigger user');
      await client.query('update audit_entry set xid = (xid::text::bigint + 5000)::text::xid8');
      await client.query('call app.pass_sealed_transactions()');
      const { rows } = await client.query<{ isPast: boolean }>(
        'select pg_snapshot_xmax(pg_current_snapshot()) > max(xid::text::bigint)::text::xid8 as "isPast" from audit_entry',
      );
      expect(rows).toEqual([{ isPast: true }]);
    });
  });

  it('takes entries from before signing as they are, and none that claims to be one', async () => {
    await withClient(trail.db.database.ownerUrl, async (client) => {
      await client.query('alter table audit_entry drop constraint audit_entry_signed');
      await client.query(
        `insert into audit_entry (decision_id, at, agency_id, actor_kind, actor_id, role, kind, action, key_id, mac)
         values (gen_random_uuid(), now(), gen_random_uuid(), 'STAFF', gen_random_uuid(), 'OFFICER', 'COMMAND', 'before', '', '')`,
      );
    });
    await trail.write(officer, 1);
    await trail.seal();
    expect(await trail.verify()).toMatchObject({ findings: [], tally: { entries: 2, unsigned: 1 } });
    await withClient(trail.db.database.ownerUrl, async (client) => {
      await client.query('alter table audit_entry disable trigger user');
      await client.query("update audit_entry set action = 'other' where key_id = ''");
    });
    expect((await trail.verify()).findings).toEqual([expect.objectContaining({ fault: 'ENTRY_CHANGED', block: 1 })]);
  });
});
