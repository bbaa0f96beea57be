import { HAD_TO_BE_KILLED, type Facts, type History, type Violation } from '../history/history';
import { acknowledged, answered, codes, sameAnswer } from './calls';
import { ledgerOf, type Ledger } from './ledger';
import { recovery } from './recovery';
import { counters, ends, places, room, succession } from './rows';
import { allOrNone, news, order } from './steps';
import { waitlist } from './waitlist';
import { told } from './webhooks';

type Rule = (history: History, facts: Facts, ledger: Ledger) => Violation[];

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
