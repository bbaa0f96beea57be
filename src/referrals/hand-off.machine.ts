import { machine } from '../kernel/machine';

export type HandOffState = 'RELEASED' | 'RECEIVED' | 'CANCELLED';
export type HandOffCommand = 'receive' | 'cancel';

/** The person passes from one agency to another: released by one, received by the other. */
export const handOffMachine = machine<HandOffState, HandOffCommand>('hand-off', 'RELEASED', {
  RELEASED: { receive: 'RECEIVED', cancel: 'CANCELLED' },
  RECEIVED: {},
  CANCELLED: {},
});
