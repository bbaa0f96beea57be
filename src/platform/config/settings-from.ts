import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditKeysFrom } from './audit-keys';
import { readDatabaseUrl, refuseSharedUsers } from './database-urls';
import { readIssuers } from './issuers';
import { readMessaging } from './messaging';
import { SettingsError } from './problems';
import { type Environment, logLevels, Settings, type SettingValues } from './settings';
import { type ReadFile, VariableReader, type Variables } from './variables';

/** What the process is started for: each needs other things, and a migration step should hold no more than it needs. */
export type Purpose = 'serve' | 'work' | 'migrate';

const environments: readonly Environment[] = ['development', 'test', 'production'];

const readBasics = (reader: VariableReader, environment: Environment) => ({
  environment,
  port: reader.wholeNumber('PORT', { from: 0, to: 65_535, fallback: 3000 }),
  host: reader.text('HOST') ?? (environment === 'production' ? '0.0.0.0' : '127.0.0.1'),
  dataDir: reader.text('HANDRAIL_DATA_DIR') ?? '.data',
  fieldKeysDir: reader.text('HANDRAIL_FIELD_KEYS_DIR'),
  databasePoolSize: reader.wholeNumber('DATABASE_POOL_SIZE', { from: 2, to: 500, fallback: 10 }),
  databaseWaitMs: reader.wholeNumber('DATABASE_WAIT_MS', { from: 100, to: 60_000, fallback: 5_000 }),
  logLevel: reader.choice('LOG_LEVEL', logLevels, environment === 'test' ? 'silent' : 'info'),
  hasWorker: reader.isOn('HANDRAIL_WORKER', true),
});

const readDoor = (reader: VariableReader, isProduction: boolean) => ({
  rateLimitPercent: reader.wholeNumber('RATE_LIMIT_PERCENT', { from: 1, to: 100_000, fallback: 100 }),
  trustedProxies: reader.ranges('TRUSTED_PROXIES'),
  outboundHosts: reader.hosts('OUTBOUND_HOSTS', !isProduction),
  outboundPrivateRanges: reader.ranges('OUTBOUND_PRIVATE_RANGES'),
});

const readDatabase = (reader: VariableReader, isProduction: boolean) => {
  const databaseUrl = readDatabaseUrl(reader, 'DATABASE_URL', isProduction);
  const owner = readDatabaseUrl(reader, 'MIGRATION_DATABASE_URL', isProduction);
  const commands = readDatabaseUrl(reader, 'COMMAND_DATABASE_URL', isProduction);
  if (isProduction) refuseSharedUsers(reader, { app: databaseUrl, commands, owner });
  else if (commands !== undefined && databaseUrl === undefined) {
    reader.refuse('COMMAND_DATABASE_URL', 'it is set without DATABASE_URL.', 'Set both, or neither.');
  }
  const fallback = isProduction ? undefined : databaseUrl;
  return { databaseUrl, commandDatabaseUrl: commands ?? fallback, migrationDatabaseUrl: owner ?? fallback };
};

const readSignIn = (reader: VariableReader, isProduction: boolean) => {
  const audience = reader.text('AUTH_AUDIENCE') ?? (isProduction ? undefined : 'handrail');
  return {
    audience,
    issuers: readIssuers(reader, { audience, isProduction }),
    hasIntrospection: reader.isOn('INTROSPECTION', !isProduction),
    hasDevelopmentKeys: reader.isOn('HANDRAIL_DEVELOPMENT_KEYS', !isProduction),
  };
};

/** A worker seals the audit trail and writes the anchors. */
const readAudit = (reader: VariableReader, isProduction: boolean, dataDir: string) => ({
  auditKeys: auditKeysFrom(reader),
  auditAnchorFile:
    reader.text('HANDRAIL_AUDIT_ANCHOR_FILE') ?? (isProduction ? undefined : join(dataDir, 'audit-anchors')),
});

/** An origin as browsers send it: scheme, host and port, nothing behind. */
const isOrigin = (text: string): boolean =>
  /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;

const readLive = (reader: VariableReader) => {
  const liveOrigins = reader.list('LIVE_ORIGINS');
  for (const origin of liveOrigins.filter((text) => !isOrigin(text))) {
    reader.refuse(
      'LIVE_ORIGINS',
      `"${origin}" is not an origin.`,
      'Write it as https://desk.example.org, without a path.',
    );
  }
  return {
    liveOrigins,
    liveConnections: reader.wholeNumber('LIVE_CONNECTIONS', { from: 1, to: 50_000, fallback: 2_000 }),
  };
};

/** What each purpose cannot do without in production: the variable, whether it is there, and the remedy. */
const needsOf = (values: SettingValues): Record<Purpose, readonly (readonly [string, boolean, string])[]> => {
  const app = [
    'DATABASE_URL',
    values.databaseUrl !== undefined,
    'Set it, or DATABASE_URL_FILE, to the address of your PostgreSQL for the login that answers.',
  ] as const;
  const commands = [
    'COMMAND_DATABASE_URL',
    values.commandDatabaseUrl !== undefined,
    'Set it, or COMMAND_DATABASE_URL_FILE, to the address for the login that carries out commands (docs/operations.md).',
  ] as const;
  const owner = [
    'MIGRATION_DATABASE_URL',
    values.migrationDatabaseUrl !== undefined,
    'Set it, or MIGRATION_DATABASE_URL_FILE, to the address for the role that owns the schema.',
  ] as const;
  const issuers = [
    'AUTH_ISSUERS',
    values.issuers.length > 0,
    'List the identity providers whose tokens you accept.',
  ] as const;
  const key = [
    'HANDRAIL_AUDIT_KEY_FILE',
    values.auditKeys !== undefined,
    'Name the file with the keys of the audit trail (docs/operations.md).',
  ] as const;
  const anchor = [
    'HANDRAIL_AUDIT_ANCHOR_FILE',
    values.auditAnchorFile !== undefined,
    'Name a file outside the database for the hashes of the sealed audit trail (docs/operations.md).',
  ] as const;
  const fieldKeys = [
    'HANDRAIL_FIELD_KEYS_DIR',
    values.fieldKeysDir !== undefined,
    'Name the folder with the keys that protect sealed fields; docs/operations.md says how to make one.',
  ] as const;
  const serve = [app, commands, issuers, key, ...(values.hasWorker ? [anchor] : []), fieldKeys];
  return { serve, work: [app, commands, key, anchor, fieldKeys], migrate: [owner] };
};

const requireForProduction = (reader: VariableReader, values: SettingValues, purpose: Purpose): void => {
  for (const [variable, isThere, remedy] of needsOf(values)[purpose]) {
    // A variable that is there and wrong has been named already.
    const wasNamed = reader.problems.some((problem) => problem.variable.startsWith(variable));
    if (!isThere && !wasNamed) reader.refuse(variable, 'production needs it.', remedy);
  }
};

const refuseForProduction = (reader: VariableReader, values: SettingValues): void => {
  const remedy = 'Remove it or set it to off.';
  if (values.hasDevelopmentKeys) {
    reader.refuse('HANDRAIL_DEVELOPMENT_KEYS', 'whoever holds development keys can be anybody.', remedy);
  }
  if (values.hasSampleRegion) {
    reader.refuse('HANDRAIL_SAMPLE_REGION', 'the sample region comes with sample users.', remedy);
  }
};

const readUtf8: ReadFile = (path) => readFileSync(path, 'utf8');

/**
 * Settings from environment variables. Pure but for the files that `*_FILE` variables name, which come through `readFile`.
 * Throws `SettingsError` with every problem found, each naming its variable and the remedy.
 */
export const settingsFrom = (
  variables: Variables,
  purpose: Purpose = 'serve',
  readFile: ReadFile = readUtf8,
): Settings => {
  const reader = new VariableReader(variables, readFile);
  const environment = reader.choice('NODE_ENV', environments, 'development');
  const isProduction = environment === 'production';
  const basics = readBasics(reader, environment);
  const values: SettingValues = {
    ...basics,
    ...readDoor(reader, isProduction),
    ...readDatabase(reader, isProduction),
    ...readSignIn(reader, isProduction),
    ...readAudit(reader, isProduction, basics.dataDir),
    ...readLive(reader),
    messaging: readMessaging(reader, { isProduction, port: basics.port }),
    hasSampleRegion: reader.isOn('HANDRAIL_SAMPLE_REGION', environment === 'development'),
  };
  if (isProduction) {
    requireForProduction(reader, values, purpose);
    refuseForProduction(reader, values);
  }
  if (reader.problems.length > 0) throw new SettingsError(reader.problems);
  return new Settings(values);
};
