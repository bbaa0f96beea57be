import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
let checkout: string;

const at = (...parts: string[]): string => join(checkout, ...parts);

const write = (name: string, text: string): void => {
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), text);
};

const node = (...args: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, args, { cwd: tmpdir(), encoding: 'utf8' });
const build = (): string => node(at('scripts/build.mjs')).stdout.trim();
const run = (...args: string[]): SpawnSyncReturns<string> => node(at('scripts/run.mjs'), ...args);

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'handrail-launch-'));
  cpSync(join(root, 'scripts'), at('scripts'), { recursive: true });
  cpSync(join(root, '.swcrc'), at('.swcrc'));
  symlinkSync(join(root, 'node_modules'), at('node_modules'));
  write(
    'src/cli/greet.ts',
    'export const names: string[] = process.argv.slice(2);\nconsole.log(`Hello ${names.join(" ")}`);\n',
  );
  write('src/cli/greet.spec.ts', 'throw new Error("specs are not compiled");');
});

afterEach(() => {
  rmSync(checkout, { recursive: true, force: true });
});

describe('building', () => {
  it('compiles sources once, then only what changed, and removes what has no source', () => {
    write('bench/index.ts', 'console.log("bench");');
    expect(build()).toBe('Compiled 2 files into dist.');
    expect(build()).toBe('dist is up to date.');
    const untouched = statSync(at('dist/bench/index.js')).mtimeMs;

    write('src/cli/greet.ts', 'console.log("changed");');
    expect(build()).toBe('Compiled 1 files into dist.');
    expect(statSync(at('dist/bench/index.js')).mtimeMs).toBe(untouched);

    rmSync(at('bench'), { recursive: true });
    build();
    expect(existsSync(at('dist/bench/index.js'))).toBe(false);
  });

  it('makes up for an output that has gone', () => {
    build();
    rmSync(at('dist/src/cli/greet.js'));
    expect(build()).toBe('Compiled 1 files into dist.');
  });
});

describe('running', () => {
  it('builds, hands over the arguments and is quiet', () => {
    expect(run('greet', 'Ross', '--county')).toMatchObject({ stdout: 'Hello Ross --county\n', stderr: '', status: 0 });
  });

  it('is the program itself: same exit code, same process for signals', async () => {
    write(
      'src/cli/wait.ts',
      'process.on("SIGTERM", () => process.exit(7)); console.log(process.pid); setTimeout(() => {}, 9e4);',
    );
    const child = spawn(process.execPath, [at('scripts/run.mjs'), 'wait']);
    const [pid] = (await once(child.stdout, 'data')) as [Buffer];
    expect(Number(pid)).toBe(child.pid);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('lets npm pass on that it is to stop, and npm waits: what is open is closed, the last first', async () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
    write('package.json', JSON.stringify({ scripts: { start: scripts.start } }));
    cpSync(join(root, 'src/stop-in-time.ts'), at('src/stop-in-time.ts'));
    write(
      'src/main.ts',
      `import { closeAtStop, stopOnSignals } from './stop-in-time';
       const say = (word: string): Promise<void> => new Promise((done) => process.stdout.write(word + ' ', () => done()));
       stopOnSignals();
       closeAtStop(() => say('database'));
       closeAtStop(() => Promise.reject(new Error('no queue')));
       closeAtStop(() => say('requests'));
       void say('ready').then(() => setTimeout(() => undefined, 9e4));`,
    );
    const npm = spawn('npm', ['start', '--silent'], { cwd: checkout });
    let [said, complained] = ['', ''];
    npm.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    while (!said.includes('ready')) said += String(((await once(npm.stdout, 'data')) as [Buffer])[0]);
    npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    npm.kill('SIGTERM');
    expect((await once(npm, 'close'))[1]).toBeNull();
    // Two pipes, read in any order.
    expect(said.trim()).toBe('ready requests database');
    expect(complained).toContain('Not closed: no queue');
  });

  it('shows the line of the source in a stack', () => {
    write('src/cli/fail.ts', 'interface Gone {\n  name: string;\n}\n\nthrow new Error("broken" as Gone["name"]);\n');
    expect(run('fail')).toMatchObject({ status: 1, stderr: expect.stringContaining('fail.ts:5:') as string });
  });

  it('loads packages that are ES modules without a notice', () => {
    write('src/cli/area.ts', 'import { geoArea } from "d3-geo";\nconsole.log(typeof geoArea);');
    expect(run('area')).toMatchObject({ stdout: 'function\n', stderr: '' });
  });

  it('uses what was built where no compiler is installed', () => {
    build();
    rmSync(at('node_modules'));
    rmSync(at('src'), { recursive: true });
    expect(run('greet', 'Ohio')).toMatchObject({ stdout: 'Hello Ohio\n', stderr: '', status: 0 });
  });

  it('says what to do when nothing is built and nothing can build', () => {
    rmSync(at('node_modules'));
    expect(run('greet')).toMatchObject({ status: 1, stderr: expect.stringContaining('npm ci') as string });
  });

  it.each([['nobody'], ['../greet'], ['']])('refuses the unknown program "%s"', (name) => {
    expect(run(name).status).toBeGreaterThan(0);
    expect(run(name).stderr).toMatch(/no such program|Usage/);
  });
});
