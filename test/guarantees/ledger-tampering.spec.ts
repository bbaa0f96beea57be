import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { SEALED_CONSENTS } from '../../src/consent';
import { adoptUnnamed } from '../../src/platform/audit/adoption';
import { AuditWriter } from '../../src/platform/audit/audit-writer';
import { withClient } from '../../src/platform/database/embedded/client';
import { ReleaseLog } from '../../src/platform/disclosure/release-log';
import { asOwner, buildActor } from '../builders/agencies';
import { TestTrail } from '../setup/audit-trail';

describe('a database administrator at the disclosure ledger', () => {
  let trail: TestTrail;
  let officer: Actor;
  beforeEach(async () => {
    trail = await TestTrail.open();
    officer = await buildActor(trail.db.database, 'LAW_ENFORCEMENT', 'OFFICER');
  });
  afterEach(() => trail.close());

  /** With every trigger off, as nobody but an administrator can. */
  const tamper = (text: string, values: unknown[] = []): Promise<unknown> =>
    withClient(trail.db.database.ownerUrl, async (client) => {
      for (const table of ['audit_entry', 'disclosure']) {
        await client.query(`alter table ${table} disable trigger user`);
      }
      await client.query(text, values);
    });

  interface Line {
    readonly id: string;
    readonly entry: string;
  }
  /** Four disclosures, and a reading of the agency’s own words, which is none. */
  const arrangeLedger = async (): Promise<Line[]> => {
    const other = await buildActor(trail.db.database, 'HOSPITAL', 'HOSPITAL_STAFF');
    const releases = new ReleaseLog(new AuditWriter(trail.db.auditKeys, trail.db.journal));
    for (const fromAgencyId of [...Array<string>(4).fill(other.agencyId), officer.agencyId]) {
      const what = { Referral: { ids: [randomUUID()], fields: ['person'], classes: ['IDENTITY' as const] } };
      const about = { subjectType: 'Person', subjectId: randomUUID(), fromAgencyId, what };
      const told = [{ ...about, consents: ['OUTCOME_TO_SENDER' as const], isPart2: false }];
      const leaving = { actor: officer, way: 'GRAPHQL', action: 'referral', requestId: 'r', told } as const;
      await trail.db.unitOfWork.operation(officer).endWith(releases.account(leaving));
    }
    await trail.seal();
    return asOwner<Line>(
      trail.db.database,
      `select d.id, e.id as entry from disclosure d join audit_entry e on e.details -> 'disclosure' ->> 'id' = d.id::text
       order by d.at, d.id`,
    );
  };
  const found = async (): Promise<string[]> =>
    (await trail.verify()).findings.map(
      ({ fault, disclosureId, entryId }) => `${fault} ${disclosureId ?? '-'} ${entryId ?? '-'}`,
    );

  it('who does nothing leaves it whole', async () => {
    expect(await arrangeLedger()).toHaveLength(4);
    expect(await trail.verify()).toMatchObject({ findings: [], tally: { entries: 5, disclosures: 4 } });
  });

  it('cannot change or remove a line without switching a trigger off, not even as a replica', async () => {
    await arrangeLedger();
    for (const statement of ["update disclosure set way = 'EXPORT'", 'delete from disclosure', 'truncate disclosure']) {
      await withClient(trail.db.database.ownerUrl, async (client) => {
        await client.query('set session_replication_role = replica');
        await expect(client.query(statement)).rejects.toThrow(/append-only/);
      });
    }
  });

  it('who changes any column of a line is found out there', async () => {
    const lines = await arrangeLedger();
    const changes = {
      at: "at + interval '1 microsecond'",
      way: "'EXPORT'",
      subject_type: "'Referral'",
      subject_id: 'gen_random_uuid()',
      from_agency_id: 'to_agency_id',
      to_agency_id: 'from_agency_id',
      actor_kind: "'SYSTEM'",
      actor_id: 'gen_random_uuid()',
      role: "'MEDIC'",
      purpose: "'RESEARCH'",
      what: "'{}'",
      consents: "'{}'",
      is_part2: 'true',
      notice_version: "'other'",
      request_id: 'null',
    };
    const columns = await asOwner<{ name: string }>(
      trail.db.database,
      "select column_name as name from information_schema.columns where table_name = 'disclosure' and column_name <> 'id'",
    );
    expect(columns.map(({ name }) => name).sort()).toEqual(Object.keys(changes).sort());
    for (const [column, value] of Object.entries(changes)) {
      await tamper(`create table kept as select * from disclosure where id = '${lines[1]!.id}';
        update disclosure set ${column} = ${value} where id = '${lines[1]!.id}'`);
      expect([column, await found()]).toEqual([column, [`DISCLOSURE_CHANGED ${lines[1]!.id} ${lines[1]!.entry}`]]);
      await tamper(
        `delete from disclosure where id = '${lines[1]!.id}'; insert into disclosure select * from kept; drop table kept`,
      );
    }
    expect(await found()).toEqual([]);
  });

  it('who deletes a line, or adds one, is told which', async () => {
    const lines = await arrangeLedger();
    await tamper('delete from disclosure where id = $1', [lines[2]!.id]);
    const added = randomUUID();
    await tamper(
      `insert into disclosure select (jsonb_populate_record(null::disclosure, to_jsonb(d) || jsonb_build_object('id', $1::uuid))).*
       from disclosure d where id = $2`,
      [added, lines[3]!.id],
    );
    expect((await found()).sort()).toEqual([
      `DISCLOSURE_ADDED ${added} -`,
      `DISCLOSURE_MISSING ${lines[2]!.id} ${lines[2]!.entry}`,
    ]);
  });

  it('who adds a line dated before all others is told which, until the operator takes in what was there before', async () => {
    const [line] = await arrangeLedger();
    const added = randomUUID();
    await tamper(
      `insert into disclosure select (jsonb_populate_record(null::disclosure, to_jsonb(d) ||
         jsonb_build_object('id', $1::uuid, 'at', d.at - interval '5 years'))).* from disclosure d where id = $2`,
      [added, line!.id],
    );
    expect(await found()).toEqual([`DISCLOSURE_ADDED ${added} -`]);
    expect(await adoptUnnamed(trail.db.unitOfWork, SEALED_CONSENTS)).toBe(1);
    expect(await adoptUnnamed(trail.db.unitOfWork, SEALED_CONSENTS)).toBe(0);
    expect(await found()).toEqual([]);
    const [entry] = await asOwner<{ id: string }>(
      trail.db.database,
      "select id from audit_entry where action = 'trail.adopted'",
    );
    await tamper("update disclosure set way = 'EXPORT' where id = $1", [added]);
    expect(await found()).toEqual([`DISCLOSURE_CHANGED ${added} ${entry!.id}`]);
  });

  it('who makes nonsense of what an entry names does not stop the verifier', async () => {
    const lines = await arrangeLedger();
    for (const seals of ['7', '[7]', '{}', '[{"table": "consent"}]', '[{"table": "disclosure", "id": "x"}]']) {
      await tamper("update audit_entry set details = details || jsonb_build_object('seals', $2::jsonb) where id = $1", [
        lines[0]!.entry,
        seals,
      ]);
      expect(await found()).toContain(`ENTRY_CHANGED - ${lines[0]!.entry}`);
    }
  });

  it('who changes the entry along with the line is found out at the entry', async () => {
    const lines = await arrangeLedger();
    await tamper('delete from disclosure where id = $1', [lines[0]!.id]);
    await tamper("update audit_entry set details = details - 'disclosure' where id = $1", [lines[0]!.entry]);
    expect(await found()).toEqual([`ENTRY_CHANGED - ${lines[0]!.entry}`]);
  });
});
