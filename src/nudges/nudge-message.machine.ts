import { machine } from '../kernel/machine';

export type NudgeMessageState = 'QUEUED' | 'SENT' | 'FAILED' | 'DROPPED';
export type NudgeMessageCommand = 'send' | 'giveUp' | 'drop';

/** One message to one address. `drop`: nothing in it is for them any more, or the address was taken back. */
export const nudgeMessageMachine = machine<NudgeMessageState, NudgeMessageCommand>('nudge message', 'QUEUED', {
  QUEUED: { send: 'SENT', giveUp: 'FAILED', drop: 'DROPPED' },
  SENT: {},
  FAILED: {},
  DROPPED: {},
});
