import { Pool } from 'pg';
import { checkProduction } from '../../src/check-production';
import { openDatabase } from '../../src/open-database';
import { settingsFrom } from '../../src/platform/config';
import { checkAddresses, checkLogin, checkOwner } from '../../src/platform/database/login-check';
import { buildActor } from '../builders/agencies';
import { openApp, type TestApp } from '../setup/app';
import { asLogin } from '../setup/run-context';

const strongKey = `2026-01 ${Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('hex')}`;
const variables = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://handrail_api:0123456789abcdef0123@127.0.0.1:5432/handrail',
  COMMAND_DATABASE_URL: 'postgres://handrail_commands:0123456789abcdef0123@127.0.0.1:5432/handrail',
  AUTH_ISSUERS: '[{"issuer":"https://id.example.org","audience":"handrail","jwksUri":"https://id.example.org/jwks"}]',
  HANDRAIL_AUDIT_KEY_FILE: '/run/secrets/audit_keys',
  HANDRAIL_AUDIT_ANCHOR_FILE: '/var/anchors/audit',
  HANDRAIL_FIELD_KEYS_DIR: '/run/field-keys',
};
const production = settingsFrom(variables, 'serve', () => strongKey);

describe('production', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  const check = async (url: string, variable: 'DATABASE_URL' | 'COMMAND_DATABASE_URL' = 'DATABASE_URL') => {
    const pool = new Pool({ connectionString: url, max: 1 });
    try {
      return await checkLogin(pool, variable).catch((error: unknown) => (error as Error).message);
    } finally {
      await pool.end();
    }
  };

  it('refuses a login that row-level security does not bind, and takes the application’s own', async () => {
    expect(await check(app.database.ownerUrl)).toMatch(
      /DATABASE_URL: it signs in as .* row-level security does not bind/,
    );
    expect(await check(app.database.appUrl)).toBeUndefined();
    expect(await check(app.database.commandUrl, 'COMMAND_DATABASE_URL')).toBeUndefined();
    // Who answers for people may not become the worker, whom no wall between agencies holds.
    expect(await check(app.database.commandUrl)).toMatch(
      /DATABASE_URL: it signs in as .* is a member of handrail_worker/,
    );
  });

  it.each([
    ['bypassrls', /bypasses row-level security/],
    ['createrole', /may make roles/],
    ['createdb', /may make databases/],
    ['replication', /may replicate/],
    ['grant handrail_worker to %I with inherit true', /has the rights of handrail_worker without asking/],
    ['grant handrail_app to %I with admin option', /may give handrail_app to others/],
    ['grant pg_read_all_data to %I', /reads all data|pg_read_all_data/],
    ['grant create on schema public to %I', /may create in/],
    ['create schema mine authorization %I', /owns tables, functions or schemas/],
  ])('refuses a login made with: %s', async (flaw, reason) => {
    const login = { name: `flawed_${process.pid}`, password: 'not-a-secret-of-anybody' };
    const run = (text: string) => app.owner(text.replaceAll('%I', login.name));
    await run(`create role %I login password '${login.password}'`);
    try {
      await run('grant handrail_app to %I with inherit false, set true');
      expect(await check(asLogin(app.database.ownerUrl, login))).toBeUndefined();
      await run(flaw.includes(' ') ? flaw : `alter role %I ${flaw}`);
      expect(await check(asLogin(app.database.ownerUrl, login))).toMatch(reason);
    } finally {
      await run('drop owned by %I cascade');
      await run('drop role %I');
    }
  });

  it('names the setting and the remedy where two addresses were swapped, in one line', async () => {
    const { ownerUrl, appUrl, commandUrl } = app.database;
    const started = (answers: string, carriesOut: string, isProduction = true) =>
      checkAddresses({ DATABASE_URL: answers, COMMAND_DATABASE_URL: carriesOut }, isProduction).then(
        () => 'started',
        (error: unknown) => (error as Error).message.split('\n').slice(1).join('\n'),
      );
    expect(await started(appUrl, commandUrl)).toBe('started');
    expect(await started(commandUrl, appUrl)).toMatch(
      /^  DATABASE_URL: it signs in as .* member of handrail_worker.*$/,
    );
    expect(await started(appUrl, appUrl)).toMatch(
      /^  COMMAND_DATABASE_URL: it signs in as .* may not become handrail_worker\. Use a login of its own.*$/,
    );
    expect(await started(ownerUrl, commandUrl)).toMatch(/^  DATABASE_URL: it signs in as .* superuser.*$/);
    expect(await started(appUrl, ownerUrl)).toMatch(/^  COMMAND_DATABASE_URL: it signs in as .* superuser.*$/);
    expect(await started(commandUrl, appUrl, false)).toMatch(
      /^  COMMAND_DATABASE_URL: .* may not become handrail_worker.*$/,
    );
    expect(await started(ownerUrl, ownerUrl, false)).toBe('started');
    const nowhere = new URL(appUrl);
    nowhere.port = '1';
    expect(await started(nowhere.href, commandUrl)).toMatch(/^  DATABASE_URL: the database cannot be asked .*$/);
    await expect(checkOwner(ownerUrl)).resolves.toBeUndefined();
    // In development a start migrates, by the first address where there is no other.
    const bare = settingsFrom({ NODE_ENV: 'development', DATABASE_URL: appUrl }, 'work');
    await expect(openDatabase(bare)).rejects.toThrow(/MIGRATION_DATABASE_URL: it signs in as .* does not own/);
    for (const url of [appUrl, commandUrl]) {
      await expect(checkOwner(url)).rejects.toThrow(
        /MIGRATION_DATABASE_URL: it signs in as .* does not own the schema\. Use/,
      );
    }
  });

  it('refuses a database with sample users', async () => {
    await expect(checkProduction(app.app, production)).resolves.toBeUndefined();
    await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    await expect(checkProduction(app.app, production)).rejects.toThrow(/sample users/);
    await expect(checkProduction(app.app, production.with({ environment: 'test' }))).resolves.toBeUndefined();
  });
});
