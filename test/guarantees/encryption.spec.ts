import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Actor } from '../../src/access';
import { AppModule } from '../../src/app.module';
import { PeopleStore } from '../../src/people/people.store';
import { settingsFrom } from '../../src/platform/config';
import { NO_AGENCY, systemActor } from '../../src/platform/database/system-actor';
import { registry } from '../../src/platform/health/metrics';
import { buildActor, buildAgency, buildStaff } from '../builders/agencies';
import { buildFields } from '../builders/fields';
import { buildReferral, buildRegion, buildSubmission } from '../builders/referrals';
import { addressesOf } from '../setup/database';
import { openApp, type TestApp } from '../setup/app';

const PHONE = '(740) 555-0187';
const EMAIL = 'Sealed.Somebody@agency.example.org';
const ADD = `mutation ($input: AddStaffMemberInput!) {
  addStaffMember(input: $input) { ... on StaffMember { id email } ... on Refused { code message } } }`;
const MY_PERSONS = '{ referrals(first: 100) { nodes { person { id phone givenName } } } }';

interface Shown {
  readonly referrals: { readonly nodes: { person: { id: string; phone: string | null; givenName: string } }[] };
}

describe('phone numbers and e-mail addresses', () => {
  let app: TestApp;
  let officer: Actor;

  beforeAll(async () => {
    app = await openApp();
    ({ officer } = await buildRegion(app));
  });
  afterAll(() => app.close());

  const refer = async (phone: string | null, sender = officer): Promise<string> => {
    const id = await buildReferral(
      app,
      sender,
      buildSubmission({ person: { ageYears: 34, sex: 'MALE', givenName: 'Given', phone } }),
    );
    const [row] = await app.owner<{ id: string }>('select person_id as id from referral where id = $1', [id]);
    return row?.id ?? '';
  };
  const shown = async (): Promise<Map<string, string | null>> => {
    const { data, errors, status } = await (await app.as(officer))<Shown>(MY_PERSONS);
    expect([status, errors]).toEqual([200, []]);
    return new Map(data?.referrals.nodes.map(({ person }) => [person.id, person.phone]));
  };
  const faultsCounted = async (): Promise<number> =>
    (await registry.getSingleMetric('handrail_faults_total')?.get())?.values[0]?.value ?? 0;

  it('are read back as they were written', async () => {
    const id = await refer(PHONE);
    const without = await refer(null);
    const persons = await shown();
    expect([persons.get(id), persons.get(without)]).toEqual([PHONE, null]);

    const admin = await buildActor(app.database, 'HOSPITAL', 'AGENCY_ADMIN');
    const input = {
      issuer: 'https://id.example',
      subject: 'sealed',
      displayName: 'N',
      role: 'HOSPITAL_STAFF',
      email: EMAIL,
    };
    const { data } = await (await app.as(admin))<{ addStaffMember: object }>(ADD, { input });
    expect(data?.addStaffMember).toMatchObject({ email: EMAIL });
  });

  it('stand in no column of any table, in no spelling', async () => {
    const tables = await app.owner<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`,
    );
    const dump: string[] = [];
    for (const { name } of tables) {
      const rows = await app.owner<{ row: string }>(`select t::text as row from ${name} t`);
      dump.push(...rows.map(({ row }) => row));
    }
    expect(tables.length).toBeGreaterThan(20);
    expect(dump.join('\n')).toContain('HOSPITAL_STAFF');
    const plain = (text: string): RegExp =>
      new RegExp([text, Buffer.from(text).toString('hex'), Buffer.from(text).toString('base64')].join('|'), 'i');
    for (const row of dump) {
      expect(row).not.toMatch(/740\D{0,3}555\D{0,3}0187/);
      expect(row).not.toMatch(plain('7405550187'));
      expect(row).not.toMatch(plain(EMAIL));
      expect(row).not.toMatch(/sealed.somebody/i);
    }
  });

  it('look different each time, but are found by any spelling of the same number', async () => {
    const first = await refer('740-555-0191');
    const second = await refer('+1 740 555 0191');
    await refer('740-555-0192');
    const rows = await app.owner<{ sealed: Buffer; index: Buffer }>(
      'select phone_sealed as sealed, phone_index as index from person where id = any($1)',
      [[first, second]],
    );
    expect(rows[0]?.sealed.equals(rows[1]?.sealed ?? Buffer.of())).toBe(false);
    expect(rows[0]?.index).toEqual(rows[1]?.index);
    const store = app.app.get(PeopleStore, { strict: false });
    const reader = app.unitOfWork.reader(officer);
    expect((await store.idsByPhone(reader, '(740)5550191')).sort()).toEqual([first, second].sort());
    expect(await store.idsByPhone(reader, '740-555-0193')).toEqual([]);
    expect(await store.idsByPhone(reader, '555-0191')).toEqual([]);
  });

  it('are found by whoever knows the person and by Handrail itself, and by nobody else', async () => {
    const id = await refer('740-555-0194');
    const store = app.app.get(PeopleStore, { strict: false });
    const stranger = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    expect(await store.idsByPhone(app.unitOfWork.reader(stranger), '740-555-0194')).toEqual([]);
    expect(await store.idsByPhone(app.unitOfWork.reader(systemActor(NO_AGENCY)), '740-555-0194')).toEqual([id]);
  });

  it('tell no agency that another has the same address', async () => {
    const answers: unknown[] = [];
    for (const subject of ['first-of-two', 'second-of-two']) {
      const admin = await buildStaff(
        app.database,
        await buildAgency(app.database, { kind: 'HOSPITAL' }),
        'AGENCY_ADMIN',
      );
      const input = { issuer: 'https://id.example', subject, displayName: 'N', role: 'HOSPITAL_STAFF', email: EMAIL };
      const { data } = await (await app.as(admin))<{ addStaffMember: { email: string } }>(ADD, { input });
      answers.push(data?.addStaffMember.email);
    }
    expect(answers).toEqual([EMAIL, EMAIL]);
  });

  describe('that were tampered with', () => {
    const damages: [string, (id: string, other: string) => Promise<unknown>][] = [
      [
        'a changed byte',
        (id) =>
          app.owner(
            'update person set phone_sealed = set_byte(phone_sealed, 31, get_byte(phone_sealed, 31) # 1) where id = $1',
            [id],
          ),
      ],
      [
        'the value of another person',
        (id, other) =>
          app.owner('update person set phone_sealed = (select phone_sealed from person where id = $2) where id = $1', [
            id,
            other,
          ]),
      ],
      [
        'a value sealed with another key under the right name',
        async (id) => {
          const [row] = await app.owner<{ sealed: Buffer }>('select phone_sealed as sealed from person where id = $1', [
            id,
          ]);
          const forged = buildFields();
          await Promise.resolve();
          const sealed = forged.seal({ table: 'person', column: 'phone' }, id, '740-555-0666');
          const head = row?.sealed.subarray(0, 17) ?? Buffer.of();
          await app.owner('update person set phone_sealed = $2 where id = $1', [
            id,
            Buffer.concat([head, sealed.subarray(17)]),
          ]);
        },
      ],
      [
        'a key that is not there',
        (id) =>
          app.owner('update person set phone_sealed = overlay(phone_sealed placing $2 from 2) where id = $1', [
            id,
            randomBytes(16),
          ]),
      ],
      [
        'no envelope at all',
        (id) => app.owner('update person set phone_sealed = $2 where id = $1', [id, randomBytes(60)]),
      ],
    ];

    it.each(damages)('are withheld and counted, and take nothing with them: %s', async (_, damage) => {
      const [hit, other] = [await refer('740-555-0195'), await refer('740-555-0196')];
      await damage(hit, other);
      const before = await faultsCounted();
      const log = jest.spyOn(Logger.prototype, 'error').mockImplementation();
      const persons = await shown();
      expect([persons.get(hit), persons.get(other)]).toEqual([null, '740-555-0196']);
      expect(await faultsCounted()).toBe(before + 1);
      const [[line] = []] = log.mock.calls;
      expect(line).toMatchObject({ fault: { code: 'FIELD_UNREADABLE', field: 'person.phone', rowId: hit } });
      expect(JSON.stringify(log.mock.calls)).not.toMatch(/555/);
      log.mockRestore();
      await app.owner('update person set phone_sealed = null where id = $1', [hit]);
    });
  });

  it('are withheld, and the rest is shown, when a key came that this process cannot open', async () => {
    const [hit, other] = [await refer('740-555-0197'), await refer('740-555-0198')];
    const [key] = await app.owner<{ id: string }>(
      `insert into data_key (purpose, wrapped, kek_id, active_at) values ('FIELD', $1, 'elsewhere', app.now() + interval '1 hour') returning id`,
      [randomBytes(80)],
    );
    await app.owner(
      'update person set phone_sealed = overlay(phone_sealed placing uuid_send($2) from 2) where id = $1',
      [hit, key?.id],
    );
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    const persons = await shown();
    expect([persons.get(hit), persons.get(other)]).toEqual([null, '740-555-0198']);
    expect(JSON.stringify(log.mock.calls)).toMatch(/elsewhere.key/);
    log.mockRestore();
    await app.owner('delete from data_key where id = $1', [key?.id]);
    await app.owner('update person set phone_sealed = null where id = $1', [hit]);
  });

  describe('without their keys', () => {
    let directory: string;
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'handrail-keys-'));
    });
    afterEach(() => {
      rmSync(directory, { recursive: true, force: true });
    });
    const start = async (): Promise<string> => {
      const settings = settingsFrom({
        NODE_ENV: 'test',
        ...addressesOf(app.database),
        HANDRAIL_DATA_DIR: directory,
        HANDRAIL_FIELD_KEYS_DIR: directory,
      });
      try {
        const started = await NestFactory.createApplicationContext(AppModule.with(settings), {
          logger: false,
          abortOnError: false,
        });
        await started.close();
        return 'STARTED';
      } catch (error) {
        return (error as Error).message;
      }
    };

    it('keep Handrail from starting: none, another, or the right name with another key', async () => {
      const keys = await app.owner<{ id: string }>('select id from data_key');
      const named = new RegExp(`Data key (${keys.map(({ id }) => id).join('|')}) cannot be opened`);
      expect(await start()).toMatch(/HANDRAIL_FIELD_KEYS_DIR: the folder holds no file/);
      writeFileSync(join(directory, '0001.key'), randomBytes(32).toString('base64'));
      expect(await start()).toMatch(named);
      expect(await start()).toMatch(/has no development.key/);
      writeFileSync(join(directory, 'development.key'), randomBytes(32).toString('base64'));
      expect(await start()).toMatch(named);
      expect(await app.owner('select id from data_key')).toEqual(keys);
    });
  });

  it('keep their keys out of reach of the application’s everyday role, which sees not even the wrapped ones', async () => {
    const privileges = await app.owner(
      `select table_name, privilege_type from information_schema.role_table_grants
       where table_name in ('data_key', 'unsealed_value') and grantee in ('handrail_app', 'PUBLIC')`,
    );
    expect(privileges).toEqual([]);
  });
});
