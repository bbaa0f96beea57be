import { grantedCommands, mayRead, type Actor, type Facts } from '../access';
import { offerMachine, type OfferCommand, type OfferState } from './offer.machine';
import { referralMachine, type ReferralCommand, type ReferralState } from './referral.machine';
import { isBehindTheValve, isUnawareOfArrival, receiptFor, type ValveFacts } from './valve';

/** The mutation that takes a command of the access table. */
const mutations = {
  provideInfo: 'provideReferralInfo',
  requestInfo: 'requestReferralInfo',
  route: 'routeReferral',
  schedule: 'scheduleArrival',
  recordArrival: 'recordArrival',
  recordNoShow: 'recordNoShow',
  admit: 'admitPerson',
  discharge: 'dischargePerson',
  turnAway: 'turnPersonAway',
  cancel: 'cancelReferral',
  recall: 'recallReferral',
  recordConsent: 'recordConsent',
  releaseHandOff: 'releaseHandOff',
  receiveHandOff: 'receiveHandOff',
  acknowledge: 'acknowledgeOffer',
  accept: 'acceptOffer',
  decline: 'declineOffer',
  requestSecondLook: 'requestSecondLook',
} as const;
type Command = keyof typeof mutations;
const isCommand = (name: string): name is Command => Object.hasOwn(mutations, name);

/** The name clients call a step of the access table by. */
export const mutationOf = (step: string): string => (isCommand(step) ? mutations[step] : step);

/** Commands whose name in the access table is not the step of the machine they lead to. */
const stepOf: Readonly<Record<string, ReferralCommand>> = { receiveHandOff: 'recordArrival', route: 'reroute' };

const possibleIn = (command: string, state: ReferralState): boolean => {
  if (command === 'releaseHandOff') return state === 'ACCEPTED' || state === 'SCHEDULED';
  if (command === 'recordConsent') return !referralMachine.isFinal(state);
  if (command === 'route') return state === 'WAITLISTED';
  return referralMachine.commands(state).includes(stepOf[command] ?? (command as ReferralCommand));
};

/**
 * For a sender behind the valve: what progress and open questions alone allow, and, where the table lets them know it, whether
 * the person waits for a place or has arrived. A list that followed the state would tell it.
 */
const possibleBehindTheValve = (actor: Actor, command: string, referral: ValveFacts): boolean => {
  const { progress, missing } = receiptFor(actor, referral);
  if (progress === 'CLOSED') return false;
  const isKnownToWait = referral.state === 'WAITLISTED' && mayRead(actor, 'Referral', 'unmetNeed', referral);
  if (command === 'route') return isKnownToWait;
  if (command === 'provideInfo') return missing.length > 0 || isKnownToWait;
  if (!isUnawareOfArrival(actor, referral)) return possibleIn(command, referral.state);
  return command !== 'releaseHandOff' || progress === 'ACKNOWLEDGED';
};

/** Whether the step can be taken now, as far as this actor may know. */
export const isPossibleFor = (actor: Actor, command: string, referral: ValveFacts): boolean =>
  isBehindTheValve(actor, referral)
    ? possibleBehindTheValve(actor, command, referral)
    : possibleIn(command, referral.state);

/** What this actor may do with this referral now: granted by the table, and possible as far as they may know its state. */
export const referralCommandsOf = (actor: Actor, referral: ValveFacts): string[] =>
  grantedCommands(actor, 'Referral', referral)
    .filter(isCommand)
    .filter((command) => isPossibleFor(actor, command, referral))
    .map((command) => mutations[command]);

export const offerCommandsOf = (actor: Actor, state: OfferState, facts: Facts): string[] =>
  grantedCommands(actor, 'Offer', facts)
    .filter(isCommand)
    .filter((command) =>
      command === 'requestSecondLook'
        ? state === 'DECLINED'
        : offerMachine.commands(state).includes(command as OfferCommand),
    )
    .map((command) => mutations[command]);
