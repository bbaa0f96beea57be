import 'reflect-metadata';
import { faultNames } from './faults/faults';
import { BadOption, faultsFor, optionsOf, usage, type Options } from './options';
import { plantNames, type PlantName } from './plants/plants';
import { playSeed } from './play-seed';
import { report, reproduction } from './report';
import { Results } from './results';
import { closeAll, closeIfInterrupted } from './stage/closing';
import { makeTemplate } from './stage/template';
import { Total } from './total';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const againOf = (options: Options, plant: PlantName | null, seed: number): string => {
  const faults = faultsFor(options, plant);
  const some = faults.length === faultNames.length ? '' : ` --faults ${faults.join(',') || 'none'}`;
  return reproduction(seed, options.seconds, `${some}${plant ? ` --plant ${plant}` : ''}`);
};

/** As many at a time as asked for; each is told as soon as it is known, and one that breaks off stops no other. */
const playAll = async (template: string, options: Options, plant: PlantName | null): Promise<Total> => {
  const results = new Results(options.results);
  const waiting = options.seeds.filter((seed) => !results.isDone(seed));
  const total = new Total(plant, options.seeds.length - waiting.length);
  const faults = faultsFor(options, plant);
  const tell = (text: string): void => {
    say(text);
    results.add(text);
  };
  const next = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const again = againOf(options, plant, seed);
      try {
        const result = await playSeed(template, { ...options, faults, plant, seed });
        total.count(result);
        const text = report(result, again, options.isKept);
        // Of a bug that was looked for the history is no news.
        tell(plant === null ? text : (text.split('\n', 1)[0] ?? ''));
      } catch (error) {
        total.unplayed += 1;
        tell(`seed ${seed}: NOT PLAYED: ${String(error)}; again: ${again}`);
      }
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, next));
  for (const line of total.lines(faults)) say(line);
  return total;
};

/** With one bug or none: that it is found, or nothing. With all: that nothing is found without one, and then each. */
const judge = async (template: string, options: Options): Promise<boolean> => {
  const { plant } = options;
  if (plant !== 'all') return (await playAll(template, options, plant)).isAsExpected;
  const found: PlantName[] = [];
  // Under the one fault that a bug brings along: what is found then is no bug’s doing.
  const clean = await playAll(template, { ...options, faults: options.faults ?? ['kill-server'] }, null);
  for (const name of plantNames) if ((await playAll(template, options, name)).isAsExpected) found.push(name);
  const missed = plantNames.filter((name) => !found.includes(name));
  say(
    `without a bug: ${clean.isAsExpected ? 'nothing found' : 'NOT CLEAN'}; planted bugs found: ${found.length} of ${plantNames.length}${missed.length > 0 ? `; MISSED: ${missed.join(', ')}` : ''}`,
  );
  return clean.isAsExpected && missed.length === 0;
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
    if (!(await judge(template.folder, options))) process.exitCode = 1;
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
