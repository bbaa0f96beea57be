import { machine } from '../kernel/machine';

export type AlertActionState = 'ASKED' | 'TAKEN' | 'DONE' | 'NOT_NEEDED';
export type AlertActionCommand = 'take' | 'complete' | 'decline';

/** One thing an agency is asked to do while a spike lasts. */
export const alertActionMachine = machine<AlertActionState, AlertActionCommand>('alertAction', 'ASKED', {
  ASKED: { take: 'TAKEN', complete: 'DONE', decline: 'NOT_NEEDED' },
  TAKEN: { complete: 'DONE', decline: 'NOT_NEEDED' },
  DONE: {},
  NOT_NEEDED: {},
});
