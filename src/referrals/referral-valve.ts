import { mayRead, type Actor } from '../access';
import type { News } from '../platform/live';
import { referralCommandsOf } from './allowed-actions';
import type { ReferralRow } from './referrals.store';
import { receiptFor } from './valve';

/** What can change of a referral without its reader’s doing, by the field it shows in. */
const shown: Readonly<Record<string, (row: ReferralRow, actor: Actor) => unknown>> = {
  progress: (row, actor) => receiptFor(actor, row).progress,
  acknowledgedAt: ({ acknowledgedAt }) => acknowledgedAt,
  closedAt: (row, actor) => receiptFor(actor, row).closedAt,
  missing: (row, actor) => receiptFor(actor, row).missing,
  allowedActions: (row, actor) => referralCommandsOf(actor, row),
  person: ({ personId }) => personId,
  need: ({ need }) => need,
  destination: ({ programId }) => programId,
  arrivedAt: ({ arrivedAt }) => arrivedAt,
};

const textOf = (actor: Actor, row: ReferralRow): string =>
  JSON.stringify(
    Object.entries(shown)
      .filter(([field]) => mayRead(actor, 'Referral', field, row))
      .map(([field, value]) => [field, value(row, actor)]),
  );

/** What a reader sees of a referral, as text: apart from any consent, and with those in force; null: none shows more. */
export interface ReferralImage {
  readonly apart: string;
  readonly agreed: string | null;
}

export const imageOf = (actor: Actor, row: ReferralRow): ReferralImage => {
  const [apart, agreed] = [textOf(actor, Object.assign({}, row, { consents: [] })), textOf(actor, row)];
  return { apart, agreed: agreed === apart ? null : agreed };
};

/** Whoever may see where in treatment the person is hears of every step. */
export const isBeforeTheValve = (actor: Actor, row: ReferralRow): boolean => mayRead(actor, 'Referral', 'state', row);

/** What the parties of a referral are told when a consent of its person was given or has ended. */
export const CONSENTS_CHANGED = 'referral.consents-changed';

/** When a reader hears that something which a consent had shown is closed. */
type EndTold = 'NOW' | 'LATER' | 'NEVER';

/**
 * With the news of the consent itself, and with no other: at a hidden step the reader would be told of that step, by its time. Whoever sent
 * the referral never is (domain §6).
 */
export const endTold = ({ relations }: ReferralRow, isOfConsents: boolean): EndTold => {
  if (relations.includes('SENDER')) return 'NEVER';
  return isOfConsents ? 'NOW' : 'LATER';
};

/** Whether there is news for somebody who saw the one, in the other, and what they have seen once that is settled. */
export const newsIn = (
  before: ReferralImage,
  now: ReferralImage,
  told: EndTold,
): { readonly isNews: boolean; readonly seen: ReferralImage } => {
  const isNew = before.apart !== now.apart || (now.agreed !== null && before.agreed !== now.agreed);
  if (isNew || told === 'NEVER') return { isNews: isNew, seen: now };
  const isLess = before.agreed !== null && now.agreed === null;
  // Until the end is told, they have seen what the consent showed.
  return { isNews: isLess && told === 'NOW', seen: isLess && told === 'LATER' ? before : now };
};

/** What one subscriber last saw of one referral. */
interface Seen extends ReferralImage {
  readonly submittedAt: number;
}

/**
 * The one-way valve for news: whoever may not see where in treatment the person is hears of a referral only when something they
 * may see has changed. An event for every hidden step would tell by its time what its content withholds.
 */
export class ReferralValve {
  /** Referrals of which is remembered what was seen. */
  static readonly memory = 1_000;
  /** What the subscriber last saw of each referral, the least recently changed first. */
  readonly #images = new Map<string, Seen>();
  readonly #passed = new WeakSet<object>();
  /** Of what was submitted up to here, something may have been forgotten. */
  #forgottenUpTo = -Infinity;

  constructor(private readonly actor: Actor) {}

  /** Where they stand when the subscription begins, newest first. */
  begin(rows: readonly ReferralRow[]): void {
    for (const row of [...rows].reverse()) this.#remember(row, imageOf(this.actor, row));
  }

  /** Whether this event may be sent with this row. The same event is answered the same way when it is read again. */
  lets(event: Pick<News, 'names'>, id: string, row: ReferralRow | null): boolean {
    if (row === null) {
      this.#images.delete(id);
      return false;
    }
    const now = imageOf(this.actor, row);
    const { isNews, seen } = this.#newsIn(event, row, now);
    const isBefore = isBeforeTheValve(this.actor, row);
    this.#remember(row, isBefore ? now : seen);
    const mayPass = isNews || this.#passed.has(event) || isBefore;
    if (mayPass) this.#passed.add(event);
    return mayPass;
  }

  #newsIn({ names }: Pick<News, 'names'>, row: ReferralRow, now: ReferralImage): ReturnType<typeof newsIn> {
    const before = this.#images.get(row.id);
    // Of one that is not remembered nobody knows what was seen of it: this is where its memory begins.
    if (!before) return { isNews: row.submittedAt.getTime() > this.#forgottenUpTo, seen: now };
    return newsIn(before, now, endTold(row, names.has(CONSENTS_CHANGED)));
  }

  #remember({ id, submittedAt }: ReferralRow, { apart, agreed }: ReferralImage): void {
    this.#images.delete(id);
    this.#images.set(id, { apart, agreed, submittedAt: submittedAt.getTime() });
    if (this.#images.size > ReferralValve.memory) this.#forgetOne();
  }

  #forgetOne(): void {
    for (const [id, { submittedAt }] of this.#images) {
      this.#images.delete(id);
      this.#forgottenUpTo = Math.max(this.#forgottenUpTo, submittedAt);
      return;
    }
  }
}
