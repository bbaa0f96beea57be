import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { SEALED_CONSENT, SEALED_CONSENTS, SEALED_REVOCATION } from '../../src/consent';
import { AnchorFile } from '../../src/platform/audit/anchor-file';
import { AuditKeys } from '../../src/platform/audit/audit-keys';
import { adoptUnnamed } from '../../src/platform/audit/adoption';
import { TrailVerifier } from '../../src/platform/audit/verify-trail';
import { withClient } from '../../src/platform/database/embedded/client';
import { wallsOfThisProgram } from '../../src/platform/database/wall-catalogue';
import { withTrail } from '../../src/platform/database/trail-source';
import { byHospital, byOfficer, forTreatment, identityToCoordinator, Region } from '../stories/region';

const REVOKE = `mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { ... on Consent { id } ... on Refused { code } } }`;
const REVOKE_ALL = `mutation ($input: RevokePersonConsentsInput!, $key: String) { revokePersonConsents(input: $input, idempotencyKey: $key) {
  ... on Person { id } ... on Refused { code } } }`;
interface Told {
  readonly person: { readonly id: string };
  readonly consents: readonly { readonly id: string }[];
}
const CONSENTS = 'query ($id: ID!) { referral(id: $id) { person { id } consents { id } } }';

/** Consents as the application records and ends them; their entries wait to be sealed, which changes nothing of what they vouch for. */
describe('a database administrator at the consents', () => {
  let region: Region;
  /** Whole; taken back in part; taken back. */
  let kept: string;
  let halved: string;
  let revoked: string;
  beforeAll(async () => {
    region = await Region.open();
    const sign = async (user: 'hospital' | 'officer', consent: object): Promise<string> => {
      const submission = user === 'hospital' ? byHospital : byOfficer;
      const id = await region.refer(user, { ...submission, consents: [consent] });
      const { data } = await region.client.ask<{ referral: { consents: { id: string }[] } }>(user, CONSENTS, { id });
      return data?.referral.consents[0]?.id ?? '';
    };
    const revoke = (user: 'hospital' | 'officer', input: object) =>
      region.client.ask(user, REVOKE, { input: { method: 'ORAL', ...input } });
    kept = await sign('officer', identityToCoordinator);
    halved = await sign('hospital', forTreatment);
    await revoke('hospital', { consentId: halved, scopes: ['IDENTITY_BEFORE_ACCEPTANCE'] });
    revoked = await sign('officer', identityToCoordinator);
    await revoke('officer', { consentId: revoked });
  });
  afterAll(() => region.close());

  /** With every trigger off, as nobody but an administrator can. */
  const tamper = (...texts: string[]): Promise<void> =>
    withClient(region.app.database.ownerUrl, async (client) => {
      for (const table of ['consent', 'consent_revocation', 'audit_entry']) {
        await client.query(`alter table ${table} disable trigger all`);
      }
      for (const text of texts) await client.query(text);
    });
  const found = (): Promise<string[]> => {
    const anchors = new AnchorFile(join(tmpdir(), 'handrail-no-anchors-of-consents'));
    const { appUrl, commandUrl: databaseUrl } = region.app.database;
    const walls = wallsOfThisProgram();
    const place = { appUrl, databaseUrl, anchors, walls, sealed: SEALED_CONSENTS, anchorWaitMs: 0 };
    return withTrail(place, async (trail) => {
      const findings: string[] = [];
      const verifier = new TrailVerifier(region.app.app.get(AuditKeys), trail);
      for await (const { fault, consentId, wall } of verifier.findings()) {
        if (wall === undefined) findings.push(`${fault} ${consentId}`);
      }
      expect(verifier.tally.consents).toBeGreaterThan(0);
      return findings;
    });
  };
  /** What is found while a change stands that is undone again. */
  const whileChanged = async (table: string, change: string, where: string): Promise<string[]> => {
    await tamper(`create table kept as select * from ${table} where ${where}`, change);
    const findings = await found();
    await tamper(`delete from ${table} where ${where}`, `insert into ${table} select * from kept`, 'drop table kept');
    return findings;
  };

  it('who does nothing leaves them whole, also after a new key for what is encrypted', async () => {
    expect(await found()).toEqual([]);
    await tamper(`update consent set recipient_name_sealed = '\\x00' where recipient_name_sealed is not null`);
    expect(await found()).toEqual([]);
  });

  it('who makes a revoked consent whole again is told which', async () => {
    const changes = [
      'revoked_at = null, in_force = permits',
      'revoked_at = null',
      'in_force = permits',
      "expires_at = expires_at + interval '1 year'",
    ];
    for (const change of changes) {
      const text = `update consent set ${change} where id = '${revoked}'`;
      expect([change, await whileChanged('consent', text, `id = '${revoked}'`)]).toEqual([
        change,
        [`CONSENT_CHANGED ${revoked}`],
      ]);
    }
    const half = `update consent set in_force = permits where id = '${halved}'`;
    expect(await whileChanged('consent', half, `id = '${halved}'`)).toEqual([`CONSENT_CHANGED ${halved}`]);
  });

  /** Holds a consent while somebody begins who has to wait for it, does something meanwhile and lets go; ends when they are through. */
  const whileHeld = async (
    id: string,
    begins: () => Promise<unknown>,
    meanwhile: (holder: Client) => Promise<unknown>,
  ): Promise<void> => {
    const waiters: Promise<unknown>[] = [];
    await withClient(region.app.database.ownerUrl, async (holder) => {
      await holder.query('begin');
      await holder.query('select from consent where id = $1 for update', [id]);
      let isThrough = false;
      waiters.push(begins().finally(() => (isThrough = true)));
      const blocked = 'select from pg_locks where pg_backend_pid() = any(pg_blocking_pids(pid))';
      while (!isThrough && (await holder.query(blocked)).rowCount === 0) await pause(10);
      await meanwhile(holder);
      await holder.query('commit');
    });
    await Promise.all(waiters);
  };

  it('where a revocation waited for another one, the later of the two says what is left', async () => {
    const consents = [identityToCoordinator, forTreatment];
    const referralId = await region.refer('hospital', { ...byHospital, consents });
    const { data } = await region.client.ask<{ referral: Told }>('hospital', CONSENTS, { id: referralId });
    const personId = data!.referral.person.id;
    // Locked in the order of their ids: whoever takes all back waits at the first, their transaction begun.
    const [first, second] = data!.referral.consents.map(({ id }) => id).sort() as [string, string];
    const all = { input: { personId, method: 'ORAL' }, key: randomUUID() };
    const part = { consentId: second, method: 'ORAL', scopes: ['IDENTITY_BEFORE_ACCEPTANCE'] };
    const stored = () =>
      region.app.owner<{ left: string; revoked: boolean }>(
        'select in_force::text as left, revoked_at is not null as revoked from consent where id = $1',
        [second],
      );
    let halved: { left: string; revoked: boolean }[] = [];
    await whileHeld(
      first,
      () => region.client.ask('hospital', REVOKE_ALL, all),
      async () => {
        await region.client.ask('hospital', REVOKE, { input: part });
        halved = await stored();
      },
    );
    expect([halved, await stored()]).toEqual([
      [{ left: expect.not.stringMatching(/^[{]}$/), revoked: false }],
      [{ left: '{}', revoked: true }],
    ]);
    expect(await found()).toEqual([]);
    const back = `update consent set in_force = '${halved[0]!.left}', revoked_at = null where id = '${second}'`;
    expect(await whileChanged('consent', back, `id = '${second}'`)).toEqual([`CONSENT_CHANGED ${second}`]);
  });

  it('who takes one from before into the trail names it as it is after a revocation under way', async () => {
    const before = randomUUID();
    await tamper(`insert into consent select (jsonb_populate_record(null::consent, to_jsonb(c) || '{"id": "${before}"}')).*
      from consent c where c.id = '${kept}'`);
    await whileHeld(
      before,
      () => adoptUnnamed(region.app.unitOfWork, SEALED_CONSENTS),
      (holder) => holder.query("update consent set in_force = '{}', revoked_at = now() where id = $1", [before]),
    );
    expect(await found()).toEqual([]);
  });

  it.each([SEALED_CONSENT, SEALED_REVOCATION])(
    'who changes any column of $table is told which',
    async ({ table, columns }) => {
      const all = await region.app.owner<{ name: string; type: string }>(
        'select column_name as name, data_type as type from information_schema.columns where table_name = $1 order by 1',
        [table],
      );
      // When it was noted stands in its entry; who was told when it ended proves nothing.
      const sealed = all.filter(({ name }) => !['created_at', 'expiry_told_at'].includes(name));
      expect(sealed.map(({ name }) => name)).toEqual(columns.map(({ column }) => column).sort());
      const [id, key] = table === 'consent' ? [revoked, 'id'] : [revoked, 'consent_id'];
      const other: Record<string, (column: string) => string> = {
        uuid: () => 'gen_random_uuid()',
        boolean: (column) => `not ${column}`,
        ARRAY: (column) => `${column} || 'X'::text`,
        bytea: (column) => `case when ${column} is null then '\\x00'::bytea end`,
        'timestamp with time zone': (column) => `coalesce(${column} + interval '1 millisecond', now())`,
        text: (column) => `case when ${column} is null then 'X' else ${column} || 'X' end`,
      };
      const checks = await region.app.owner<{ name: string }>(
        "select conname as name from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f')",
        [table],
      );
      await tamper(...checks.map(({ name }) => `alter table ${table} drop constraint "${name}"`));
      for (const { name, type } of sealed.filter((column) => column.name !== 'id' && column.name !== key)) {
        const text = `update ${table} set ${name} = ${other[type]?.(name) ?? 'null'} where ${key} = '${id}'`;
        expect([name, await whileChanged(table, text, `${key} = '${id}'`)]).toEqual([name, [`CONSENT_CHANGED ${id}`]]);
      }
      expect(await found()).toEqual([]);
    },
  );

  it('who removes or adds one, or a revocation, is told of which consent', async () => {
    const gone = `delete from consent where id = '${kept}'`;
    expect(await whileChanged('consent', gone, `id = '${kept}'`)).toEqual([`CONSENT_MISSING ${kept}`]);
    const undone = `delete from consent_revocation where consent_id = '${revoked}'`;
    const of = `consent_id = '${revoked}'`;
    expect(await whileChanged('consent_revocation', undone, of)).toEqual([`CONSENT_MISSING ${revoked}`]);
    const added = '00000000-0000-4000-8000-000000000001';
    await tamper(`insert into consent select (jsonb_populate_record(null::consent, to_jsonb(c) || '{"id": "${added}"}')).*
      from consent c where c.id = '${kept}'`);
    expect(await found()).toEqual([`CONSENT_ADDED ${added}`]);
  });
});
