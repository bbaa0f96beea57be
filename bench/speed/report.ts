export interface Series {
  readonly name: string;
  /** Latencies of each round, milliseconds. */
  readonly rounds: readonly (readonly number[])[];
}
export interface Target {
  readonly of: string;
  readonly against: string;
  readonly atLeast: number;
}

const median = (values: readonly number[]): number => percentile(values, 0.5);

const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
};

const rates = ({ rounds }: Series, seconds: number): number[] => rounds.map(({ length }) => length / seconds);

/** Round by round, so that what else the machine did in a round bears on both sides of the quotient; then the median. */
const ratio = (of: Series, against: Series): number =>
  median(of.rounds.map(({ length }, index) => length / (against.rounds[index]?.length ?? NaN)));

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table of one job, and whether its target holds. */
export const report = (title: string, series: readonly Series[], seconds: number, target: Target | null): string => {
  const against = series.find(({ name }) => name === target?.against) ?? series[0];
  if (!against) return '';
  const lines = series.map((one) => {
    const latencies = one.rounds.flat();
    const shown = [0.5, 0.95, 0.99].map((share) => percentile(latencies, share).toFixed(1));
    return row([one.name, median(rates(one, seconds)).toFixed(0), ...shown, ratio(one, against).toFixed(2)]);
  });
  const of = series.find(({ name }) => name === target?.of);
  const reached = of && target ? ratio(of, against) : null;
  const verdict =
    reached === null || target === null
      ? []
      : [
          `Target: ${target.of} ≥ ${target.atLeast.toFixed(2)} of ${target.against}: ${reached >= target.atLeast ? 'holds' : 'MISSED'} (${reached.toFixed(2)}).`,
        ];
  return [
    `## ${title}`,
    row(['', 'requests/s', 'p50 ms', 'p95 ms', 'p99 ms', `of ${against.name}`]),
    '|---|---:|---:|---:|---:|---:|',
    ...lines,
    ...verdict,
    '',
  ].join('\n');
};
