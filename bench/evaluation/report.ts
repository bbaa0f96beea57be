import type { RuleCount } from '../../src/matching/engine/unmet-need';

export interface Outcome {
  readonly profile: string;
  readonly state: string;
  /** Programs within the distance. */
  readonly programs: number;
  readonly eligible: number;
  /** Rules against the programs that were removed; a program may fail several. */
  readonly removed: readonly RuleCount[];
  /** Matches that would end a medication. */
  readonly cutOff: number;
  readonly milliseconds: number;
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${String(Math.round((100 * part) / whole))} %`;

const removals = (outcomes: readonly Outcome[]): [string, number][] => {
  const counts = new Map<string, number>();
  for (const { removed } of outcomes) {
    for (const { rule, programs } of removed) counts.set(rule, (counts.get(rule) ?? 0) + programs);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
};

const sum = (outcomes: readonly Outcome[], figure: (outcome: Outcome) => number): number =>
  outcomes.reduce((total, outcome) => total + figure(outcome), 0);

const reasons = (outcomes: readonly Outcome[], most: number): string => {
  const gone = sum(outcomes, ({ programs, eligible }) => programs - eligible);
  return removals(outcomes)
    .slice(0, most)
    .map(([rule, count]) => `${rule} ${percent(count, gone)}`)
    .join(', ');
};

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const row = (name: string, outcomes: readonly Outcome[]): string => {
  const eligible = outcomes.map((outcome) => outcome.eligible);
  return line([
    name,
    outcomes.length,
    quantile(
      outcomes.map(({ programs }) => programs),
      0.5,
    ),
    quantile(eligible, 0.5),
    quantile(eligible, 0.1),
    eligible.filter((count) => count === 0).length,
    reasons(outcomes, 4),
  ]);
};

const groups = (outcomes: readonly Outcome[], keyOf: (outcome: Outcome) => string): [string, Outcome[]][] => {
  const keys = [...new Set(outcomes.map(keyOf))];
  return keys.map((key) => [key, outcomes.filter((outcome) => keyOf(outcome) === key)]);
};

const table = (title: string, rows: readonly (readonly [string, readonly Outcome[]])[]): void => {
  console.log(
    line([title, 'needs', 'programs in reach', 'eligible', 'p10', 'needs with none', 'of the removed, removed by']),
  );
  console.log(line(['---', '--:', '--:', '--:', '--:', '--:', '---']));
  for (const [name, outcomes] of rows) console.log(row(name, outcomes));
};

/** Markdown: by profile, by state, and every rule over all needs. Medians, unless a column says otherwise. */
export const printReport = (outcomes: readonly Outcome[]): void => {
  table(
    'need',
    groups(outcomes, ({ profile }) => profile),
  );
  console.log('');
  table('state', [...groups(outcomes, ({ state }) => state), ['all', outcomes]]);
  const gone = sum(outcomes, ({ programs, eligible }) => programs - eligible);
  console.log(`\n${line(['rule', 'removed programs it stands against', 'share'])}\n${line(['---', '--:', '--:'])}`);
  for (const [rule, count] of removals(outcomes)) console.log(line([rule, count, percent(count, gone)]));
  console.log(line(['any', gone, percent(gone, gone)]));
  const times = outcomes.map(({ milliseconds }) => milliseconds);
  console.log(`\nOne run: median ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms.`);
};
