import type { FaultPlayed, History, Recovery, Violation } from '../history/history';

const RECOVERY_MS = 5_000;
/** What gets in the way of a recovery that is not the database’s own, and for how long it does afterwards. */
const IN_THE_WAY: Readonly<Record<string, number>> = {
  'kill-api': 5_000,
  'kill-worker': 5_000,
  'kill-backend': 0,
  'kill-server': 0,
  'full-disk': 0,
  'roll-over': 5_000,
  'cut-database': 1_000,
  'slow-network': 1_000,
  'half-open': 25_000,
  'lock-table': 1_000,
  'slow-statements': 16_000,
  'exhaust-pool': 1_000,
  'migrate-at-once': 1_000,
};
/** Those that concern the lines of one program, which their detail names. */
const OF_ONE_PROGRAM = ['cut-database', 'slow-network', 'half-open'];
/** Those that end with a recovery that has been measured. */
const MEASURED = ['kill-backend', 'kill-server', 'full-disk'];

const concerns = ({ of }: Recovery, { name, detail }: FaultPlayed): boolean =>
  !OF_ONE_PROGRAM.includes(name) || (of === 'news' ? !detail.startsWith('api') : detail === of);

const isItself = ({ at, milliseconds }: Recovery, { name, from, to }: FaultPlayed): boolean =>
  from < at && to >= at + milliseconds && MEASURED.includes(name);

export interface Judged extends Recovery {
  /** The other faults that stood in its way. */
  readonly hindered: readonly FaultPlayed[];
  /** By when it had to be over: five seconds after the database was back, and after the last of those was out of the way. */
  readonly dueAt: number;
}

const judge = (recovery: Recovery, faults: readonly FaultPlayed[]): Judged => {
  const hindered: FaultPlayed[] = [];
  let dueAt = recovery.at + RECOVERY_MS;
  for (const fault of [...faults].sort((one, other) => one.from - other.from)) {
    const aftermath = IN_THE_WAY[fault.name];
    if (aftermath === undefined || isItself(recovery, fault) || !concerns(recovery, fault)) continue;
    if (fault.from > dueAt || fault.to + aftermath < recovery.at) continue;
    hindered.push(fault);
    dueAt = Math.max(dueAt, fault.to + aftermath + RECOVERY_MS);
  }
  return { ...recovery, hindered, dueAt };
};

/** Every recovery with what else stood in its way. */
export const judgedRecoveries = ({ recoveries, faults }: Pick<History, 'recoveries' | 'faults'>): Judged[] =>
  recoveries.map((one) => judge(one, faults));

const namesOf = (hindered: readonly FaultPlayed[]): string =>
  [...new Set(hindered.map(({ name }) => name))].join(' and ');

/** Work goes on within five seconds after the database is back, and after whatever else stood in the way. */
export const recovery = (history: Pick<History, 'recoveries' | 'faults'>): Violation[] =>
  judgedRecoveries(history)
    .filter(({ at, milliseconds, dueAt }) => at + milliseconds > dueAt)
    .map(({ what, milliseconds, hindered }) => {
      const more = hindered.length > 0 ? `, longer than ${namesOf(hindered)} explains` : '';
      return { rule: 'recovery', what: `${what} took ${milliseconds} ms${more}`, about: [] };
    });

/** For the line of figures: the longest that nothing else hindered, and the longest of the others with what did. */
export const longestRecovery = (history: Pick<History, 'recoveries' | 'faults'>): string => {
  const judged = judgedRecoveries(history).sort((one, other) => other.milliseconds - one.milliseconds);
  const free = judged.find(({ hindered }) => hindered.length === 0)?.milliseconds ?? 0;
  const held = judged.find(({ hindered }) => hindered.length > 0);
  return `longest recovery ${free} ms${held ? `, beside other faults ${held.milliseconds} ms (${held.what}; ${namesOf(held.hindered)})` : ''}`;
};
