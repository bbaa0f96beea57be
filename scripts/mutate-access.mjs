import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Judge } from './mutation/judge.mjs';
import { mutantsOf } from './mutation/mutants.mjs';

/**
 * `npm run mutate:access [-- part of a file name …] [-- --every 20]`: takes every single decision out of the access policy,
 * one at a time, and expects each time that something notices. Exits 1 when anything can go unnoticed. With `--every n`
 * only one decision in n is taken out: a sample, for a run of the tests.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options, positionals: wanted } = parseArgs({
  options: { every: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const every = Number(options.every);
if (!Number.isInteger(every) || every < 1) throw new Error('--every takes a whole number, 1 or more.');

/** The door of the room only passes on what the others say. */
const isMutated = (name) =>
  name.endsWith('.ts') &&
  !name.endsWith('.spec.ts') &&
  name !== 'index.ts' &&
  wanted.every((part) => name.includes(part));
const folder = join(root, 'src/access');
const files = readdirSync(folder, { recursive: true }).filter(isMutated).sort();

const begun = performance.now();
const judge = new Judge(root);
const survivors = [];
const tally = new Map();
let seen = 0;
for (const name of files) {
  const file = join(folder, name);
  const mutants = mutantsOf(file, readFileSync(file, 'utf8')).filter(() => seen++ % every === 0);
  const verdicts = mutants.map((mutant) => ({ mutant, verdict: judge.verdictOn(mutant) }));
  for (const { verdict } of verdicts) tally.set(verdict?.by, (tally.get(verdict?.by) ?? 0) + 1);
  const alive = verdicts.filter(({ verdict }) => verdict === null).map(({ mutant }) => mutant);
  survivors.push(...alive);
  const weak = verdicts.filter(({ verdict }) => verdict?.by === 'the page only').length;
  console.log(
    `${name}: ${mutants.length - alive.length} of ${mutants.length} noticed${weak ? `, ${weak} by the page only` : ''}`,
  );
}

for (const { file, line, what, was } of survivors) {
  console.log(`SURVIVED ${relative(root, file)}:${line} ${what}: ${was}`);
}
const all = [...tally.values()].reduce((sum, one) => sum + one, 0);
const seconds = Math.round((performance.now() - begun) / 1000);
for (const [by, count] of tally) console.log(`${count} by ${by ?? 'nothing'}`);
console.log(`${all - survivors.length} of ${all} mutants of src/access noticed in ${seconds} s`);
process.exitCode = survivors.length === 0 ? 0 : 1;
