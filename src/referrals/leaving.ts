import { isRefusal, type Refusal } from '../kernel/refusal';
import { unplaced } from './new-referral';
import type { CancelReason, Outcome, TurnAwayReason } from './reasons';
import type { ReferralEntity } from './referral.entity';
import { referralMachine, type ReferralCommand } from './referral.machine';
import type { Leaving, ReferralChanges } from './referrals.store';

/** How a referral ends before admission; the reason is coded. */
export interface Ending {
  readonly command: 'cancel' | 'recall' | 'expire' | 'close';
  readonly reason: CancelReason | TurnAwayReason | 'CONSENT_REVOKED' | 'DID_NOT_ARRIVE' | 'NO_ANSWER';
  readonly outcome?: Outcome;
}

/** What is said of an end, in the trail and to whoever waits for news. */
export const endings = {
  cancel: 'referral.cancelled',
  recall: 'referral.recalled',
  expire: 'referral.expired',
  close: 'referral.closed',
} as const satisfies Record<Ending['command'], string>;

/** What a sender behind the valve asked for, whatever came of it. */
export const wishes = {
  cancel: 'referral.cancel-asked',
  recall: 'referral.recall-asked',
} as const satisfies Partial<Record<Ending['command'], string>>;

/** A row as the plain object it is. */
type Referral = Pick<ReferralEntity, keyof ReferralEntity>;

/** Plans a step that leaves the place behind. */
export const leave = (
  referral: Referral,
  { command, reason }: { readonly command: ReferralCommand; readonly reason: string },
  more: ReferralChanges = {},
): Leaving | Refusal => {
  const to = referralMachine.next(referral.state, command);
  if (isRefusal(to)) return to;
  const changes = { ...unplaced, ...more };
  const step = { command, from: referral.state, to, reason };
  return { step, changes, after: { ...referral, ...changes, state: to } };
};

/** Plans the end. The episode stays open: the person may come again. */
export const end = (referral: Referral, ending: Ending, closedAt: Date): Leaving | Refusal => {
  const { command, reason, outcome = null } = ending;
  return leave(referral, { command, reason }, { closedAt, endReason: reason, outcome, missing: [] });
};
