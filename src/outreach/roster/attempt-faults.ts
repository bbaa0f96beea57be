import type { Actor } from '../../access';
import { invalid, Refusal } from '../../kernel/refusal';
import { isContact, type VisitResult } from '../engine/vocabulary';
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

/** What nobody learns, or gives, by telephone; and what to send instead. */
const NOT_BY_PHONE: Readonly<Partial<Record<VisitResult, string>>> = {
  NO_ONE_HOME: 'Send VISIT, or NO_ANSWER as the result.',
  INVALID_ADDRESS: 'Send VISIT, or WRONG_NUMBER as the result.',
  NALOXONE_GIVEN: 'Send VISIT or ELSEWHERE, or ENGAGED as the result.',
  SUPPLIES_GIVEN: 'Send VISIT or ELSEWHERE, or ENGAGED as the result.',
  TRANSPORTED: 'Send VISIT or ELSEWHERE, or WARM_HAND_OFF as the result.',
};

/** What cannot be learnt, given or left that way. */
const channelFault = ({ channel, ...told }: RecordVisitAttemptInput): Refusal | null => {
  if (channel === 'PHONE') return phoneFault(told);
  return told.result === 'NO_ANSWER' || told.result === 'WRONG_NUMBER'
    ? invalid('input.channel', 'That is learnt by telephone.', 'Send PHONE, or NO_ONE_HOME as the result.')
    : null;
};

const phoneFault = ({
  result,
  services,
  naloxoneKits,
  leftBehind,
}: Omit<RecordVisitAttemptInput, 'channel'>): Refusal | null => {
  const remedy = NOT_BY_PHONE[result];
  if (remedy) return invalid('input.channel', 'That is not seen, given or done by telephone.', remedy);
  if (naloxoneKits || services.includes('NALOXONE') || services.includes('SUPPLIES')) {
    return invalid(
      'input.services',
      'By telephone nothing is handed over.',
      'Leave it out, or send VISIT or ELSEWHERE.',
    );
  }
  return leftBehind === 'NEVER'
    ? null
    : invalid('input.leftBehind', 'By telephone nothing is left.', 'Leave it out, or send VISIT.');
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
