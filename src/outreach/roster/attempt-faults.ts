import type { Actor } from '../../access';
import { invalid, Refusal } from '../../kernel/refusal';
import { isContact } from '../engine/vocabulary';
import type { RecordVisitAttemptInput } from './outreach-case.inputs';
import type { OutreachCaseRow } from './outreach-cases.store';

/** Whoever only goes along says that nobody was reached, and nothing of what was said. */
export const fitFor = (
  actor: Actor,
  { result, services, naloxoneKits, note }: RecordVisitAttemptInput,
): Refusal | null =>
  actor.role !== 'OFFICER' || (!isContact(result) && services.length === 0 && !naloxoneKits && !note)
    ? null
    : new Refusal('FORBIDDEN', 'The team itself records what came of a contact.', {
        field: 'input.result',
        remedy: 'Ask the outreach worker who was there to record it.',
      });

export const lotOfNothing = invalid(
  'input.naloxoneLotId',
  'No kits of your agency’s stock were given.',
  'Leave it out, or say how many kits.',
);

export const attemptFault = (input: RecordVisitAttemptInput, row: OutreachCaseRow, asOf: Date): Refusal | null =>
  timeFault(input.at ?? asOf, row, asOf) ??
  channelFault(input) ??
  callFault(input, input.at ?? asOf, row) ??
  contactFault(input);

const timeFault = (at: Date, { firstAt }: OutreachCaseRow, asOf: Date): Refusal | null => {
  if (at > asOf) return invalid('input.at', 'That is still to come.', 'Send when somebody tried, or leave it out.');
  return at < firstAt ? invalid('input.at', 'The overdose was later than that.', 'Send when somebody tried.') : null;
};

/** What cannot be learnt, or left, that way. */
const channelFault = ({ channel, result, leftBehind }: RecordVisitAttemptInput): Refusal | null => {
  const isByPhone = channel === 'PHONE';
  if (isByPhone && result === 'NO_ONE_HOME') {
    return invalid('input.channel', 'By telephone nobody sees who is home.', 'Send VISIT, or NO_ANSWER as the result.');
  }
  if (!isByPhone && (result === 'NO_ANSWER' || result === 'WRONG_NUMBER')) {
    return invalid('input.channel', 'That is learnt by telephone.', 'Send PHONE, or NO_ONE_HOME as the result.');
  }
  return isByPhone && leftBehind !== 'NEVER'
    ? invalid('input.leftBehind', 'By telephone nothing is left.', 'Leave it out, or send VISIT.')
    : null;
};

/** A promise to call is one of whoever asked for it, and is kept while the case is open. */
const callFault = (
  { result, callBackAt }: RecordVisitAttemptInput,
  at: Date,
  { stopAt }: OutreachCaseRow,
): Refusal | null => {
  if (!callBackAt) return null;
  const field = 'input.callBackAt';
  if (result !== 'CALL_BACK') return invalid(field, 'Nobody asked to be called.', 'Send CALL_BACK, or leave it out.');
  if (callBackAt <= at) return invalid(field, 'That was before they asked.', 'Send when they want to be called.');
  return callBackAt > stopAt
    ? invalid(field, 'The case ends before that.', 'Send a time up to `stopAt` of the case, or leave it out.')
    : null;
};

const contactFault = ({ services, naloxoneKits, result, mayContactAgain }: RecordVisitAttemptInput): Refusal | null => {
  if (naloxoneKits && !services.includes('NALOXONE')) {
    return invalid('input.naloxoneKits', 'Kits were given, and no naloxone.', 'Add NALOXONE to services.');
  }
  if (isContact(result)) return null;
  if (services.length > 0) return invalid('input.services', 'Nobody was reached.', 'Send no services, or a contact.');
  return typeof mayContactAgain === 'boolean'
    ? invalid('input.mayContactAgain', 'Nobody was reached who could agree.', 'Leave it out.')
    : null;
};
