import { setTimeout as pause } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { SealIdentifiers1764000000301 } from '../../migrations/1764000000301-seal-identifiers';
import type { Actor } from '../../src/access';
import { PeopleStore } from '../../src/people/people.store';
import { newId } from '../../src/platform/database/new-id';
import { NO_AGENCY } from '../../src/platform/database/system-actor';
import { Backlog } from '../../src/platform/encryption/backlog';
import { DataKeys } from '../../src/platform/encryption/data-keys';
import { FieldCipher } from '../../src/platform/encryption/field-cipher';
import { KeyRing, type KeyPurpose } from '../../src/platform/encryption/key-ring';
import { SealedColumnsStore } from '../../src/platform/encryption/sealed-columns.store';
import { findSealedField } from '../../src/platform/encryption/sealed-field';
import { Tasks } from '../../src/platform/jobs/tasks';
import { buildActor } from '../builders/agencies';
import { openApp, type TestApp } from '../setup/app';

const ROWS = 450;
const CLIENTS = 4;

describe('rotating the keys of sealed fields', () => {
  let app: TestApp;
  let officer: Actor;
  let store: PeopleStore;
  /** What every acknowledged write said. */
  const written = new Map<string, string>();

  beforeAll(async () => {
    app = await openApp();
    officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    store = app.app.get(PeopleStore, { strict: false });
    for (let number = 0; number < ROWS; number += 50) await write(number, 50);
  });
  afterAll(() => app.close());

  const phoneOf = (number: number): string => `740-555-${String(number).padStart(4, '0')}`;
  const write = async (from: number, count: number): Promise<void> => {
    const ids: [string, string][] = [];
    await app.unitOfWork.run(officer, { name: 'takeIn' }, (tx) => {
      for (let number = from; number < from + count; number++) {
        const phone = phoneOf(number);
        const id = store.insertPerson(tx, {
          ...{ givenName: null, familyName: null, birthDate: null, sex: null, race: null, language: 'en' },
          phone,
        });
        store.takeIn(tx, officer.agencyId, id);
        ids.push([id, phone]);
      }
      tx.audit({ action: 'taken-in', subjectType: 'Test', subjectId: officer.id });
      return Promise.resolve({ id: officer.id });
    });
    for (const [id, phone] of ids) written.set(id, phone);
  };
  const under = async (purpose: KeyPurpose): Promise<Record<string, number>> => {
    const part = purpose === 'FIELD' ? 'substring(phone_sealed from 2 for 16)' : 'substring(phone_index from 1 for 16)';
    const rows = await app.owner<{ key: string; rows: number }>(
      `select encode(${part}, 'hex')::uuid as key, count(*)::int as rows from person group by 1`,
    );
    return Object.fromEntries(rows.map(({ key, rows: count }) => [key, count]));
  };
  const currentKey = (purpose: KeyPurpose): string => app.app.get(KeyRing).current(purpose).id;
  const isRetired = async (id: string): Promise<boolean> =>
    (await app.app.get(DataKeys).rows()).find((row) => row.id === id)?.isRetired ?? false;
  const readAll = async (): Promise<void> => {
    const rows = await store.personsById(app.unitOfWork.reader(officer), [...written.keys()]);
    expect(Object.fromEntries(rows.map(({ id, phone }) => [id, phone]))).toEqual(Object.fromEntries(written));
  };

  /** One client, reading what it knows and writing more, until told to stop. Returns how much it did. */
  const client = async (number: number, isOver: () => boolean): Promise<number> => {
    let done = 0;
    while (!isOver()) {
      const known = [...written];
      const some = known.slice((done * 37) % known.length).slice(0, 40);
      const rows = await store.personsById(
        app.unitOfWork.reader(officer),
        some.map(([id]) => id),
      );
      for (const { id, phone } of rows) if (phone !== written.get(id)) throw new Error('a read failed');
      const [one] = some;
      if (one && !(await store.idsByPhone(app.unitOfWork.reader(officer), one[1])).includes(one[0])) {
        throw new Error('a look-up failed');
      }
      await write(5_000 + number * 1_000 + (done % 1_000), 1);
      done++;
      // Closer together they write more than the sweep moves on a slow machine.
      await pause(40);
    }
    return done;
  };

  it.each<KeyPurpose>(['FIELD', 'INDEX'])(
    'of purpose %s goes on under readers and writers, and retires the old one last',
    async (purpose) => {
      const old = currentKey(purpose);
      let isOver = false;
      const clients = Array.from({ length: CLIENTS }, (_, number) => client(number, () => isOver));
      const all = Promise.all(clients);
      all.catch(() => undefined);
      const next = await app.app.get(DataKeys).rotate(purpose);
      await app.app.get(KeyRing).refresh();
      expect(currentKey(purpose)).toBe(old); // read with at once, written with only when every process holds it
      app.clock.advance(3);
      await app.app.get(Tasks).sweep();
      expect(currentKey(purpose)).toBe(next);
      expect(await isRetired(old)).toBe(false);
      await app.app.get(Tasks).sweep();
      isOver = true;
      const done = await all;
      expect(Math.min(...done)).toBeGreaterThan(0);
      app.clock.advance(5);
      await app.app.get(Tasks).sweep();
      expect(await isRetired(old)).toBe(true);
      expect(await under(purpose)).toEqual({ [next]: written.size });
      await readAll();
      for (const [id, phone] of [...written].slice(0, 20)) {
        expect(await store.idsByPhone(app.unitOfWork.reader(officer), phone)).toContain(id);
      }
    },
  );

  it('never retires a key that something on file still needs', async () => {
    const old = currentKey('FIELD');
    const [stuck] = [...written.keys()];
    await app.owner(
      'update person set phone_sealed = set_byte(phone_sealed, 40, get_byte(phone_sealed, 40) # 1) where id = $1',
      [stuck],
    );
    await app.app.get(DataKeys).rotate('FIELD');
    app.clock.advance(10);
    await app.app.get(Tasks).sweep();
    await app.app.get(Tasks).sweep();
    expect((await under('FIELD'))[old]).toBe(1);
    expect(await isRetired(old)).toBe(false);
  });

  it('leaves a value alone that somebody wrote after it was read for moving', async () => {
    const [, id = ''] = [...written.keys()];
    const field = findSealedField('person', 'phone');
    if (!field) throw new Error('person.phone is not declared as sealed');
    const fields = app.app.get(FieldCipher);
    const [read] = await app.owner<{ was: Buffer }>('select phone_sealed as was from person where id = $1', [id]);
    const corrected = fields.seal(field, id, '740-555-9999');
    await app.owner('update person set phone_sealed = $2 where id = $1', [id, corrected]);
    const moved = { id, was: read?.was ?? Buffer.of(), sealed: fields.seal(field, id, phoneOf(1)), index: null };
    let count = -1;
    await app.unitOfWork.runAsSystem(NO_AGENCY, { name: 'reEncrypt', isHousekeeping: true }, async (tx) => {
      count = await new SealedColumnsStore().replace(tx, field, [moved]);
      return { id };
    });
    expect(count).toBe(0);
    const [row] = await store.personsById(app.unitOfWork.reader(officer), [id]);
    expect(row?.phone).toBe('740-555-9999');
  });

  it('is on the audit trail, and names no secret there', async () => {
    const trail = await app.owner<{ action: string; details: object }>(
      "select action, details from audit_entry where subject_type = 'DataKey' order by at",
    );
    expect(new Set(trail.map(({ action }) => action))).toEqual(new Set(['data-key.made', 'data-key.retired']));
    for (const { details } of trail) expect(Object.keys(details).sort()).toEqual(['kekId', 'purpose']);
  });

  it('wraps every data key with the newest key-encryption key, and touches no value', async () => {
    const before = await under('FIELD');
    const wrapped = await app.owner('select id, wrapped from data_key order by id');
    expect(await app.app.get(DataKeys).rewrap()).toBe(wrapped.length);
    expect(await app.owner('select id, wrapped from data_key order by id')).not.toEqual(wrapped);
    expect(await app.app.get(DataKeys).load()).toHaveLength(wrapped.length);
    expect(await under('FIELD')).toEqual(before);
  });
});

describe('values from before a column was sealed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it('are moved aside by the migration, sealed before anything is served, and gone from the clear', async () => {
    const runner = { query: (text: string) => app.owner(text) } as unknown as QueryRunner;
    const people = Array.from({ length: 1_203 }, (_, number) => [newId(), `740-555-${1_000 + number}`] as const);
    const officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    await new SealIdentifiers1764000000301().down(runner);
    await app.owner('insert into person (id, phone) select * from unnest($1::uuid[], $2::text[])', [
      people.map(([id]) => id),
      people.map(([, phone]) => phone),
    ]);
    await app.owner("update account set email = 'old@agency.example.org' where id = $1", [officer.id]);
    await new SealIdentifiers1764000000301().up(runner);
    await app.owner("insert into person_party (agency_id, person_id, basis) select $1, id, 'INTAKE' from person", [
      officer.agencyId,
    ]);
    expect(await app.owner('select from unsealed_value')).toHaveLength(people.length + 1);
    await app.app.get(KeyRing).refresh();
    const [ring, fields, tasks] = [app.app.get(KeyRing), app.app.get(FieldCipher), app.app.get(Tasks)];
    await new Backlog(app.unitOfWork, ring, fields, tasks).onModuleInit();
    expect(await app.owner('select from unsealed_value')).toEqual([]);
    const store = app.app.get(PeopleStore, { strict: false });
    const rows = await store.personsById(
      app.unitOfWork.reader(officer),
      people.map(([id]) => id),
    );
    expect(new Map(rows.map(({ id, phone }) => [id, phone]))).toEqual(new Map(people));
    const [[id, phone] = ['', '']] = people;
    expect(await store.idsByPhone(app.unitOfWork.reader(officer), phone)).toContain(id);
    const [account] = await app.owner<{ sealed: Buffer | null; index: Buffer | null }>(
      'select email_sealed as sealed, email_index as index from account where id = $1',
      [officer.id],
    );
    expect([account?.sealed?.length, account?.index?.length]).toEqual([45 + 'old@agency.example.org'.length, 32]);
  });
});
