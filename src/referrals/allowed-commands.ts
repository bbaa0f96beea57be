import { grantedCommands, type Actor, type Facts } from '../access';
import { offerMachine, type OfferCommand, type OfferState } from './offer.machine';
import { referralMachine, type ReferralCommand, type ReferralState } from './referral.machine';

/** Commands whose name in the access table is not the step of the machine they lead to. */
const stepOf: Readonly<Record<string, ReferralCommand>> = { receiveHandOff: 'recordArrival', route: 'reroute' };
/** Not commands on one record, or granted for reasons of their own. */
const NOT_STEPS: ReadonlySet<string> = new Set(['read', 'submit', 'make', 'requestSecondLook']);

/** What this actor may do with this referral now: granted by the table and possible in its state. */
export const referralCommandsOf = (actor: Actor, state: ReferralState, facts: Facts): string[] =>
  grantedCommands(actor, 'Referral', facts).filter((command) => {
    if (NOT_STEPS.has(command)) return false;
    if (command === 'releaseHandOff') return state === 'ACCEPTED' || state === 'SCHEDULED';
    if (command === 'route') return state === 'WAITLISTED';
    return referralMachine.commands(state).includes(stepOf[command] ?? (command as ReferralCommand));
  });

export const offerCommandsOf = (actor: Actor, state: OfferState, facts: Facts): string[] =>
  grantedCommands(actor, 'Offer', facts).filter((command) => {
    if (command === 'requestSecondLook') return state === 'DECLINED';
    return !NOT_STEPS.has(command) && offerMachine.commands(state).includes(command as OfferCommand);
  });
