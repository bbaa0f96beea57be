import { grantedCommands, type Actor } from '../../access';
import { outreachCaseMachine, type OutreachCaseCommand } from '../outreach-case.machine';
import type { OutreachCaseRow } from './outreach-cases.store';

/** The mutation of each command of the access table, and the step of the machine that it needs; null: none. */
const mutations: Readonly<Record<string, readonly [string, OutreachCaseCommand | null]>> = {
  attempt: ['recordVisitAttempt', 'miss'],
  refer: ['referFromOutreach', 'reach'],
  close: ['closeOutreachCase', 'close'],
  optOut: ['optOutOfOutreach', null],
  update: ['updateOutreachCase', null],
  acknowledge: ['acknowledgeOutreachCase', 'acknowledge'],
  takeBack: ['takeBackOutreachCase', 'takeBack'],
  handOver: ['handOverOutreachCase', 'handOver'],
  assign: ['assignOutreachCase', 'assign'],
  followUp: ['answerOutreachFollowUp', null],
};

/** What the actor may do with a case now, by the names they call. */
export const caseActions = (actor: Actor, row: OutreachCaseRow): string[] =>
  grantedCommands(actor, 'OutreachCase', row).flatMap((command) => {
    const [mutation, step] = mutations[command] ?? [];
    if (mutation === undefined || row.state === 'VOID') return [];
    if (command === 'followUp') return row.hasFollowUp ? [mutation] : [];
    const isOpen = !step || outreachCaseMachine.commands(row.state).includes(step);
    // Only a case that was handed over is taken back by somebody.
    return isOpen && (step !== 'takeBack' || row.state === 'HANDED_OVER') ? [mutation] : [];
  });
