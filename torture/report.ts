import { longestRecovery } from './check/recovery';
import type { Attempt, Call, History, Violation } from './history/history';
import type { SeedResult } from './play-seed';

const SHOWN_OF_A_RULE = 2;
const SLICE_LINES = 24;

const attemptsOf = ({ calls, reads }: History): Attempt[] => [
  ...calls.flatMap(({ attempts }) => attempts),
  ...reads.map(({ attempt }) => attempt),
];

const tally = (items: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
};

/** From the first sending of a command until its sender knew what became of it. */
const untilKnown = ({ attempts }: Call): number => {
  const known = attempts.filter(({ end }) => end === 'ok' || end === 'refused').map(({ to }) => to);
  return known.length === 0 ? 0 : Math.min(...known) - Math.min(...attempts.map(({ from }) => from));
};

/** One line of figures. */
const summary = ({ seed, history, facts, violations, took }: SeedResult): string => {
  const attempts = attemptsOf(history);
  const healed = history.calls.filter(({ attempts: sent }) => sent.length > 1 && sent.some(({ end }) => end === 'ok'));
  const longest = Math.max(0, ...attempts.map(({ from, to }) => to - from));
  const slowest = Math.max(0, ...history.calls.map(untilKnown));
  return [
    `seed ${seed}: ${violations.length === 0 ? 'ok' : `${violations.length} VIOLATIONS`}`,
    `${history.calls.length} commands (${healed.length} sent more than once and healed)`,
    `attempts: ${tally(attempts.map(({ end }) => end))}`,
    `${facts.changes.length} changes, ${history.samples} looks, ${facts.taken.length} webhooks taken`,
    `longest answer ${longest} ms, longest until one was known ${slowest} ms, ${longestRecovery(history)}`,
    `faults: ${tally(history.faults.map(({ name }) => name)) || 'none'}`,
    `took ${took} s`,
  ].join('; ');
};

/** What the run knows of the records and keys a violation is about, in the order of time. */
const sliceOf = ({ about }: Violation, { history, facts }: SeedResult): string[] => {
  const isAbout = new Set(about);
  const calls = history.calls
    .filter(
      ({ key, subjectId, attempts }) =>
        isAbout.has(key) ||
        isAbout.has(subjectId ?? '') ||
        attempts.some(({ id, requestId }) => isAbout.has(id ?? '') || isAbout.has(requestId)),
    )
    .flatMap(({ key, person, command, attempts }) =>
      attempts.map(
        ({ from, to, api, end, code, status, requestId }) =>
          `    ${from}–${to} ms ${person} ${command} ${api} ${end} ${code ?? ''} ${status} key ${key.slice(0, 8)} request ${requestId}`,
      ),
    );
  const changes = facts.changes
    .filter(
      ({ id, before, after }) =>
        isAbout.has(id) || [before, after].some((row) => isAbout.has(String(row?.['referral_id']))),
    )
    .map(
      ({ seq, xid, table, id, before, after }) =>
        `    #${seq} tx ${xid} ${table} ${id.slice(-8)} ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
    );
  const entries = facts.entries
    .filter(({ subjectId, kind }) => kind !== 'READ' && isAbout.has(subjectId ?? ''))
    .map(({ xid, action, kind, requestId }) => `    tx ${xid} trail: ${kind} ${action} request ${requestId ?? 'none'}`);
  return [...calls, ...changes, ...entries].slice(0, SLICE_LINES);
};

const faultLines = ({ faults }: History): string[] =>
  faults.map(({ name, detail, from, to }) => `    ${from}–${to} ms ${name}: ${detail}`);

/** How to see it again. */
export const reproduction = (seed: number, seconds: number, more: string): string =>
  `npm run torture -- --seed ${seed} --seconds ${seconds}${more}`;

const firstOfEach = (violations: readonly Violation[]): Violation[] =>
  violations.filter(
    ({ rule }, n) => violations.slice(0, n).filter((earlier) => earlier.rule === rule).length < SHOWN_OF_A_RULE,
  );

/** A seed’s verdict: one line when all is well, else what was violated, with the history of it. */
export const report = (result: SeedResult, again: string, isVerbose: boolean): string => {
  const { violations, history, complaints, logs } = result;
  const lines = [summary(result)];
  for (const [what, count] of complaints) lines.push(`  ${count} × logged as an error: ${what}`);
  if (isVerbose || violations.length > 0) lines.push('  what was done:', ...faultLines(history));
  if (violations.length === 0) return lines.join('\n');
  lines.push(`  violated: ${tally(violations.map(({ rule }) => rule))}; the first of each:`);
  for (const violation of firstOfEach(violations)) {
    lines.push(`  ${violation.rule}: ${violation.what}`, ...sliceOf(violation, result));
  }
  lines.push(`  logs: ${logs}`, `  again: ${again}`);
  return lines.join('\n');
};
