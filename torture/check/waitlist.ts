import type { Change, Facts, History, Row, Violation } from '../history/history';
import { grouped, numberOf, stateOf, textIn, type Ledger } from './ledger';

const rule = 'waitlist';

/** “(1) Pregnant injecting drug users; (2) Pregnant substance abusers; (3) Injecting drug abusers; and (4) All others.” 45 CFR 96.131(a) */
const TIERS = ['PREGNANT_INJECTING', 'PREGNANT', 'INJECTING', 'OTHER'];
const WAITS = new Set(['WAITLISTED', 'OFFERED', 'NEEDS_INFO']);
/** A commit is written down before others see it; on a slow disk so much before. */
const SEEN_AFTER_MS = 2_000;

/** When a transaction looked at those who wait: after it began, and before it wrote. */
interface Look {
  readonly xid: string;
  readonly began: number;
  readonly at: number;
}

interface Waiter {
  readonly entryId: string;
  readonly referralId: string;
  readonly tier: number;
  readonly risk: number;
  readonly since: number;
}

const created = (changes: readonly Change[], name: string): Change[] =>
  changes.filter(({ table, before }) => table === name && before === null);

/** The version that a look must have met. Null: none, or it was being changed about then, and nobody can tell. */
const metBy = ({ xid, began, at }: Look, versions: readonly Change[]): Row | null => {
  const n = versions.findLastIndex(
    (one) => one.xid !== xid && one.committed !== null && one.committed + SEEN_AFTER_MS < began,
  );
  const next = versions[n + 1];
  const isCertain = !next || next.xid === xid || (next.committed !== null && next.committed > at);
  return isCertain ? (versions[n]?.after ?? null) : null;
};

const waiterIn = (entryId: string, row: Row): Waiter => ({
  entryId,
  referralId: textIn(row, 'referral_id') ?? '',
  tier: TIERS.indexOf(textIn(row, 'tier') ?? ''),
  risk: numberOf(row, 'risk') + numberOf(row, 'overdose_risk'),
  since: Date.parse(textIn(row, 'since') ?? ''),
});

/** Tier, then risk, then who waits longer; the id only settles what is equal in all of it. */
const isBefore = (one: Waiter, other: Waiter): boolean => {
  if (one.tier !== other.tier) return one.tier < other.tier;
  if (one.risk !== other.risk) return one.risk > other.risk;
  if (one.since !== other.since) return one.since < other.since;
  return one.entryId < other.entryId;
};

/** What the rules ask of a whole run. */
class WaitingRoom {
  readonly #entries: ReadonlyMap<string, readonly Change[]>;
  readonly #referrals: ReadonlyMap<string, readonly Change[]>;
  readonly #offers: ReadonlyMap<string, readonly Change[]>;
  readonly #persons: ReadonlyMap<string, readonly string[]>;

  constructor({ changes }: Facts) {
    const of = (name: string): Change[] => changes.filter(({ table }) => table === name);
    this.#entries = grouped(of('waitlist_entry'), ({ id }) => id);
    this.#referrals = grouped(of('referral'), ({ id }) => id);
    this.#offers = grouped(of('offer'), ({ after }) => textIn(after, 'referral_id'));
    const referrals = created(changes, 'referral').map(({ id, after }) => ({ id, person: textIn(after, 'person_id') }));
    const byPerson = grouped(referrals, ({ person }) => person);
    this.#persons = new Map(
      referrals.map(({ id, person }) => [id, (byPerson.get(person ?? '') ?? []).map((one) => one.id)]),
    );
  }

  /** Those who certainly waited when somebody looked. */
  at(look: Look): Waiter[] {
    return [...this.#entries].flatMap(([id, versions]) => {
      const waiter = this.#waiterOf(id, versions, look);
      const referral = waiter && metBy(look, this.#referrals.get(waiter.referralId) ?? []);
      return waiter && referral && WAITS.has(stateOf(referral) ?? '') ? [waiter] : [];
    });
  }

  waiter(entryId: string, look: Look): Waiter | null {
    return this.#waiterOf(entryId, this.#entries.get(entryId) ?? [], look);
  }

  /** Of a referral that waits itself. */
  waiterOf(referralId: string, look: Look): Waiter | null {
    return this.at(look).find((one) => one.referralId === referralId) ?? null;
  }

  /** Every version of every offer it had until then. */
  offersOf(referralId: string, { seq }: Change): readonly Change[] {
    return (this.#offers.get(referralId) ?? []).filter((one) => one.seq < seq);
  }

  /** Nothing that a program may have said stands in the way: it never heard of this person. */
  isUnknownTo(programId: string, { referralId }: Waiter, until: Change): boolean {
    const own = this.#persons.get(referralId) ?? [];
    return own.length === 1 && this.offersOf(referralId, until).every(({ after }) => programOf(after) !== programId);
  }

  /** As the referral itself says it, of one that does not wait. */
  tierOf(referralId: string, { seq }: Change): number | null {
    const versions = this.#referrals.get(referralId) ?? [];
    const need = versions.findLast((one) => one.seq < seq)?.after?.['need'] as Row | null | undefined;
    if (!need) return null;
    const [isPregnant, isInjecting] = [need['pregnant'] === true, need['injects'] === true];
    return [isPregnant && isInjecting, isPregnant, isInjecting, true].indexOf(true);
  }

  #waiterOf(id: string, versions: readonly Change[], look: Look): Waiter | null {
    const row = metBy(look, versions);
    return row && textIn(row, 'ended_at') === null ? waiterIn(id, row) : null;
  }
}

const programOf = (row: Row | null): string | null => textIn(row, 'program_id');
const rulesOf = ({ after }: Change): readonly unknown[] =>
  (after?.['rules'] as readonly unknown[] | null | undefined) ?? [];
const entryOf = ({ after }: Change): string => textIn(after, 'entry_id') ?? '';

/** What a program is said to have done about somebody, it has. Rules of matching are the product’s to know. */
const isFounded = (one: Change, room: WaitingRoom): boolean => {
  const programId = programOf(one.after);
  const offers = room.offersOf(textIn(one.after, 'referral_id') ?? '', one);
  const here = offers.filter(({ after }) => programOf(after) === programId);
  return rulesOf(one).every((name) => {
    if (name === 'BEFORE_ANOTHER_PROGRAM') return offers.length > here.length;
    if (name === 'BEFORE_THIS_PROGRAM') return here.length > 0;
    if (name === 'ALREADY_ASKED') {
      return here.some(({ after }) => ['DECLINED', 'EXPIRED'].includes(stateOf(after) ?? ''));
    }
    return true;
  });
};

/** What is wrong with one place that was put to those who wait, `rows` in the order in which it was. */
const wrongWith = (rows: readonly Change[], room: WaitingRoom, ledger: Ledger): Violation[] => {
  const given = rows.at(-1);
  if (!given) return [];
  const look: Look = given;
  const say = (what: string, ...ids: string[]): Violation => ({ rule, what, about: [...ids, entryOf(given)] });
  const passed = rows.slice(0, -1);
  const found = passed
    .filter((one) => rulesOf(one).length === 0 || !isFounded(one, room))
    .map((one) => say('was passed over without a rule that stands against it', entryOf(one)));
  const isTaken = created(ledger.changesOf(given.xid), 'offer').some(
    ({ after }) =>
      textIn(after, 'referral_id') === textIn(given.after, 'referral_id') &&
      programOf(after) === programOf(given.after),
  );
  if (rulesOf(given).length > 0 || !isTaken) found.push(say('a place went to somebody other than the first in order'));
  const known = rows.flatMap((one) => room.waiter(entryOf(one), look) ?? []);
  known.forEach((one, n) => {
    const earlier = known[n - 1];
    if (earlier && isBefore(one, earlier)) found.push(say('came first and was looked at later', one.entryId));
  });
  const first = room.waiter(entryOf(given), look);
  const lookedAt = new Set(rows.map(entryOf));
  const missed = first ? room.at(look).filter((one) => isBefore(one, first) && !lookedAt.has(one.entryId)) : [];
  return [...found, ...missed.map((one) => say('waited, came first and was not looked at', one.entryId))];
};

/** The free places before a hold, where nobody else had to do with the pool meanwhile; else null. */
const freeBefore = (hold: Change, ledger: Ledger): number | null => {
  const versions = ledger.versions.get(`bed_pool ${textIn(hold.after, 'pool_id') ?? ''}`) ?? [];
  const n = versions.findLastIndex(({ xid }) => xid === hold.xid);
  const after = versions[n]?.after ?? null;
  const before = versions.slice(0, n).findLast(({ xid }) => xid !== hold.xid);
  if (!after || (before && (before.committed === null || before.committed + SEEN_AFTER_MS >= hold.began))) return null;
  return numberOf(after, 'staffed') - numberOf(after, 'occupied') - numberOf(after, 'held') + 1;
};

/** A place that was taken at once, by somebody to whom no place was put, past those who could have had it. */
const overtaken = (hold: Change, room: WaitingRoom, ledger: Ledger): Violation[] => {
  const changes = ledger.changesOf(hold.xid);
  const referralId = textIn(hold.after, 'referral_id') ?? '';
  const offer = created(changes, 'offer').find(({ after }) => textIn(after, 'referral_id') === referralId);
  const free = freeBefore(hold, ledger);
  if (!offer || free === null || created(changes, 'place_consideration').length > 0) return [];
  const own = room.waiterOf(referralId, hold);
  const tier = own?.tier ?? room.tierOf(referralId, hold);
  if (tier === null) return [];
  // Within a tier a coordinator may choose, and of a referral that is new only its tier is known here.
  const isChosen = ledger.entriesOf(hold.xid).some(({ action }) => action === 'program.chosen');
  const ahead = room
    .at(hold)
    .filter((one) => (own && !isChosen ? isBefore(one, own) : one.tier < tier))
    .filter((one) => room.isUnknownTo(programOf(offer.after) ?? '', one, hold));
  if (ahead.length < free) return [];
  const what = `took one of ${free} free places past ${ahead.length} who wait, come first and could have it`;
  return [{ rule, what, about: [referralId, ...ahead.map(({ entryId }) => entryId)] }];
};

/** Places are given in order among those whom a program can take, and nobody new goes past them. */
export const waitlist = (_: History, facts: Facts, ledger: Ledger): Violation[] => {
  const room = new WaitingRoom(facts);
  const runs = grouped(created(facts.changes, 'place_consideration'), ({ after }) => textIn(after, 'run_id'));
  const inOrder = [...runs.values()].map((rows) =>
    [...rows].sort((one, other) => numberOf(one.after, 'position') - numberOf(other.after, 'position')),
  );
  return [
    ...inOrder.flatMap((rows) => wrongWith(rows, room, ledger)),
    ...created(facts.changes, 'hold').flatMap((hold) => overtaken(hold, room, ledger)),
  ];
};
