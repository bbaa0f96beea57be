import type { Attempt, Call, Change, Facts, History, Violation } from '../history/history';
import { stateOf, type Ledger } from './ledger';

/** What the transaction of an acknowledged command must have written: the table, and how its row came out. */
interface Trace {
  readonly table: string;
  readonly state?: string;
  /** The step as the referral’s history names it. */
  readonly step?: string;
}

const TRACES: Readonly<Record<string, Trace>> = {
  submitReferral: { table: 'referral' },
  acknowledgeOffer: { table: 'offer', state: 'ACKNOWLEDGED' },
  acceptOffer: { table: 'offer', state: 'ACCEPTED' },
  declineOffer: { table: 'offer', state: 'DECLINED' },
  scheduleArrival: { table: 'referral_change', step: 'schedule' },
  receiveHandOff: { table: 'referral', state: 'ARRIVED' },
  recordArrival: { table: 'referral', state: 'ARRIVED' },
  admitPerson: { table: 'referral', state: 'ADMITTED' },
  dischargePerson: { table: 'referral', state: 'CLOSED' },
  recordNoShow: { table: 'referral_change', step: 'recordNoShow' },
  postCensus: { table: 'census' },
  pushCensus: { table: 'census' },
};

const rule = 'acknowledged';

const fits = ({ state, step }: Trace, { after }: Change): boolean =>
  (state === undefined || stateOf(after) === state) && (step === undefined || after?.['command'] === step);

const isOk = ({ end }: Attempt): boolean => end === 'ok';

/** The transactions in which a call had an effect. */
const effectsOf = (call: Call, ledger: Ledger): string[] => [
  ...new Set(call.attempts.flatMap(({ requestId }) => ledger.entriesOfRequest(requestId)).map(({ xid }) => xid)),
];

const traceless = (call: Call, xid: string, ledger: Ledger): Violation[] => {
  const trace = TRACES[call.command];
  if (!trace) return [];
  const isThere = ledger.changesOf(xid).some((change) => change.table === trace.table && fits(trace, change));
  return isThere
    ? []
    : [{ rule, what: `${call.command} was acknowledged and left no trace where it should`, about: [call.key] }];
};

/** Every acknowledged change is there, once; every refusal changed nothing. */
export const acknowledged = ({ calls }: History, _: Facts, ledger: Ledger): Violation[] =>
  calls.flatMap((call): Violation[] => {
    const effects = effectsOf(call, ledger);
    const about = [call.key, ...(call.subjectId ? [call.subjectId] : [])];
    if (effects.length > 1) {
      return [{ rule: 'once', what: `${call.command}: one key had ${effects.length} effects`, about }];
    }
    if (!call.attempts.some(isOk)) {
      const isRefused = call.attempts.every(({ end }) => end === 'refused');
      return isRefused && effects.length > 0
        ? [{ rule, what: `${call.command} was refused and has an effect`, about }]
        : [];
    }
    const [xid] = effects;
    if (xid === undefined) return [{ rule, what: `${call.command} was acknowledged and is not there`, about }];
    return traceless(call, xid, ledger);
  });

/** The same key, the same answer: once it was answered, whoever asks again hears the same. */
export const sameAnswer = ({ calls }: History): Violation[] =>
  calls.flatMap((call): Violation[] => {
    const answered = call.attempts.filter(isOk);
    const ids = new Set(answered.flatMap(({ id }) => id ?? []));
    const first = Math.min(...answered.map(({ to }) => to));
    const isTakenBack = call.attempts.some(
      ({ end, from, code }) => end === 'refused' && from > first && code !== 'UNAUTHENTICATED',
    );
    if (ids.size <= 1 && !isTakenBack) return [];
    return [{ rule: 'once', what: `${call.command}: one key was answered differently`, about: [call.key] }];
  });

const isKnown = ({ end, code }: Attempt): boolean => end === 'ok' || (end === 'refused' && code !== 'UNAUTHENTICATED');

/** Whoever repeats a request with its key hears in the end what became of it. */
export const answered = ({ calls }: History): Violation[] =>
  calls
    .filter(({ attempts }) => !attempts.some(isKnown))
    .map(({ key, command, attempts }) => ({
      rule: 'answered',
      what: `${command} was sent ${attempts.length} times and its answer is still not known`,
      about: [key],
    }));

/** No 500, nothing that nobody can read, and nobody waits for ever: faults are answered with “ask again”. */
export const codes = ({ calls, reads }: History): Violation[] => {
  const all = [
    ...calls.flatMap(({ key, command, attempts }) =>
      attempts.map((attempt) => ({ about: [key], what: command, attempt })),
    ),
    ...reads.map(({ attempt }) => ({ about: [attempt.requestId], what: 'a read', attempt })),
  ];
  return all
    .filter(({ attempt: { end, code } }) => end === 'fault' || (end === 'lost' && code === 'TIMEOUT'))
    .map(({ about, what, attempt: { status, code, api, from, to } }) => ({
      rule: 'codes',
      what: `${what} was answered ${code ?? ''} (HTTP ${status}) by ${api} after ${to - from} ms`,
      about,
    }));
};
