import { mayRead, type Actor } from '../access';
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

const imageOf = (actor: Actor, row: ReferralRow): ReferralImage => {
  const [apart, agreed] = [textOf(actor, Object.assign({}, row, { consents: [] })), textOf(actor, row)];
  return { apart, agreed: agreed === apart ? null : agreed };
};

/** All that may make news for a reader behind the valve; null for one who may see where in treatment the person is. */
export const imageBehindTheValve = (actor: Actor, row: ReferralRow): ReferralImage | null =>
  mayRead(actor, 'Referral', 'state', row) ? null : imageOf(actor, row);

/**
 * Whether somebody who saw the one has something new to see in the other. That a consent has ended since is none: nothing is sent
 * when it ends, so the next hidden step would be told by its time.
 */
export const isNewsAfter = (before: ReferralImage, now: ReferralImage): boolean =>
  before.apart !== now.apart || (now.agreed !== null && before.agreed !== now.agreed);

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
    for (const row of [...rows].reverse()) this.#remember(row);
  }

  /** Whether this event may be sent with this row. The same event is answered the same way when it is read again. */
  lets(event: object, id: string, row: ReferralRow | null): boolean {
    if (row === null) {
      this.#images.delete(id);
      return false;
    }
    const before = this.#images.get(id);
    const now = this.#remember(row);
    // Of one that is not remembered nobody knows what was seen of it: this is where its memory begins.
    const isNews = before ? isNewsAfter(before, now) : now.submittedAt > this.#forgottenUpTo;
    const mayPass = isNews || this.#passed.has(event) || mayRead(this.actor, 'Referral', 'state', row);
    if (mayPass) this.#passed.add(event);
    return mayPass;
  }

  #remember(row: ReferralRow): Seen {
    const image = { ...imageOf(this.actor, row), submittedAt: row.submittedAt.getTime() };
    this.#images.delete(row.id);
    this.#images.set(row.id, image);
    if (this.#images.size > ReferralValve.memory) this.#forgetOne();
    return image;
  }

  #forgetOne(): void {
    for (const [id, { submittedAt }] of this.#images) {
      this.#images.delete(id);
      this.#forgottenUpTo = Math.max(this.#forgottenUpTo, submittedAt);
      return;
    }
  }
}
