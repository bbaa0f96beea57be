import {
  HAD_TO_BE_KILLED,
  type Facts,
  type FaultPlayed,
  type History,
  type Recovery,
  type Violation,
} from '../history/history';
import { acknowledged, answered, codes, sameAnswer } from './calls';
import { ledgerOf, type Ledger } from './ledger';
import { counters, ends, places, room, succession } from './rows';
import { allOrNone, news, order } from './steps';
import { waitlist } from './waitlist';
import { told } from './webhooks';

type Rule = (history: History, facts: Facts, ledger: Ledger) => Violation[];

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

const isDisturbed = ({ at, milliseconds }: Recovery, faults: readonly FaultPlayed[]): boolean =>
  faults.some(({ name, from, to }) => {
    const aftermath = IN_THE_WAY[name];
    // The fault it recovers from ends when it has been measured.
    const isItself =
      from < at && to >= at + milliseconds && ['kill-backend', 'kill-server', 'full-disk'].includes(name);
    return aftermath !== undefined && !isItself && from <= at + milliseconds && to + aftermath >= at;
  });

/** Work goes on within five seconds after the database is back. */
const recovery: Rule = ({ recoveries, faults }) =>
  recoveries
    .filter((one) => one.milliseconds > RECOVERY_MS && !isDisturbed(one, faults))
    .map(({ what, milliseconds }) => ({ rule: 'recovery', what: `${what} took ${milliseconds} ms`, about: [] }));

/** A process that is told to stop does so, whatever hangs. */
const stops: Rule = ({ faults }) =>
  faults
    .filter(({ detail }) => detail.includes(HAD_TO_BE_KILLED))
    .map(({ name, detail }) => ({ rule: 'stops', what: `${name}: ${detail}`, about: [] }));

const rest: Rule = (_, { leftovers, trail }) => [
  ...leftovers.map(({ what, id }) => ({ rule: 'rest', what: `${what} is left`, about: [id] })),
  ...(trail === null ? [] : [{ rule: 'trail', what: trail, about: [] }]),
];

const rules: readonly Rule[] = [
  room,
  counters,
  places,
  succession,
  ends,
  allOrNone,
  news,
  order,
  told,
  waitlist,
  acknowledged,
  sameAnswer,
  answered,
  codes,
  recovery,
  stops,
  rest,
];

/** Judges a run by what was seen and what is left. Pure: the same history has the same verdict. */
export const check = (history: History, facts: Facts): Violation[] => {
  const ledger = ledgerOf(facts);
  return rules.flatMap((rule) => rule(history, facts, ledger));
};
