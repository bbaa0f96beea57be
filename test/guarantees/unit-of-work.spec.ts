import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Actor } from '../../src/access';
import { isRefusal, Refusal } from '../../src/kernel/refusal';
import { SignedOut, Unavailable } from '../../src/platform/database/failures';
import type { Reader } from '../../src/platform/database/reader';
import { sql } from '../../src/platform/database/statement';
import { NO_AGENCY } from '../../src/platform/database/system-actor';
import type { Tx } from '../../src/platform/database/tx';
import { brokenCommits } from '../../src/platform/health/metrics';
import { withClient } from '../../src/platform/database/embedded/client';
import { TestUnitOfWork } from '../setup/unit-of-work';

const addPerson = sql('insert into person (id, given_name) values ($1, $2)');
const addParty = sql("insert into person_party (agency_id, person_id, basis) values ($1, $2, 'INTAKE')");
const seePeople = sql<{ id: string }>('select id from person');
const divide = sql('select 1 / $1::int as part');

describe('the unit of work', () => {
  let db: TestUnitOfWork;
  let police: Actor;
  let clinic: Actor;

  const owner = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    withClient(db.database.ownerUrl, async (client) => (await client.query(text, values)).rows as Row[]);
  const count = async (table: string): Promise<number> =>
    Number((await owner<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n);

  const buildActor = async (kind: Actor['agencyKind'], role: Actor['role']): Promise<Actor> => {
    const agencyId = randomUUID();
    const id = randomUUID();
    const membershipId = randomUUID();
    await owner('insert into agency (id, name, kind, state) values ($1, $2, $3, $4)', [agencyId, kind, kind, 'OH']);
    await owner(
      "insert into account (id, kind, issuer, subject, display_name) values ($1, 'STAFF', 'test', $2, 'A user')",
      [id, id],
    );
    await owner('insert into membership (id, account_id, agency_id, role) values ($1, $2, $3, $4)', [
      membershipId,
      id,
      agencyId,
      role,
    ]);
    return { kind: 'STAFF', id, membershipId, agencyId, agencyKind: kind, role, scopes: null };
  };

  const takeIn = async (tx: Tx, id: string = randomUUID()) => {
    await tx.query(addPerson, [id, 'Sample']);
    await tx.query(addParty, [tx.actor.agencyId, id]);
    tx.audit({ action: 'person.taken-in', subjectType: 'Person', subjectId: id });
    tx.emit({ name: 'person.taken-in', subjectType: 'Person', subjectId: id });
    return { id };
  };

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    police = await buildActor('LAW_ENFORCEMENT', 'OFFICER');
    clinic = await buildActor('TREATMENT_PROVIDER', 'PROVIDER_STAFF');
  });
  afterAll(() => db.close());

  it('commits effect, audit, event and job together', async () => {
    const before = [
      await count('person'),
      await count('audit_entry'),
      await count('outbox_event'),
      await count('pgboss.job'),
    ];
    const result = await db.unitOfWork.run(police, { name: 'takeIn' }, (tx) => takeIn(tx));
    expect(isRefusal(result)).toBe(false);
    const after = [
      await count('person'),
      await count('audit_entry'),
      await count('outbox_event'),
      await count('pgboss.job'),
    ];
    expect(after.map((n, i) => n - (before[i] ?? 0))).toEqual([1, 1, 1, 1]);
  });

  it('rolls everything back when a refusal is returned, and says so in the audit trail', async () => {
    const done = "(select from audit_entry where kind = 'COMMAND') as done";
    const refused = "(select from audit_entry where kind = 'REFUSAL' and refusal = 'NO_CAPACITY') as refused";
    const before = [await count('person'), await count(done), await count('pgboss.job')];
    const result = await db.unitOfWork.run(police, { name: 'takeIn', key: 'refused-key' }, async (tx) => {
      await takeIn(tx);
      return new Refusal('NO_CAPACITY', 'No place is left.');
    });
    expect(isRefusal(result) && result.code).toBe('NO_CAPACITY');
    expect([await count('person'), await count(done), await count('pgboss.job')]).toEqual(before);
    expect(await count(refused)).toBe(1);
    expect(await count('idempotency_key')).toBe(0);
  });

  it('refuses to commit a command without an audit entry', async () => {
    await expect(
      db.unitOfWork.run(police, { name: 'silent' }, (tx) => Promise.resolve({ id: tx.actor.id })),
    ).rejects.toThrow(/audit/);
  });

  it('writes what follows under Handrail’s name where it may be known, in the same decision', async () => {
    const subjectId = randomUUID();
    const note = (action: string) => ({ action, subjectType: 'Referral', subjectId });
    await db.unitOfWork.run(police, { name: 'ask' }, (tx) => {
      tx.audit(note('referral.cancel-asked'));
      const behind = tx.asSystem().inTrailOf(clinic.agencyId);
      behind.audit(note('referral.cancelled'));
      behind.inTrailOf(null).audit(note('hold.released'));
      return Promise.resolve({ id: subjectId });
    });
    const entries = await owner(
      `select action, agency_id, actor_kind, actor_id = $2 as is_own from audit_entry where subject_id = $1 order by position`,
      [subjectId, police.id],
    );
    expect(entries).toEqual([
      { action: 'referral.cancel-asked', agency_id: police.agencyId, actor_kind: 'STAFF', is_own: true },
      { action: 'referral.cancelled', agency_id: clinic.agencyId, actor_kind: 'SYSTEM', is_own: false },
      { action: 'hold.released', agency_id: NO_AGENCY, actor_kind: 'SYSTEM', is_own: false },
    ]);
    const [decisions] = await owner<{ n: string }>(
      'select count(distinct decision_id) as n from audit_entry where subject_id = $1',
      [subjectId],
    );
    expect(Number(decisions?.n)).toBe(1);
  });

  it('refuses to commit a command of which only consequences are on the trail', async () => {
    const silent = db.unitOfWork.run(police, { name: 'silent' }, (tx) => {
      tx.asSystem().inTrailOf(null).audit({ action: 'noted', subjectType: 'Test', subjectId: police.id });
      return Promise.resolve({ id: police.id });
    });
    await expect(silent).rejects.toThrow(/audit/);
  });

  it('refuses to nest', async () => {
    const nested = db.unitOfWork.run(police, { name: 'outer' }, () =>
      db.unitOfWork.run(police, { name: 'inner' }, (tx) => takeIn(tx)),
    );
    await expect(nested).rejects.toThrow(/nested/);
  });

  it('shows a row to nobody but the agencies the database names', async () => {
    const { id } = (await db.unitOfWork.run(police, { name: 'takeIn' }, (tx) => takeIn(tx))) as { id: string };
    const ids = async (actor: Actor) => (await db.unitOfWork.reader(actor).query(seePeople)).map((row) => row.id);
    expect(await ids(police)).toContain(id);
    expect(await ids(clinic)).toEqual([]);
  });

  it('raises when no context was entered', async () => {
    await withClient(db.database.appUrl, async (client) => {
      await client.query('set role handrail_app');
      await expect(client.query('select * from agency')).rejects.toThrow(/no access context/);
      await expect(client.query('select * from person')).rejects.toThrow(/no access context/);
    });
  });

  it('cannot write with a reader', async () => {
    await expect(db.unitOfWork.reader(police).query(addPerson, [randomUUID(), 'x'])).rejects.toThrow(/read-only/);
  });

  it('asks for the same again where a reading that was given up broke it at its end', async () => {
    const readBack = (reader: Reader) => reader.query(divide, [0]).catch(() => []);
    const told = (tx: Tx) => {
      tx.audit({ action: 'told', subjectType: 'Person', subjectId: police.id });
      return Promise.resolve({ id: police.id });
    };
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await expect(db.unitOfWork.run(police, { name: 'giveUp', readBack }, told)).rejects.toBeInstanceOf(Unavailable);
    expect((await brokenCommits.get()).values).toContainEqual({ labels: { operation: 'giveUp' }, value: 1 });
    const fault: unknown = expect.objectContaining({ code: '22012' });
    expect(warned).toHaveBeenCalledWith(expect.objectContaining({ operation: 'giveUp', fault }));
    warned.mockRestore();
  });

  it('leaves no connection unusable after a failed statement', async () => {
    for (let i = 0; i < 30; i++) {
      await expect(db.unitOfWork.reader(police).query(divide, [0])).rejects.toThrow(/division/);
    }
    expect(await db.unitOfWork.reader(police).query(divide, [1])).toEqual([{ part: 1 }]);
  });

  it('answers many readers at once, each in its own context', async () => {
    const reads = Array.from({ length: 200 }, (_, i) => db.unitOfWork.reader(i % 2 ? police : clinic).query(seePeople));
    const seen = (await Promise.all(reads)).map((rows) => rows.length);
    expect(new Set(seen.filter((_, i) => i % 2 === 0))).toEqual(new Set([0]));
    expect(Math.min(...seen.filter((_, i) => i % 2 === 1))).toBeGreaterThan(0);
  });

  it('answers the same key and body once, with the same answer', async () => {
    const before = await count('person');
    const command = { name: 'takeIn', key: 'one-and-only', input: { b: 1, a: [new Date(0)] } };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => db.unitOfWork.run(police, command, (tx) => takeIn(tx))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count('person')).toBe(before + 1);
    const other = await db.unitOfWork.run(police, { ...command, input: { a: 2 } }, (tx) => takeIn(tx));
    expect(isRefusal(other) && other.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const stranger = await db.unitOfWork.run(clinic, command, (tx) => takeIn(tx));
    expect(isRefusal(stranger)).toBe(false);
  });

  it('runs the whole command again after a deadlock', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    for (const id of [a, b]) await db.unitOfWork.run(police, { name: 'takeIn' }, (tx) => takeIn(tx, id));
    const lock = sql('select 1 from person where id = $1 for update');
    const both = (first: string, second: string) =>
      db.unitOfWork.run(police, { name: 'lockBoth' }, async (tx) => {
        await tx.query(lock, [first]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await tx.query(lock, [second]);
        tx.audit({ action: 'locked', subjectType: 'Person', subjectId: first });
        return { id: first };
      });
    const results = await Promise.all([both(a, b), both(b, a)]);
    expect(results).toEqual([{ id: a }, { id: b }]);
  });

  it('puts a member out with the statement after the membership ended', async () => {
    const leaver = await buildActor('LAW_ENFORCEMENT', 'OFFICER');
    await db.unitOfWork.reader(leaver).query(seePeople);
    await owner('update membership set ended_at = now() where id = $1', [leaver.membershipId]);
    await expect(db.unitOfWork.reader(leaver).query(seePeople)).rejects.toBeInstanceOf(SignedOut);
    await expect(db.unitOfWork.run(leaver, { name: 'takeIn' }, (tx) => takeIn(tx))).rejects.toBeInstanceOf(SignedOut);
  });

  it('signs in by issuer, subject, agency and role together', async () => {
    const [account] = await owner<{ subject: string }>('select subject from account where id = $1', [police.id]);
    const { unitOfWork } = db;
    expect(await unitOfWork.signIn('test', account?.subject ?? '', police.agencyId, 'OFFICER')).toEqual(police);
    expect(await unitOfWork.signIn('test', account?.subject ?? '', police.agencyId, 'PRIVACY_OFFICER')).toBeNull();
    expect(await unitOfWork.signIn('test', account?.subject ?? '', clinic.agencyId, 'OFFICER')).toBeNull();
    expect(await unitOfWork.signIn('other', account?.subject ?? '', police.agencyId, 'OFFICER')).toBeNull();
  });

  it('tells the database’s time, moved by the test’s clock', async () => {
    const times: Date[] = [];
    const note = async (tx: Tx) => {
      times.push(tx.asOf);
      return takeIn(tx);
    };
    await db.unitOfWork.run(police, { name: 'now' }, note);
    db.clock.advance(90);
    await db.unitOfWork.run(police, { name: 'later' }, note);
    const minutes = ((times[1]?.getTime() ?? 0) - (times[0]?.getTime() ?? 0)) / 60_000;
    expect(Math.round(minutes)).toBe(90);
  });
});
