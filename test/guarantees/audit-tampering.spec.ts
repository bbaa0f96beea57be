import { randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { Actor } from '../../src/access';
import { notFound } from '../../src/kernel/refusal';
import { AnchorFile } from '../../src/platform/audit/anchor-file';
import { blockHash, blockOver, type SealedBlock } from '../../src/platform/audit/audit-block';
import { AuditKeys } from '../../src/platform/audit/audit-keys';
import { blockColumns, entryColumns, type StoredEntry } from '../../src/platform/audit/trail-rows';
import { withClient } from '../../src/platform/database/embedded/client';
import { asOwner, buildActor } from '../builders/agencies';
import { TestTrail } from '../setup/audit-trail';

describe('a database administrator', () => {
  let trail: TestTrail;
  let officer: Actor;

  const entries = (): Promise<StoredEntry[]> =>
    asOwner(trail.db.database, `select ${entryColumns('e')} from audit_entry e order by e.xid, e.position`);
  const blocks = (): Promise<SealedBlock[]> =>
    asOwner(trail.db.database, `select ${blockColumns} from audit_block order by number`);
  /** With every trigger off, as nobody but an administrator can. */
  const tamper = (text: string, values: unknown[] = []): Promise<unknown> =>
    withClient(trail.db.database.ownerUrl, async (client) => {
      for (const table of ['audit_entry', 'audit_block']) {
        await client.query(`alter table ${table} disable trigger user`);
      }
      await client.query(text, values);
    });
  const found = async (): Promise<string[]> =>
    (await trail.verify()).findings.map(({ fault, block, entryId }) => `${fault} ${block ?? '-'} ${entryId ?? '-'}`);
  /** Three blocks of four entries, the newest of them two entries of one command, and one entry that waits. */
  const arrange = async (): Promise<StoredEntry[]> => {
    for (let block = 0; block < 3; block++) {
      await trail.write(officer, 2);
      await trail.write(officer, 1, 2);
      await trail.seal();
    }
    // What is sealed has no other witness any more.
    await trail.journal();
    await trail.ageJournals();
    await trail.seal();
    await trail.write(officer, 1);
    return entries();
  };

  beforeEach(async () => {
    trail = await TestTrail.open();
    officer = await buildActor(trail.db.database, 'LAW_ENFORCEMENT', 'OFFICER');
  });
  afterEach(() => trail.close());

  it('who does nothing leaves a trail that is whole', async () => {
    await arrange();
    expect(await trail.verify()).toEqual({
      findings: [],
      tally: { entries: 13, blocks: 3, anchors: 3, waiting: 1, unsigned: 0, disclosures: 0, consents: 0 },
    });
  });

  it('cannot change or remove anything without switching a trigger off, not even as a replica', async () => {
    await arrange();
    for (const statement of [
      "update audit_entry set action = 'other'",
      'delete from audit_entry',
      'truncate audit_entry',
      'update audit_block set count = 1',
      'delete from audit_block',
      'truncate audit_block',
    ]) {
      await withClient(trail.db.database.ownerUrl, async (client) => {
        await client.query('set session_replication_role = replica');
        await expect(client.query(statement)).rejects.toThrow(/append-only/);
      });
    }
  });

  it('who changes any column of an entry is found out there, sealed or not', async () => {
    const changes = {
      at: "at + interval '1 microsecond'",
      agency_id: 'gen_random_uuid()',
      decision_id: 'gen_random_uuid()',
      actor_kind: "'SYSTEM'",
      actor_id: 'gen_random_uuid()',
      role: "'MEDIC'",
      action: "'other'",
      kind: "'READ'",
      subject_type: 'null',
      subject_id: 'gen_random_uuid()',
      details: `'{"n": 1, "i": 1}'`,
      purpose: "'TREATMENT'",
      request_id: "''",
      mac: "sha256('x')",
    };
    await trail.write(officer, 15);
    await trail.seal();
    await trail.write(officer, 14);
    const rows = await entries();
    for (const [at, [column, value]] of Object.entries(changes).entries()) {
      const ids = [rows[at]!.id, rows[at + 15]!.id];
      await tamper(`update audit_entry set ${column} = ${value} where id = any($1)`, [ids]);
    }
    const changed = rows.filter((_, at) => at !== 14);
    expect(await found()).toEqual(changed.map(({ id }, at) => `ENTRY_CHANGED ${at < 14 ? '1' : '-'} ${id}`));
  });

  it('cannot take a key for another', async () => {
    await arrange();
    const other = new AuditKeys([{ id: 'other', secret: randomBytes(32) }]);
    const { findings } = await trail.verify(other);
    expect(findings.filter(({ fault }) => fault === 'ENTRY_UNKNOWN_KEY')).toHaveLength(13);
    expect(findings.filter(({ fault }) => fault === 'BLOCK_CHANGED')).toHaveLength(3);
  });

  it('who removes an entry before anything is sealed is told which, whatever is sealed after, and whoever committed it', async () => {
    await trail.write(officer, 2);
    await trail.seal();
    const other = await trail.beside();
    await trail.write(officer, 3);
    await trail.write(officer, 2, 1, other);
    await trail.db.unitOfWork.run(officer, { name: 'note' }, (tx) => {
      tx.audit({ action: 'undone', subjectType: 'Test', subjectId: officer.id });
      return Promise.resolve(notFound('anything'));
    });
    const broken = { action: 'noted', subjectType: 'Test', subjectId: 'no id' };
    await expect(
      trail.db.unitOfWork.run(officer, { name: 'note' }, (tx) => {
        tx.audit(broken);
        return Promise.resolve({ id: officer.id });
      }),
    ).rejects.toThrow();
    const rows = await entries();
    expect(await trail.verify()).toMatchObject({ findings: [], tally: { entries: 8, waiting: 6 } });
    const gone = [rows[3]!.id, rows[6]!.id].sort();
    await tamper('delete from audit_entry where id = any($1)', [gone]);
    const named = gone.map((id) => `ENTRY_GONE - ${id}`);
    expect((await found()).sort()).toEqual(named);
    await trail.seal();
    expect((await found()).sort()).toEqual(named);
    // What tells of the deed stays, however old.
    await trail.ageJournals();
    await trail.write(officer, 1);
    await trail.seal();
    expect(await trail.journals()).toBe(2);
    expect((await found()).sort()).toEqual(named);
  });

  it('who does nothing finds journals put away once all in them is sealed, and not before', async () => {
    await trail.write(officer, 3);
    await trail.journal();
    await trail.ageJournals();
    await trail.sealer(new AnchorFile(`${trail.anchors.path}-elsewhere`)).seal();
    expect(await trail.journals()).toBe(1);
    await trail.seal();
    expect(await trail.journals()).toBe(0);
    expect(await trail.verify()).toMatchObject({ findings: [], tally: { entries: 3, waiting: 0 } });
  });

  it('who deletes an entry is told which', async () => {
    const rows = await arrange();
    await tamper('delete from audit_entry where id = any($1)', [[rows[0]!.id, rows[7]!.id]]);
    expect(await found()).toEqual([`ENTRY_MISSING 1 ${rows[0]!.id}`, `ENTRY_MISSING 2 ${rows[7]!.id}`]);
  });

  it('who swaps two entries is found out at both', async () => {
    const [a, b] = (await arrange()).slice(5, 7) as [StoredEntry, StoredEntry];
    await tamper(
      `alter table audit_entry alter column position drop identity;
       update audit_entry set position = -1, xid = '${b.xid}' where id = '${a.id}';
       update audit_entry set position = ${a.position}, xid = '${a.xid}' where id = '${b.id}';
       update audit_entry set position = ${b.position} where id = '${a.id}'`,
    );
    expect((await found()).sort()).toEqual([a, b].map(({ id }) => `ENTRY_MOVED 2 ${id}`).sort());
  });

  it('who swaps the facts of two entries is found out at both', async () => {
    const [a, b] = (await arrange()).slice(5, 7) as [StoredEntry, StoredEntry];
    await tamper(`update audit_entry e set subject_id = o.subject_id, mac = o.mac from audit_entry o
      where (e.id, o.id) in (('${a.id}', '${b.id}'), ('${b.id}', '${a.id}'))`);
    expect((await found()).sort()).toEqual([a, b].map(({ id }) => `ENTRY_CHANGED 2 ${id}`).sort());
  });

  it('who slips an entry in, without the key or copied with its code, is found out, sealed or not', async () => {
    const rows = await arrange();
    const columns =
      'decision_id, at, agency_id, actor_kind, actor_id, role, kind, action, subject_type, subject_id, details, key_id, mac';
    const copy = async (id: string, xid: string): Promise<unknown> =>
      tamper(
        `insert into audit_entry (id, xid, ${columns}) select $1, $2::xid8, ${columns} from audit_entry where id = $3`,
        [id, xid, rows[4]!.id],
      );
    const [behind, ahead, old] = [randomUUID(), randomUUID(), randomUUID()];
    await copy(behind, rows[4]!.xid);
    await copy(ahead, rows.at(-1)!.xid);
    await tamper('alter table audit_entry drop constraint audit_entry_signed');
    await tamper(
      `insert into audit_entry (id, xid, ${columns}) select $1, $2::xid8, ${columns.replace('key_id, mac', "'', ''")} from audit_entry where id = $3`,
      [old, rows[4]!.xid, rows[4]!.id],
    );
    expect((await found()).sort()).toEqual(
      [`ENTRY_CHANGED 2 ${behind}`, `ENTRY_CHANGED 2 ${old}`, `ENTRY_CHANGED - ${ahead}`].sort(),
    );
  });

  it('who has stolen the key and slips an entry in behind the horizon is found out', async () => {
    const rows = await arrange();
    await trail.write(officer, 1);
    const [late] = (await entries()).slice(-1) as [StoredEntry];
    await tamper('update audit_entry set xid = $2::xid8 where id = $1', [late.id, rows[4]!.xid]);
    expect(await found()).toEqual([`ENTRY_ADDED 2 ${late.id}`]);
  });

  /** A block made anew over the entries as they are now, signed with `keys`. */
  const rewriteBlock = async (number: number, keys: AuditKeys): Promise<void> => {
    const block = (await blocks())[number - 1]!;
    const inside = (await entries()).filter(
      ({ xid }) => BigInt(xid) >= BigInt(block.xidFrom) && BigInt(xid) < BigInt(block.xidTo),
    );
    const made = blockOver(inside, { ...block, keyId: keys.signingId });
    const hash = blockHash(made);
    await tamper(
      'update audit_block set count = $2, first_id = $3, last_id = $4, leaves = $5, root = $6, hash = $7, mac = $8, key_id = $9 where number = $1',
      [number, made.count, made.firstId, made.lastId, made.leaves, made.root, hash, keys.sign(hash), keys.signingId],
    );
  };

  it('who deletes an entry and makes the block anew without the key is found out at the block', async () => {
    const rows = await arrange();
    await tamper('delete from audit_entry where id = $1', [rows[9]!.id]);
    await rewriteBlock(3, new AuditKeys([{ id: 'test', secret: randomBytes(32) }]));
    expect(await found()).toEqual(['BLOCK_CHANGED 3 -', 'ANCHOR_DIFFERS 3 -']);
  });

  it('who has even stolen the key and makes the block anew is found out by the anchor, and by the next block', async () => {
    const rows = await arrange();
    await tamper('delete from audit_entry where id = $1', [rows[5]!.id]);
    await rewriteBlock(2, trail.db.auditKeys);
    expect(await found()).toEqual(['ANCHOR_DIFFERS 2 -', 'CHAIN_BROKEN 3 -']);
  });

  it('who cuts the end off is found out by the anchors, and nothing is sealed on top', async () => {
    const rows = await arrange();
    await tamper('delete from audit_block where number = 3');
    await tamper('delete from audit_entry where xid >= $1::xid8', [rows[8]!.xid]);
    expect(await found()).toEqual([`ENTRY_GONE - ${rows[12]!.id}`, 'BLOCK_GONE 3 -']);
    await trail.write(officer, 1);
    await expect(trail.sealer().seal()).rejects.toThrow(/anchors know audit block 3/);
  });

  it('who takes a block out, or changes one, is told which', async () => {
    await arrange();
    await tamper("update audit_block set sealed_at = sealed_at - interval '1 microsecond' where number = 1");
    expect(await found()).toEqual(['BLOCK_CHANGED 1 -']);
    await tamper('delete from audit_block where number = 2');
    const rows = await entries();
    expect(await found()).toEqual([
      'BLOCK_CHANGED 1 -',
      'BLOCK_MISSING 2 -',
      'CHAIN_BROKEN 3 -',
      'BLOCK_GONE 2 -',
      ...rows.slice(4, 8).map(({ id }) => `ENTRY_ADDED 3 ${id}`),
    ]);
  });

  it('who can write the anchors too, and cuts or changes them, is told which', async () => {
    await arrange();
    const { path } = trail.anchors;
    const whole = readFileSync(path, 'utf8');
    const firstLine = whole.indexOf('\n') + 1;
    truncateSync(path, firstLine + 20);
    expect(await found()).toEqual(['ANCHOR_MISSING 2 -', 'ANCHOR_MISSING 3 -']);
    writeFileSync(path, whole.replace(/"hash":"[0-9a-f]{4}/, '"hash":"0000'));
    expect(await found()).toEqual(['ANCHOR_DIFFERS 1 -']);
    writeFileSync(path, '');
    expect(await found()).toHaveLength(3);
  });

  it('is not accused of a block whose anchor is on its way', async () => {
    await arrange();
    const copy = new AnchorFile(`${trail.anchors.path}.copy`);
    copyFileSync(trail.anchors.path, copy.path);
    await trail.seal(trail.sealer(copy));
    expect(await found()).toEqual(['ANCHOR_MISSING 4 -']);
    const verdict = trail.verify(trail.db.auditKeys, trail.anchors, 60_000);
    await trail.sealer().seal();
    expect((await verdict).findings).toEqual([]);
  });

  it('does not make the sealer anchor a block that was changed before it had its anchor', async () => {
    await arrange();
    const copy = new AnchorFile(`${trail.anchors.path}.copy`);
    copyFileSync(trail.anchors.path, copy.path);
    await trail.seal();
    await rewriteBlock(4, new AuditKeys([{ id: 'test', secret: randomBytes(32) }]));
    await expect(trail.sealer(copy).seal()).rejects.toThrow(/block 4 does not follow/);
  });
});
