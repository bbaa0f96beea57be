import { parseArgs } from 'node:util';

export const JOBS = ['match', 'place', 'accept'] as const;
export type Job = (typeof JOBS)[number];
/** Not a contest with others, so only when they are asked for. */
const LIVE = 'live';
const WALLS = 'walls';

export interface Options {
  readonly rounds: number;
  /** Length of a round. */
  readonly seconds: number;
  readonly isCountryWide: boolean;
  readonly isThrowaway: boolean;
  readonly jobs: readonly Job[];
  /** From a commit to those who subscribed. */
  readonly isLive: boolean;
  /** Handrail beside itself without one wall at a time. */
  readonly hasWalls: boolean;
  /** Commands a second, of live. */
  readonly rate: number;
  /** How long the receiver of webhooks is away, of live; 0: it never is. */
  readonly awaySeconds: number;
}

export const usage = `Usage: npm run bench -- [options]

  --rounds 5     rounds of each contestant
  --seconds 4    length of a round, in seconds
  --job place    one job only: match, place (instant hold) or accept (an offer accepted); may be repeated; or live
                 (from a commit to subscribers, for rounds × seconds), or walls (Handrail without one wall at a time)
  --rate 50      commands a second, for live only
  --away-seconds 60
                 then the receiver of webhooks goes away for so long, and commands go on; for live only
  --country      spread the pools over the whole country instead of four states
  --throwaway    PostgreSQL without durability
  --help         print this`;

/** Names the option that is wrong, and why. */
export class BadOption extends Error {}

const figure = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw new BadOption(`--${name} must be a whole number from 1 to 1000, not “${text}”.`);
};

const jobsOf = (names: readonly string[]): readonly Job[] => {
  const known: readonly string[] = [...JOBS, LIVE, WALLS];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new BadOption(`There is no job “${unknown}”; there are ${known.join(', ')}.`);
  return names.length === 0 ? JOBS : JOBS.filter((job) => names.includes(job));
};

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      job: { type: 'string', multiple: true, default: [] },
      rate: { type: 'string', default: '50' },
      'away-seconds': { type: 'string' },
      country: { type: 'boolean', default: false },
      throwaway: { type: 'boolean', default: false },
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
  const away = values['away-seconds'];
  return {
    rounds: figure('rounds', values.rounds),
    seconds: figure('seconds', values.seconds),
    isCountryWide: values.country,
    isThrowaway: values.throwaway,
    jobs: jobsOf(values.job),
    isLive: values.job.includes(LIVE),
    hasWalls: values.job.includes(WALLS),
    rate: figure('rate', values.rate),
    awaySeconds: away === undefined ? 0 : figure('away-seconds', away),
  };
};
