import { grantedCommands, mayRead, type Actor, type Facts } from '../access';
import { offerMachine, type OfferCommand, type OfferState } from './offer.machine';
import { progressOf, type Missing, type ProgressFacts } from './progress';
import { referralMachine, type ReferralCommand, type ReferralState } from './referral.machine';

/** Commands whose name in the access table is not the step of the machine they lead to. */
const stepOf: Readonly<Record<string, ReferralCommand>> = { receiveHandOff: 'recordArrival', route: 'reroute' };
/** Not commands on one record, or granted for reasons of their own. */
const NOT_STEPS: ReadonlySet<string> = new Set(['read', 'submit', 'make', 'requestSecondLook']);

interface ReferralFacts extends Facts, ProgressFacts {
  readonly missing: readonly Missing[];
}

/**
 * For a sender who may not learn where in treatment the person is: what progress and open questions alone allow. A list that
 * followed the state would tell it.
 */
const behindTheValve = (command: string, referral: ReferralFacts): boolean => {
  const progress = progressOf(referral);
  if (progress === 'CLOSED') return false;
  if (command === 'provideInfo') return referral.missing.length > 0;
  if (command === 'releaseHandOff') return progress === 'ACKNOWLEDGED';
  return command === 'cancel' || command === 'recall';
};

const possibleIn = (command: string, state: ReferralState): boolean => {
  if (command === 'releaseHandOff') return state === 'ACCEPTED' || state === 'SCHEDULED';
  if (command === 'route') return state === 'WAITLISTED';
  return referralMachine.commands(state).includes(stepOf[command] ?? (command as ReferralCommand));
};

/** What this actor may do with this referral now: granted by the table, and possible as far as they may know its state. */
export const referralCommandsOf = (actor: Actor, referral: ReferralFacts): string[] => {
  const maySeeState = mayRead(actor, 'Referral', 'state', referral);
  return grantedCommands(actor, 'Referral', referral).filter(
    (command) =>
      !NOT_STEPS.has(command) &&
      (maySeeState ? possibleIn(command, referral.state) : behindTheValve(command, referral)),
  );
};

export const offerCommandsOf = (actor: Actor, state: OfferState, facts: Facts): string[] =>
  grantedCommands(actor, 'Offer', facts).filter((command) => {
    if (command === 'requestSecondLook') return state === 'DECLINED';
    return !NOT_STEPS.has(command) && offerMachine.commands(state).includes(command as OfferCommand);
  });
