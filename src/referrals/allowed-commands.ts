import { grantedCommands, mayRead, type Actor, type Facts } from '../access';
import { offerMachine, type OfferCommand, type OfferState } from './offer.machine';
import { progressOf, type Missing, type ProgressFacts } from './progress';
import { referralMachine, type ReferralCommand, type ReferralState } from './referral.machine';

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
  return command === 'cancel' || command === 'recall' || command === 'recordConsent';
};

const possibleIn = (command: string, state: ReferralState): boolean => {
  if (command === 'releaseHandOff') return state === 'ACCEPTED' || state === 'SCHEDULED';
  if (command === 'recordConsent') return !referralMachine.isFinal(state);
  if (command === 'route') return state === 'WAITLISTED';
  return referralMachine.commands(state).includes(stepOf[command] ?? (command as ReferralCommand));
};

/** What this actor may do with this referral now: granted by the table, and possible as far as they may know its state. */
export const referralCommandsOf = (actor: Actor, referral: ReferralFacts): string[] => {
  const maySeeState = mayRead(actor, 'Referral', 'state', referral);
  return grantedCommands(actor, 'Referral', referral)
    .filter(isCommand)
    .filter((command) => (maySeeState ? possibleIn(command, referral.state) : behindTheValve(command, referral)))
    .map((command) => mutations[command]);
};

export const offerCommandsOf = (actor: Actor, state: OfferState, facts: Facts): string[] =>
  grantedCommands(actor, 'Offer', facts)
    .filter(isCommand)
    .filter((command) =>
      command === 'requestSecondLook'
        ? state === 'DECLINED'
        : offerMachine.commands(state).includes(command as OfferCommand),
    )
    .map((command) => mutations[command]);
