import { grantedCommands, mayRead, type Actor } from '../../access';
import { outreachCaseMachine, type OutreachCaseCommand } from '../outreach-case.machine';
import type { OutreachCaseRow } from './outreach-cases.store';

/** The mutation of each command of the access table, and the step of the machine that it needs; null: none. */
const mutations: Readonly<Record<string, readonly [string, OutreachCaseCommand | null]>> = {
  attempt: ['recordVisitAttempt', 'miss'],
  refer: ['referFromOutreach', 'reach'],
  close: ['closeOutreachCase', 'close'],
  optOut: ['optOutOfOutreach', null],
  decideOptOut: ['decideOptOut', null],
  update: ['updateOutreachCase', null],
  acknowledge: ['acknowledgeOutreachCase', 'acknowledge'],
  takeBack: ['takeBackOutreachCase', 'takeBack'],
  handOver: ['handOverOutreachCase', 'handOver'],
  assign: ['assignOutreachCase', 'assign'],
  followUp: ['answerOutreachFollowUp', null],
};

const isTimeFor = (actor: Actor, command: string, row: OutreachCaseRow): boolean => {
  const { hasFollowUp, heldFor, optedOutAddress, referralId, state } = row;
  if (command === 'refer' && referralId !== null) return false;
  if (command === 'followUp') return hasFollowUp;
  if (command === 'decideOptOut') return heldFor !== null && optedOutAddress !== null;
  // Only a case that was handed over is taken back by somebody.
  if (command === 'takeBack') return state === 'HANDED_OVER';
  // Whoever does not read why a case is held would read it off a list that lacks the visit; the visit itself is refused.
  return (
    heldFor === null || !['attempt', 'refer'].includes(command) || !mayRead(actor, 'OutreachCase', 'heldBecause', row)
  );
};

/**
 * Whether nobody is to go there, for whoever may not read how a case stands: somebody reached, opted out or given up are one to them. They
 * are told no more by a step that is open, or by the words of a refusal.
 */
export const isNoVisitTo = (actor: Actor, row: OutreachCaseRow): boolean =>
  !mayRead(actor, 'OutreachCase', 'state', row) && row.state !== 'OPEN' && row.state !== 'TRIED';

/** What the actor may do with a case now, by the names they call. */
export const caseActions = (actor: Actor, row: OutreachCaseRow): string[] =>
  grantedCommands(actor, 'OutreachCase', row).flatMap((command) => {
    const [mutation, step] = mutations[command] ?? [];
    if (mutation === undefined || row.state === 'VOID') return [];
    const isOpen = !step || outreachCaseMachine.commands(row.state).includes(step);
    return isOpen && isTimeFor(actor, command, row) && !isNoVisitTo(actor, row) ? [mutation] : [];
  });
