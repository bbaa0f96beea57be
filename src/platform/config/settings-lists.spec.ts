import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Purpose, settingsFrom } from './index';

const textOf = (name: string): string => readFileSync(join(__dirname, '../../..', name), 'utf8');
const operations = textOf('docs/operations.md');
const compose = textOf('docker-compose.yml').split('\n');

/** Every variable that is read at the start, asked of the reading itself. */
const known = (() => {
  const asked = new Set<string>();
  settingsFrom(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));
  return asked;
})();

/** What a container has no use for, or production refuses. */
const NOT_IN_COMPOSE = [
  // The image sets it.
  'NODE_ENV',
  // Inside the container; what is published outside is HANDRAIL_PUBLISH.
  'PORT',
  'HOST',
  // Of development.
  'HANDRAIL_DATA_DIR',
  'HANDRAIL_DEVELOPMENT_KEYS',
  'HANDRAIL_OUTBOX',
  'HANDRAIL_SAMPLE_REGION',
];

const depthOf = (line: string): number => line.search(/\S/);
/** The lines below a heading that are further in. */
const under = (lines: readonly string[], heading: string): readonly string[] => {
  const from = lines.indexOf(heading);
  if (from < 0) throw new Error(`no "${heading}" in docker-compose.yml`);
  const rest = lines.slice(from + 1).filter((line) => line.trim() !== '');
  const end = rest.findIndex((line) => depthOf(line) <= depthOf(heading));
  return end < 0 ? rest : rest.slice(0, end);
};

/** A value as Compose passes it on where the operator sets only what it demands. */
const passedOn = (value: string): string =>
  value
    .replace(/^'(.*)'$/, '$1')
    .replace(
      /\$\{AUTH_ISSUERS:\?[^}]*\}/,
      '[{"issuer":"https://id.example.org","jwksUri":"https://id.example.org/jwks"}]',
    )
    .replace(/\$\{AUTH_AUDIENCE:-\}/, 'handrail')
    .replace(/\$\{\w+:-([^}]*)\}/, '$1');

const environmentOf = (service: string): Record<string, string> => {
  const own = under(under(compose, `  ${service}:`), '    environment:');
  const shared = own.includes('      <<: *settings') ? under(compose, 'x-settings: &settings') : [];
  const entries = [...shared, ...own].flatMap((line) => {
    const [, name, value] = /^ +([A-Z_]+): (.*)$/.exec(line) ?? [];
    return name !== undefined && value !== undefined ? [[name, passedOn(value)] as const] : [];
  });
  return Object.fromEntries(entries);
};

const secrets: Record<string, string> = {
  database_url: 'postgres://handrail_api:0123456789abcdef0123@database:5432/handrail',
  command_database_url: 'postgres://handrail_commands:0123456789abcdef0123@database:5432/handrail',
  migration_database_url: 'postgres://handrail_owner:fedcba98765432100123@database:5432/handrail',
  audit_keys: `2026-01 ${Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('hex')}`,
};
/** Reads only what the service is given. */
const secretsOf =
  (service: string) =>
  (path: string): string => {
    const given = under(under(compose, `  ${service}:`), '    secrets:').map((line) => line.replace(/^ +- /, ''));
    const secret = given.find((name) => path === `/run/secrets/${name}`);
    if (secret === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
    return secrets[secret] ?? '';
  };

const services: [string, Purpose][] = [
  ['migrate', 'migrate'],
  ['api', 'serve'],
  ['worker', 'work'],
];
const inCompose = new Set(services.flatMap(([service]) => Object.keys(environmentOf(service))));

describe('the lists of settings', () => {
  it('are about more than a few', () => {
    expect(known.size).toBeGreaterThan(20);
  });

  it('in the operations guide name each, and nothing else', () => {
    const rows = [...operations.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name = '']) => name);
    const isFormOfAnother = (name: string): boolean => known.has(name.replace(/_FILE$/, '')) && name.endsWith('_FILE');
    expect(rows.sort()).toEqual([...known].filter((name) => !isFormOfAnother(name)).sort());
    expect([...known].filter((name) => !operations.includes(`\`${name}\``))).toEqual([]);
  });

  it('in the Compose file let the operator set each that production heeds, and nothing else', () => {
    // A secret comes from a file.
    const isSet = (name: string): boolean => inCompose.has(name) || inCompose.has(`${name}_FILE`);
    expect([...known].filter((name) => !isSet(name)).sort()).toEqual([...NOT_IN_COMPOSE].sort());
    expect([...inCompose].filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(services)('in the Compose file are enough to start %s', (service, purpose) => {
    const settings = settingsFrom({ NODE_ENV: 'production', ...environmentOf(service) }, purpose, secretsOf(service));
    expect(settings.isProduction).toBe(true);
  });

  it('in the readme are of settings that exist', () => {
    const named = [...textOf('README.md').matchAll(/`([A-Z]+(?:_[A-Z]+)*)`/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
