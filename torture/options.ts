import { parseArgs } from 'node:util';
import { faultNames, type FaultName } from './faults/faults';
import { plantNames, type PlantName } from './plants/plants';

export interface Options {
  readonly seeds: readonly number[];
  readonly seconds: number;
  readonly atOnce: number;
  /** Null: not said. All of them are played then, and with a planted bug none. */
  readonly faults: readonly FaultName[] | null;
  /** Bugs to plant, one after the other; `all`: each, and before them none, where nothing may be found. */
  readonly plant: PlantName | 'all' | null;
  readonly isKept: boolean;
  /** Where the verdicts are written down as they are known; null: nowhere. */
  readonly results: string | null;
}

export const usage = `Usage: npm run torture -- [options]

  --seed 1           the first seed, or the only one
  --seeds 1          how many, from the first on
  --seconds 20       how long faults are played in each
  --at-once 1        how many seeds at a time, each with servers and processes of its own
  --faults a,b       only these, or none; without it all, and with a planted bug none:
                     ${faultNames.join(', ')}
  --plant name       breaks the product from outside, and succeeds when the checker finds it:
                     ${plantNames.join(', ')};
                     all: none of them, where nothing may be found, and then each
  --results file     write each verdict down there too; seeds that stand there as ok are not played again, so that a long run
                     that was broken off goes on
  --keep             keep the logs of all seeds; those of failed ones are kept anyway
  --help             print this`;

/** Names the option that is wrong, and why. */
export class BadOption extends Error {}

const figure = (name: string, text: string, most: number): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new BadOption(`--${name} must be a whole number from 1 to ${most}, not “${text}”.`);
};

const nameOf = <Name extends string>(what: string, known: readonly Name[], text: string): Name => {
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  throw new BadOption(`There is no ${what} “${text}”; there are ${known.join(', ')}.`);
};

const faultsOf = (text: string | undefined): readonly FaultName[] | null => {
  if (text === undefined) return null;
  if (text === 'none') return [];
  return text.split(',').map((name) => nameOf('fault', faultNames, name));
};

/** The faults asked for, else all; beside a planted bug none, so that what is found is its doing. */
export const faultsFor = ({ faults }: Options, plant: PlantName | null): readonly FaultName[] =>
  faults ?? (plant === null ? faultNames : []);

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '20' },
      'at-once': { type: 'string', default: '1' },
      faults: { type: 'string' },
      plant: { type: 'string' },
      results: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;

const valuesOf = (args: readonly string[]): ReturnType<typeof parse> => {
  try {
    return parse(args);
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
};

/** What the command line asks for; `null`: only for help. Throws `BadOption`. */
export const optionsOf = (args: readonly string[]): Options | null => {
  const values = valuesOf(args);
  if (values.help) return null;
  if (values.plant !== undefined && values.results !== undefined) {
    throw new BadOption('--results keeps verdicts on the product as it is; leave it out with --plant.');
  }
  const first = figure('seed', values.seed, 1_000_000_000);
  return {
    seeds: Array.from({ length: figure('seeds', values.seeds, 10_000) }, (_, n) => first + n),
    seconds: figure('seconds', values.seconds, 3_600),
    atOnce: figure('at-once', values['at-once'], 16),
    faults: faultsOf(values.faults),
    plant: values.plant === undefined ? null : nameOf<PlantName | 'all'>('plant', ['all', ...plantNames], values.plant),
    isKept: values.keep,
    results: values.results ?? null,
  };
};
