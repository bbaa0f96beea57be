import type { Change, Entry, Facts, History, Violation } from '../history/history';
import { grouped, numberOf, stateOf, textIn, type Ledger } from './ledger';

const ENTRY_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  offer: {
    PENDING: 'offer.made',
    ACKNOWLEDGED: 'offer.acknowledged',
    ACCEPTED: 'offer.accepted',
    DECLINED: 'offer.declined',
    EXPIRED: 'offer.expired',
    WITHDRAWN: 'offer.withdrawn',
  },
  hold: { ACTIVE: 'hold.made', CONVERTED: 'hold.converted', RELEASED: 'hold.released', EXPIRED: 'hold.expired' },
};

const isStep = ({ before, after }: Change): boolean => after !== null && stateOf(before) !== stateOf(after);

const has = (entries: readonly Entry[], action: string, id: string): boolean =>
  entries.some((entry) => entry.action === action && entry.subjectId === id);

/** A state that changed says so in the trail, in the same transaction. */
const withoutEntry = (changes: readonly Change[], entries: readonly Entry[]): Violation[] =>
  changes.filter(isStep).flatMap((change) => {
    const state = stateOf(change.after) ?? '';
    const action = ENTRY_OF[change.table]?.[state];
    if (action === undefined || has(entries, action, change.id)) return [];
    return [
      {
        rule: 'all-or-none',
        what: `a ${change.table} became ${state} without ${action} in the trail`,
        about: [change.id],
      },
    ];
  });

/** From which state to which, over all that one transaction wrote. */
const net = (rows: readonly [from: string | null, to: string | null][]) => ({
  from: rows[0]?.[0] ?? 'nothing',
  to: rows.at(-1)?.[1] ?? 'nothing',
});

/** What one transaction did to a referral, as the row tells it and as its history does. */
const unlikeHistory = (changes: readonly Change[]): Violation[] => {
  const history = changes.filter(({ table }) => table === 'referral_change');
  const referrals = grouped(changes, ({ table, id }) => (table === 'referral' ? id : null));
  return [...referrals].flatMap(([id, versions]) => {
    const done = net(versions.map(({ before, after }) => [stateOf(before), stateOf(after)]));
    if (done.from === done.to) return [];
    const ofIt = history.filter(({ after }) => after?.['referral_id'] === id);
    const told = net(ofIt.map(({ after }) => [textIn(after, 'from_state'), textIn(after, 'to_state')]));
    if (told.from === done.from && told.to === done.to) return [];
    const what = `a referral went from ${done.from} to ${done.to}; its history says ${told.from} to ${told.to}`;
    return [{ rule: 'all-or-none', what, about: [id] }];
  });
};

/** What was changed is told, and what is told has its task. */
const untold = (changes: readonly Change[]): Violation[] => {
  const events = changes.filter(({ table, before }) => table === 'outbox_event' && before === null);
  const jobs = new Set(changes.filter(({ table }) => table === 'job').map(({ id }) => id));
  const steps = changes.filter((change) => ['referral', 'offer', 'hold'].includes(change.table) && isStep(change));
  return [
    ...(steps.length > 0 && events.length === 0
      ? [{ rule: 'all-or-none', what: 'a step without an event', about: steps.map(({ id }) => id) }]
      : []),
    ...events
      .filter(({ id }) => !jobs.has(id))
      .map(({ id }) => ({ rule: 'all-or-none', what: 'an event without a task that delivers it', about: [id] })),
  ];
};

/** State, capacity, audit and outbox: all of a transaction or nothing. */
export const allOrNone = (_history: History, _facts: Facts, ledger: Ledger): Violation[] =>
  ledger.transactions.flatMap((xid) => {
    const changes = ledger.changesOf(xid);
    return [...withoutEntry(changes, ledger.entriesOf(xid)), ...unlikeHistory(changes), ...untold(changes)];
  });

/** In the trail only: what was thought, and what was asked for (`…-asked`); what came of it is news of its own. */
const UNTOLD = /^referral\.(matched|\w+-asked)$/;

const isToldOf = ({ kind, action }: Entry): boolean =>
  kind === 'COMMAND' &&
  !UNTOLD.test(action) &&
  /^(referral\.|hand-off\.|offer\.(acknowledged|declined|expired)$)/.test(action);

const keyOf = (name: unknown, subjectId: unknown): string => `${String(name)} ${String(subjectId)}`;

/** Each step in the trail has its news, as often as it was taken. */
export const news = (_: History, { entries, rows }: Facts): Violation[] => {
  const waiting = new Map<string, number>();
  for (const { table, row } of rows) {
    const key = keyOf(row['name'], row['subject_id']);
    if (table === 'outbox_event') waiting.set(key, (waiting.get(key) ?? 0) + 1);
  }
  return entries.filter(isToldOf).flatMap(({ action, subjectId }) => {
    const key = keyOf(action, subjectId);
    const left = waiting.get(key) ?? 0;
    waiting.set(key, left - 1);
    return left > 0
      ? []
      : [{ rule: 'news', what: `${action} stands in the trail and was told to nobody`, about: [subjectId ?? ''] }];
  });
};

/** First deliveries of one record’s news come in the order in which it happened; and what was delivered stays so. */
export const order = (_: History, { changes }: Facts): Violation[] => {
  const latest = new Map<string, number>();
  return changes
    .filter(({ table }) => table === 'outbox_event')
    .flatMap(({ id, before, after }) => {
      const subjectId = textIn(after ?? before, 'subject_id') ?? '';
      const about = [id, subjectId];
      const wasDelivered = textIn(before, 'delivered_at');
      const isDelivered = textIn(after, 'delivered_at');
      if (wasDelivered !== null && isDelivered !== wasDelivered) {
        return [{ rule: 'order', what: 'a delivery was undone', about }];
      }
      if (isDelivered === null) return [];
      const last = latest.get(subjectId) ?? 0;
      const position = numberOf(after, 'position');
      latest.set(subjectId, Math.max(last, position));
      if (position >= last) return [];
      return [{ rule: 'order', what: 'an event was delivered after a later one of its record', about }];
    });
};
