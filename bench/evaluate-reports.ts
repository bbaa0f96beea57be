import { parseArgs } from 'node:util';
import { editionsOf } from './reports/editions';

const usage = `npm run --silent evaluate:reports -- [--counties 20] [--per-week 60] [--facts 4] [--weeks 4] [--seed 1]

How much is shown, week by week, of the overdoses of a made-up state, and how long an edition takes. One JSON object a line.`;

const { values } = parseArgs({
  options: {
    counties: { type: 'string', default: '20' },
    'per-week': { type: 'string', default: '60' },
    facts: { type: 'string', default: '4' },
    weeks: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

const numberOf = (name: 'counties' | 'per-week' | 'facts' | 'weeks' | 'seed'): number => {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is a whole number from 1 on.`);
  return value;
};

const main = async (): Promise<void> => {
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const state = { counties: numberOf('counties'), perWeek: numberOf('per-week'), facts: numberOf('facts') };
  const weeks = numberOf('weeks');
  for await (const edition of editionsOf(state, numberOf('seed'))) {
    process.stdout.write(`${JSON.stringify(edition)}\n`);
    if (edition.week === weeks) return;
  }
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
