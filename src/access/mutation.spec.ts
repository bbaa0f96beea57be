import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run mutate:access` takes out every decision; here one in eighty, of every file of the policy. */
describe('a decision taken out of the access policy', () => {
  it('does not go unnoticed', () => {
    const script = join(__dirname, '../../scripts/mutate-access.mjs');
    const { stdout, stderr } = spawnSync(process.execPath, [script, '--every', '80'], { encoding: 'utf8' });
    const tally = stdout.trim().split('\n').at(-1) ?? '';
    process.stdout.write(`Access, a sample: ${tally}\n`);
    const [, noticed, all] = /^(\d+) of (\d+) mutants/.exec(tally) ?? [];
    expect([stderr, noticed]).toEqual(['', all]);
    expect(Number(all)).toBeGreaterThan(50);
  });
});
