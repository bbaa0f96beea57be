import { inspect } from 'node:util';
import { type Purpose, settingsFrom, SettingsError, type SettingProblem } from './index';

const strongUrl = 'postgres://handrail_api:0123456789abcdef@db:5432/handrail';
const commandUrl = 'postgres://handrail_commands:0123456789abcdef@db:5432/handrail';
const issuer = { issuer: 'https://id.example.org', audience: 'handrail', jwksUri: 'https://id.example.org/jwks' };

const keyOf = (from: number): string => Buffer.from(Array.from({ length: 32 }, (_, at) => from + at)).toString('hex');
const strongKeys = `2026-01 ${keyOf(0)}\n\n# the newest\n2026-02 ${keyOf(40)}\n`;

const files: Record<string, string> = {
  '/run/secrets/url': `${strongUrl}\n`,
  '/run/secrets/empty': ' \n',
  '/run/secrets/audit': strongKeys,
  '/run/secrets/short': `2026-01 ${keyOf(0).slice(2)}`,
  '/run/secrets/repeated': `2026-01 ${'ab'.repeat(32)}`,
  '/run/secrets/twice': `2026-01 ${keyOf(0)}\n2026-01 ${keyOf(1)}`,
  '/run/secrets/unnamed': keyOf(0),
};
const readFile = (path: string): string => {
  const content = files[path];
  if (content === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  return content;
};

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: strongUrl,
  COMMAND_DATABASE_URL: commandUrl,
  AUTH_ISSUERS: JSON.stringify([issuer]),
  HANDRAIL_AUDIT_KEY_FILE: '/run/secrets/audit',
  HANDRAIL_AUDIT_ANCHOR_FILE: '/var/anchors/audit',
  HANDRAIL_FIELD_KEYS_DIR: '/run/field-keys',
};

const problemsOf = (variables: Record<string, string>, purpose: Purpose = 'serve'): readonly SettingProblem[] => {
  try {
    settingsFrom(variables, purpose, readFile);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};

const namesOf = (variables: Record<string, string>, purpose?: Purpose): string[] =>
  problemsOf(variables, purpose).map(({ variable }) => variable);

describe('settings without any variable', () => {
  it('make a development server on this machine only', () => {
    expect(Object.fromEntries(Object.entries(settingsFrom({})))).toEqual({
      environment: 'development',
      port: 3000,
      host: '127.0.0.1',
      dataDir: '.data',
      fieldKeysDir: undefined,
      databaseUrl: undefined,
      commandDatabaseUrl: undefined,
      migrationDatabaseUrl: undefined,
      databasePoolSize: 10,
      databaseWaitMs: 5_000,
      rateLimitPercent: 100,
      trustedProxies: [],
      outboundHosts: [],
      outboundPrivateRanges: [],
      logLevel: 'info',
      issuers: [],
      audience: 'handrail',
      auditKeys: undefined,
      auditAnchorFile: '.data/audit-anchors',
      hasWorker: true,
      hasIntrospection: true,
      liveOrigins: [],
      liveConnections: 2000,
      messaging: { appUrl: 'http://localhost:3000', smtp: undefined, sms: undefined, push: undefined, hasOutbox: true },
      hasDevelopmentKeys: true,
      hasSampleRegion: true,
    });
  });

  it('migrate with the application’s address outside production', () => {
    expect(settingsFrom({ DATABASE_URL: strongUrl })).toMatchObject({
      migrationDatabaseUrl: strongUrl,
      commandDatabaseUrl: strongUrl,
    });
  });

  it('count an empty variable as unset', () => {
    expect(settingsFrom({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  it('keep tests quiet and free of samples', () => {
    expect(settingsFrom({ NODE_ENV: 'test' })).toMatchObject({ logLevel: 'silent', hasSampleRegion: false });
  });
});

describe('production', () => {
  it('starts with a database, an issuer and nothing of development', () => {
    expect(settingsFrom(production, 'serve', readFile)).toMatchObject({
      isProduction: true,
      host: '0.0.0.0',
      issuers: [issuer],
      hasIntrospection: false,
      hasDevelopmentKeys: false,
      hasSampleRegion: false,
      migrationDatabaseUrl: undefined,
    });
  });

  it('names everything that is missing at once, each with its remedy', () => {
    const missing = problemsOf({ NODE_ENV: 'production' });
    expect(missing.map(({ variable }) => variable)).toEqual([
      'DATABASE_URL',
      'COMMAND_DATABASE_URL',
      'AUTH_ISSUERS',
      'HANDRAIL_AUDIT_KEY_FILE',
      'HANDRAIL_AUDIT_ANCHOR_FILE',
      'HANDRAIL_FIELD_KEYS_DIR',
    ]);
    expect(missing.every(({ remedy }) => remedy.length > 10)).toBe(true);
  });

  it.each([
    ['development keys', 'HANDRAIL_DEVELOPMENT_KEYS', 'on'],
    ['the sample region and its users', 'HANDRAIL_SAMPLE_REGION', 'on'],
    ['a password under 16 characters', 'DATABASE_URL', 'postgres://handrail_api:0123456789abcde@db/handrail'],
    ['a password that is the user name', 'DATABASE_URL', 'postgres://handrail_api_user:handrail_api_user@db/handrail'],
    [
      'an encoded password that is the user name',
      'DATABASE_URL',
      'postgres://handrail_api_user:handrail%5Fapi_user@db/handrail',
    ],
    ['no password', 'DATABASE_URL', 'postgres://handrail_api@db/handrail'],
    ['the owner as the application', 'DATABASE_URL', strongUrl, { MIGRATION_DATABASE_URL: strongUrl }],
    ['one login for answers and commands', 'COMMAND_DATABASE_URL', strongUrl],
    ['the owner for commands', 'COMMAND_DATABASE_URL', commandUrl, { MIGRATION_DATABASE_URL: commandUrl }],
    ['a weak owner', 'MIGRATION_DATABASE_URL', 'postgres://owner:owner@db/handrail'],
    ['an empty list of issuers', 'AUTH_ISSUERS', '[]'],
    ['keys over plain http', 'AUTH_ISSUERS', JSON.stringify([{ ...issuer, jwksUri: 'http://id.example.org/jwks' }])],
    ['keys from this machine', 'AUTH_ISSUERS', JSON.stringify([{ ...issuer, jwksUri: 'http://127.0.0.1:9/jwks' }])],
    ['the development issuer', 'AUTH_ISSUERS', JSON.stringify([{ ...issuer, issuer: 'handrail-development' }])],
    [
      'an issuer without audience',
      'AUTH_ISSUERS',
      JSON.stringify([{ issuer: issuer.issuer, jwksUri: issuer.jwksUri }]),
    ],
  ])('refuses %s', (_, variable, value, more: Record<string, string> = {}) => {
    expect(namesOf({ ...production, ...more, [variable]: value })).toEqual([variable]);
  });

  it('lets the common audience stand for an issuer’s own', () => {
    const issuers = JSON.stringify([{ issuer: issuer.issuer, jwksUri: issuer.jwksUri }]);
    const settings = settingsFrom({ ...production, AUTH_ISSUERS: issuers, AUTH_AUDIENCE: 'region' }, 'serve', readFile);
    expect(settings.issuers).toEqual([{ ...issuer, audience: 'region' }]);
  });

  it('asks a migration for the owner’s address and for nothing else', () => {
    expect(namesOf({ NODE_ENV: 'production' }, 'migrate')).toEqual(['MIGRATION_DATABASE_URL']);
    const owner = { NODE_ENV: 'production', MIGRATION_DATABASE_URL: 'postgres://owner:fedcba9876543210@db/handrail' };
    expect(namesOf(owner, 'migrate')).toEqual([]);
  });

  it('asks a worker for no issuer', () => {
    expect(namesOf({ NODE_ENV: 'production' }, 'work')).toEqual([
      'DATABASE_URL',
      'COMMAND_DATABASE_URL',
      'HANDRAIL_AUDIT_KEY_FILE',
      'HANDRAIL_AUDIT_ANCHOR_FILE',
      'HANDRAIL_FIELD_KEYS_DIR',
    ]);
  });

  it('asks an API without worker for no anchor', () => {
    expect(namesOf({ ...production, HANDRAIL_WORKER: 'off', HANDRAIL_AUDIT_ANCHOR_FILE: '' })).toEqual([]);
  });

  it.each(['none', 'empty', 'short', 'repeated', 'twice', 'unnamed'])('refuses audit keys that are %s', (name) => {
    const problems = problemsOf({ ...production, HANDRAIL_AUDIT_KEY_FILE: `/run/secrets/${name}` });
    expect(problems.map(({ variable }) => variable)).toEqual(['HANDRAIL_AUDIT_KEY_FILE']);
    expect(JSON.stringify(problems)).not.toMatch(/[0-9a-f]{32}/);
  });

  it('takes several audit keys, the newest last', () => {
    const { auditKeys } = settingsFrom(production, 'serve', readFile);
    expect(auditKeys?.map(({ id, secret }) => [id, secret.length])).toEqual([
      ['2026-01', 32],
      ['2026-02', 32],
    ]);
  });

  it('opens introspection only when told to', () => {
    expect(settingsFrom({ ...production, INTROSPECTION: 'on' }, 'serve', readFile).hasIntrospection).toBe(true);
  });
});

describe('a value that makes no sense', () => {
  it.each([
    ['NODE_ENV', 'staging'],
    ['PORT', '70000'],
    ['PORT', '3000x'],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_WAIT_MS', '99'],
    ['LOG_LEVEL', 'loud'],
    ['HANDRAIL_WORKER', 'perhaps'],
    ['INTROSPECTION', 'yes'],
    ['LIVE_CONNECTIONS', '0'],
    ['LIVE_ORIGINS', 'https://desk.example.org, desk.example.org'],
    ['LIVE_ORIGINS', 'https://desk.example.org/'],
    ['LIVE_ORIGINS', '*'],
    ['COMMAND_DATABASE_URL', commandUrl],
    ['DATABASE_URL', 'mysql://user:password@db/handrail'],
    ['DATABASE_URL', 'not an address'],
    ['DATABASE_URL', 'postgres://user:password@db'],
    ['AUTH_ISSUERS', 'https://id.example.org'],
    ['AUTH_ISSUERS', '{"issuer":"https://id.example.org"}'],
    ['AUTH_ISSUERS', '[{"issuer":"https://id.example.org"}]'],
    ['AUTH_ISSUERS', '[{"issuer":"a","jwksUri":"nowhere"}]'],
    ['AUTH_ISSUERS', JSON.stringify([issuer, issuer])],
  ])('is refused by name: %s=%s', (variable, value) => {
    expect(namesOf({ [variable]: value })).toEqual([variable]);
  });

  it('is refused together with all others, in one message', () => {
    expect(() => settingsFrom({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT: .*Use .*\n.*LOG_LEVEL: .*Use /);
  });

  it('may fetch keys over http from this machine outside production', () => {
    const issuers = JSON.stringify([{ ...issuer, jwksUri: 'http://localhost:9/jwks' }]);
    expect(namesOf({ AUTH_ISSUERS: issuers })).toEqual([]);
  });
});

describe('secrets', () => {
  const read = (variables: Record<string, string>) => () => settingsFrom(variables, 'serve', readFile);

  it('come from files, without the line’s end', () => {
    expect(read({ DATABASE_URL_FILE: '/run/secrets/url' })().databaseUrl).toBe(strongUrl);
    expect(read({ MIGRATION_DATABASE_URL_FILE: '/run/secrets/url' })().migrationDatabaseUrl).toBe(strongUrl);
  });

  it.each([
    ['missing', { DATABASE_URL_FILE: '/run/secrets/none' }, /DATABASE_URL_FILE: .*ENOENT/],
    ['empty', { DATABASE_URL_FILE: '/run/secrets/empty' }, /DATABASE_URL_FILE: .*empty/],
    ['beside the variable itself', { DATABASE_URL_FILE: '/run/secrets/url', DATABASE_URL: strongUrl }, /only one/],
  ])('are refused when the file is %s', (_, variables, message) => {
    expect(read(variables)).toThrow(message);
  });

  it('show in no message and in no print-out', () => {
    const weak = 'postgres://handrail_api:hunter2@db/handrail';
    expect(JSON.stringify(problemsOf({ ...production, DATABASE_URL: weak }))).not.toContain('hunter2');
    const settings = settingsFrom({ ...production, NODE_ENV: 'test', DATABASE_URL: weak }, 'serve', readFile);
    const printed = inspect(settings) + JSON.stringify(settings);
    expect(printed).not.toContain('hunter2');
    expect(printed).not.toMatch(/[0-9a-f]{32}|Buffer/);
  });
});

it('gives a changed copy and stays as it was', () => {
  const settings = settingsFrom({});
  expect(settings.with({ databaseUrl: strongUrl }).databaseUrl).toBe(strongUrl);
  expect(settings.databaseUrl).toBeUndefined();
});

describe('the door', () => {
  it('believes only proxies that are listed, as addresses or ranges', () => {
    expect(settingsFrom({ TRUSTED_PROXIES: '10.0.0.7, 10.1.0.0/16,fd00::/8' }).trustedProxies).toEqual([
      '10.0.0.7',
      '10.1.0.0/16',
      'fd00::/8',
    ]);
    for (const wrong of ['proxy.example', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.1/8/8', '::/0']) {
      expect(namesOf({ TRUSTED_PROXIES: wrong })).toEqual(['TRUSTED_PROXIES']);
    }
  });

  it('lets out to the issuers and to the hosts that are listed, and to this machine outside production only', () => {
    const listed = { ...production, OUTBOUND_HOSTS: 'Hooks.example.org', OUTBOUND_PRIVATE_RANGES: '10.2.0.0/16' };
    const settings = settingsFrom(listed, 'serve', readFile);
    expect(settings.outbound).toEqual({
      hosts: ['id.example.org', 'hooks.example.org'],
      privateRanges: ['10.2.0.0/16'],
      mayUseLoopback: false,
    });
    expect(settingsFrom({}).outbound.mayUseLoopback).toBe(true);
    for (const wrong of ['https://hooks.example.org', '*.example.org', 'hooks.example.org:444', '10.0.0.1']) {
      expect(namesOf({ OUTBOUND_HOSTS: wrong })).toEqual(['OUTBOUND_HOSTS']);
    }
    expect(namesOf({ OUTBOUND_HOSTS: 'localhost' })).toEqual([]);
    expect(namesOf({ ...production, OUTBOUND_HOSTS: 'localhost' })).toEqual(['OUTBOUND_HOSTS']);
  });

  it('takes the rate budgets in percent', () => {
    expect(settingsFrom({ RATE_LIMIT_PERCENT: '50' }).rateLimitPercent).toBe(50);
    expect(namesOf({ RATE_LIMIT_PERCENT: '0' })).toEqual(['RATE_LIMIT_PERCENT']);
  });
});
