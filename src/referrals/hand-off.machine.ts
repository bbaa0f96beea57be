import { machine } from '../kernel/machine';

export type HandOffState = 'RELEASED' | 'RECEIVED' | 'FILED' | 'CANCELLED';
export type HandOffCommand = 'receive' | 'file' | 'cancel';

/**
 * The person passes from one agency to another: released by one, received by the other. `file` keeps a release that came too
 * late to be received.
 */
export const handOffMachine = machine<HandOffState, HandOffCommand>('hand-off', 'RELEASED', {
  RELEASED: { receive: 'RECEIVED', file: 'FILED', cancel: 'CANCELLED' },
  RECEIVED: {},
  FILED: {},
  CANCELLED: {},
});
