import 'reflect-metadata';
import { faultNames } from './faults/faults';
import { BadOption, optionsOf, usage, type Options } from './options';
import { playSeed, type SeedResult } from './play-seed';
import { report, reproduction } from './report';
import { Results } from './results';
import { closeAll, closeIfInterrupted } from './stage/closing';
import { makeTemplate } from './stage/template';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const againOf = ({ seconds, faults, plant }: Options, seed: number): string => {
  const some = faults.length === faultNames.length ? '' : ` --faults ${faults.join(',') || 'none'}`;
  return reproduction(seed, seconds, `${some}${plant ? ` --plant ${plant}` : ''}`);
};

/** What the last line counts. */
interface Total {
  seeds: number;
  violations: number;
  failed: number;
  planted: number;
  /** Seeds that broke off: the harness’s own fault or the machine’s, and no verdict. */
  unplayed: number;
}

/** As many at a time as asked for; each is told as soon as it is known, and one that breaks off stops no other. */
const playAll = async (template: string, options: Options): Promise<Total> => {
  const results = new Results(options.results);
  const waiting = options.seeds.filter((seed) => !results.isDone(seed));
  const total: Total = {
    seeds: options.seeds.length - waiting.length,
    violations: 0,
    failed: 0,
    planted: 0,
    unplayed: 0,
  };
  const tell = (text: string): void => {
    say(text);
    results.add(text);
  };
  const count = ({ violations, isPlanted }: SeedResult): void => {
    total.seeds += 1;
    total.violations += violations.length;
    total.failed += violations.length > 0 ? 1 : 0;
    total.planted += isPlanted === true ? 1 : 0;
  };
  const next = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      try {
        const result = await playSeed(template, { ...options, seed });
        count(result);
        tell(report(result, againOf(options, seed), options.isKept));
      } catch (error) {
        total.unplayed += 1;
        tell(`seed ${seed}: NOT PLAYED: ${String(error)}; again: ${againOf(options, seed)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, next));
  return total;
};

const judge = ({ plant }: Options, { seeds, violations, failed, planted, unplayed }: Total): void => {
  const isAsExpected = plant === null ? violations === 0 : planted > 0 && failed >= planted;
  if (plant !== null) say(`the bug ${plant} was planted in ${planted} of ${seeds} seeds and found in ${failed}`);
  if (unplayed > 0) say(`${unplayed} more could not be played`);
  say(`${seeds} seeds, ${violations} violations`);
  if (!isAsExpected || unplayed > 0) process.exitCode = 1;
};

const main = async (): Promise<void> => {
  const options = optionsOf(process.argv.slice(2));
  if (options === null) {
    say(usage);
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void closeAll().finally(() => process.exit(130)));
  }
  const template = await makeTemplate();
  const forget = closeIfInterrupted(() => {
    template.remove();
  });
  try {
    judge(options, await playAll(template.folder, options));
  } finally {
    forget();
    template.remove();
  }
};

main()
  .catch((error: unknown) => {
    const isBadOption = error instanceof BadOption;
    console.error(isBadOption ? `${error.message}\n\n${usage}` : error);
    process.exitCode = isBadOption ? 2 : 1;
  })
  // A socket that nobody closed holds nobody up.
  .finally(() => process.exit());
