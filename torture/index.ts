import 'reflect-metadata';
import { faultNames } from './faults/faults';
import { BadOption, optionsOf, usage, type Options } from './options';
import { playSeed, type SeedResult } from './play-seed';
import { report, reproduction } from './report';
import { closeAll, closeIfInterrupted } from './stage/closing';
import { makeTemplate } from './stage/template';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const againOf = ({ seconds, faults, plant }: Options, seed: number): string => {
  const some = faults.length === faultNames.length ? '' : ` --faults ${faults.join(',') || 'none'}`;
  return reproduction(seed, seconds, `${some}${plant ? ` --plant ${plant}` : ''}`);
};

/** As many at a time as asked for; each is told as soon as it is known. */
const playAll = async (template: string, options: Options): Promise<SeedResult[]> => {
  const waiting = [...options.seeds];
  const results: SeedResult[] = [];
  const next = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      try {
        const result = await playSeed(template, { ...options, seed });
        results.push(result);
        say(report(result, againOf(options, seed), options.isKept));
      } catch (error) {
        throw new Error(`seed ${seed} could not be played; again: ${againOf(options, seed)}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, next));
  return results;
};

const judge = (options: Options, results: readonly SeedResult[]): void => {
  const failed = results.filter(({ violations }) => violations.length > 0);
  const total = `${results.length} seeds of ${options.seconds} s, ${failed.length} with violations`;
  const planted = results.filter(({ isPlanted }) => isPlanted === true).length;
  const isAsExpected = options.plant === null ? failed.length === 0 : planted > 0 && failed.length >= planted;
  say(options.plant === null ? total : `${total}; the bug ${options.plant} was planted in ${planted} of them`);
  if (!isAsExpected) process.exitCode = 1;
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
