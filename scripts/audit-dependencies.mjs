/**
 * What production installs, checked from outside: known holes (npm audit) and licences (installed packages against a list).
 * Ends with 0 when everything was checked and is sound, 1 on a finding, 77 when licences are sound and no advisory service
 * answered: nobody should read "ok" where nothing was looked at.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOT_AUDITED = 77;
const TIMEOUT_MS = 60_000;

/** Licences that ask for no more than to be named. Copyleft ones, and whatever nobody has read, are not among them. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Of fonts: asks to be named, and not to be sold on its own.
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
]);

/** Packages that name no licence where machines look; somebody read what stands elsewhere in this very version. */
const READ_BY_HAND = new Map([
  ['pause 0.0.1', 'MIT'],
  ['png-js 2.0.0', 'MIT'],
]);

/** SPDX expressions as packages use them: one of "A OR B" suffices, all of "A AND B" must be allowed. */
const isAllowed = (expression) =>
  expression
    .replace(/[()]/g, '')
    .split(/ OR /i)
    .some((choice) => choice.split(/ AND /i).every((licence) => ALLOWED.has(licence.trim())));

/** package.json of old packages: `{type}` or a list of them. */
const licenceOf = ({ license, licenses }) => {
  if (typeof license === 'string') return license;
  if (typeof license?.type === 'string') return license.type;
  const types = Array.isArray(licenses) ? licenses.map((one) => one?.type ?? one) : [];
  return types.length > 0 && types.every((type) => typeof type === 'string') ? types.join(' OR ') : null;
};

const manifestOf = (root, path) => {
  try {
    return JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
  } catch {
    return null;
  }
};

/** Production packages whose licence is not on the list, with what they say; and how many were read. */
const checkLicences = (root) => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const production = Object.entries(packages).filter(([path, { dev, link }]) => path !== '' && !dev && !link);
  const findings = [];
  for (const [path, locked] of production) {
    // Builds for other platforms are not installed here; the lock file knows their licence.
    const manifest = manifestOf(root, path) ?? locked;
    const name = `${path.replace(/^.*node_modules\//, '')} ${locked.version}`;
    const licence = licenceOf(manifest) ?? READ_BY_HAND.get(name) ?? null;
    if (licence === null) findings.push(`${name}: no licence is named`);
    else if (!isAllowed(licence)) findings.push(`${name}: ${licence}`);
  }
  return { read: production.length, findings };
};

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** The counts by severity that the advisory service gave, or null when there was none to ask. */
const askForHoles = (root) => {
  const asked = ['audit', '--omit=dev', '--audit-level=high', '--json', '--fetch-retries=0', '--fetch-timeout=15000'];
  const { stdout, status } = spawnSync('npm', asked, { cwd: root, encoding: 'utf8', timeout: TIMEOUT_MS });
  const report = parsed(stdout ?? '');
  const counts = report?.metadata?.vulnerabilities;
  return report?.auditReportVersion && counts ? { report, counts, status } : null;
};

const run = (root) => {
  const { read, findings } = checkLicences(root);
  if (read === 0) findings.push('the lock file names no production package');
  console.log(`licences: ${read} production packages read, ${findings.length} not allowed`);
  for (const finding of findings) console.log(`  ${finding}`);
  const answer = askForHoles(root);
  if (answer === null) {
    console.log('known holes: no advisory service reachable: not audited');
    return findings.length > 0 ? 1 : NOT_AUDITED;
  }
  const { counts, report, status } = answer;
  console.log(`known holes: ${counts.critical} critical, ${counts.high} high, ${counts.total} in all`);
  for (const { name, severity } of Object.values(report.vulnerabilities ?? {})) console.log(`  ${name}: ${severity}`);
  return findings.length > 0 || status !== 0 || counts.high + counts.critical > 0 ? 1 : 0;
};

process.exitCode = run(process.cwd());
