import { parseArgs } from 'node:util';

export const METHODS = ['ours', 'sd2', 'sd3', 'earsC2', 'earsC3', 'ewma'] as const;
export type Method = (typeof METHODS)[number];

/** What a run over one file was asked for. Column names are as in the file’s head. */
export interface FileOptions {
  readonly file: string;
  /** One column with date and time; a date column and a time column; or a year, a month and a day column, with or without one for the time. */
  readonly time: readonly string[];
  readonly known: string | undefined;
  readonly place: string | undefined;
  readonly lat: string | undefined;
  readonly lon: string | undefined;
  readonly id: string | undefined;
  readonly count: string | undefined;
  readonly stream: string | undefined;
  readonly disposition: string | undefined;
  readonly method: Method;
  readonly budget: number | undefined;
}

export interface StudyOptions {
  readonly study: string;
  readonly seed: number;
  readonly injections: number;
  readonly budget: number | undefined;
  /** False alarms per place and year at which all rules are compared besides; empty: they are not. */
  readonly rates: readonly number[];
}

export const usage = `Usage: npm run --silent evaluate:spikes -- --file x.csv --time <column> [options]

  --file x.csv          a file with a head: one row an event, or one row a day with --count. Columns are found whatever their case
  --time <column>       when it happened; give it twice for a date column and a time column, three times
                        for year, month and day columns (and a fourth for the time)
  --place <column>      county or town; without it the file is one place
  --lat, --lon <column> coordinates in degrees: also look for clusters below the place
  --method ours         ours, sd2, sd3, earsC2, earsC3 or ewma
  --budget 1            false alarms a place may raise in a quiet year (ours only)
  --known <column>      when the report became known; without it, when it happened
  --id <column>         rows with an id seen before are the same event
  --stream <column>     who reported: streams are also weighed against each other
  --count <column>      events of the day the row stands for; found by its name where each place has one row a day
  --disposition <column> rows whose value begins with CANCEL or DUPLIC are left out; found by its name if not given

Usage: npm run --silent evaluate:spikes -- --study <folder> [--injections 60] [--seed 1] [--budget 1] [--rates 0.5,1,2,4]

  false alarms and injected spikes on the public overdose files of that folder, all methods side by side;
  with --rates also with every method, ours too, at the laxest limit that raises so many false alarms a place and year (minutes)`;

/** What can be wrong with a run, as the first word of the line on standard error. */
export type OptionProblem =
  | 'UNKNOWN_OPTION'
  | 'MISSING_OPTION'
  | 'BAD_VALUE'
  | 'UNREADABLE_FILE'
  | 'EMPTY_FILE'
  | 'UNKNOWN_COLUMN'
  | 'NO_READABLE_TIME';

/** Names the argument that is wrong, and why. */
export class BadOption extends Error {
  constructor(
    readonly code: OptionProblem,
    message: string,
  ) {
    super(message);
  }
}

const texts = ['file', 'known', 'place', 'lat', 'lon', 'id', 'count', 'stream', 'disposition', 'study'] as const;
const textOption = { type: 'string' } as const;

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      ...(Object.fromEntries(texts.map((name) => [name, textOption])) as Record<
        (typeof texts)[number],
        typeof textOption
      >),
      time: { type: 'string', multiple: true, default: [] },
      method: { type: 'string', default: 'ours' },
      budget: { type: 'string' },
      seed: { type: 'string', default: '1' },
      injections: { type: 'string', default: '60' },
      rates: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  }).values;

const valuesOf = (args: readonly string[]): ReturnType<typeof parse> => {
  try {
    return parse(args);
  } catch (error) {
    throw new BadOption('UNKNOWN_OPTION', error instanceof Error ? error.message : String(error));
  }
};

interface Range {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

const figure = (text: string, { name, low, high }: Range): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= low && value <= high) return value;
  throw new BadOption('BAD_VALUE', `--${name} must be a number from ${low} to ${high}, not “${text}”.`);
};

const methodOf = (name: string): Method => {
  const method = METHODS.find((known) => known.toLowerCase() === name.trim().toLowerCase());
  if (method !== undefined) return method;
  throw new BadOption('BAD_VALUE', `--method must be one of ${METHODS.join(', ')}, not “${name}”.`);
};

const budgetOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : figure(text, { name: 'budget', low: 0.05, high: 50 });

const ratesOf = (text: string): readonly number[] =>
  text === '' ? [] : text.split(',').map((rate) => figure(rate, { name: 'rates', low: 0, high: 100 }));

/** What the command line asks for; `null`: only for help. Throws `BadOption`. */
export const optionsOf = (args: readonly string[]): FileOptions | StudyOptions | null => {
  const values = valuesOf(args);
  if (values.help) return null;
  const budget = budgetOf(values.budget);
  if (values.study !== undefined) {
    const seed = figure(values.seed, { name: 'seed', low: 0, high: 4_294_967_295 });
    const injections = figure(values.injections, { name: 'injections', low: 1, high: 100_000 });
    return { study: values.study, seed, injections, budget, rates: ratesOf(values.rates) };
  }
  if (values.rates !== '') throw new BadOption('MISSING_OPTION', '--study is missing: --rates goes with it.');
  const { file, time, known, place, lat, lon, id, count, stream, disposition } = values;
  if (file === undefined) throw new BadOption('MISSING_OPTION', '--file is missing: the file to read.');
  if (time.length === 0) {
    throw new BadOption('MISSING_OPTION', '--time is missing: the column that says when it happened.');
  }
  if (time.length > 4) {
    throw new BadOption(
      'BAD_VALUE',
      '--time can be given four times at most: a date and a time column; or year, month and day, and a time column.',
    );
  }
  if ((lat === undefined) !== (lon === undefined)) {
    throw new BadOption(
      'MISSING_OPTION',
      `--${lat === undefined ? 'lat' : 'lon'} is missing: coordinates need both columns.`,
    );
  }
  return {
    file,
    time,
    known,
    place,
    lat,
    lon,
    id,
    count,
    stream,
    disposition,
    method: methodOf(values.method),
    budget,
  };
};
