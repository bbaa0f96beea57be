import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/audit-dependencies.mjs');
const report = (high: number) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {},
    metadata: { vulnerabilities: { high, critical: 0, total: high } },
  });

describe('the audit of what production installs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'handrail-audit-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (path: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode });
  };
  /** Runs it over packages with these manifests, with an npm that prints `answer`. */
  const audit = (manifests: Record<string, object>, answer: string, code = 0) => {
    const packages = Object.fromEntries(
      Object.keys(manifests).map((name) => [
        `node_modules/${name}`,
        { version: '1.0.0', dev: name.startsWith('dev-') },
      ]),
    );
    write('package-lock.json', JSON.stringify({ packages: { '': {}, ...packages } }));
    for (const [name, manifest] of Object.entries(manifests)) {
      write(`node_modules/${name}/package.json`, JSON.stringify(manifest));
    }
    write('answer', answer);
    write('bin/npm', `#!/bin/sh\ncat "${folder}/answer"\nexit ${code}\n`, 0o755);
    const PATH = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
    const { status, stdout } = spawnSync(process.execPath, [SCRIPT], {
      cwd: folder,
      env: { ...process.env, PATH },
      encoding: 'utf8',
    });
    return { status, stdout };
  };
  const mit = { one: { license: 'MIT' } };

  it('passes when both were looked at and nothing was found', () => {
    expect(audit(mit, report(0))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('1 production packages read'),
    });
  });

  it.each([['{"message":"405 Method Not Allowed","error":{}}'], ['not JSON'], ['']])(
    'is no success when the advisory service says %s',
    (answer) => {
      const { status, stdout } = audit(mit, answer, 1);
      expect(status).toBe(77);
      expect(stdout).toContain('no advisory service reachable: not audited');
    },
  );

  it('fails on a serious hole, whatever npm ends with', () => {
    expect(audit(mit, report(1), 1).status).toBe(1);
    expect(audit(mit, report(1), 0).status).toBe(1);
  });

  it.each([
    [{ license: 'GPL-3.0-only' }],
    [{ license: 'MIT AND AGPL-3.0' }],
    [{ license: 'SEE LICENSE IN LICENSE' }],
    [{ license: 'UNLICENSED' }],
    [{}],
    [{ licenses: [{ type: 'LGPL-3.0' }] }],
  ])('fails on %j, with or without an advisory service', (manifest) => {
    expect(audit({ one: manifest }, report(0)).status).toBe(1);
    expect(audit({ one: manifest }, '', 1).status).toBe(1);
  });

  it.each([
    [{ license: '(GPL-2.0 OR MIT)' }],
    [{ license: 'MIT AND ISC' }],
    [{ license: { type: 'BSD-3-Clause' } }],
    [{ licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] }],
  ])('takes %j', (manifest) => {
    expect(audit({ one: manifest }, report(0)).status).toBe(0);
  });

  it('looks at what production installs only, and fails when that is nothing', () => {
    expect(audit({ ...mit, 'dev-tool': { license: 'GPL-3.0' } }, report(0)).status).toBe(0);
    expect(audit({ 'dev-tool': { license: 'MIT' } }, report(0)).status).toBe(1);
  });
});
