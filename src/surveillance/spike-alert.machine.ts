import { machine } from '../kernel/machine';

export type SpikeAlertState = 'OPEN' | 'QUIET' | 'DISMISSED' | 'WITHDRAWN';
export type SpikeAlertCommand = 'update' | 'goQuiet' | 'dismiss' | 'withdraw';

/** Opened by a spike, ended when counts are back where they were, when its reports are taken back, or by a human who knows why they rose. */
export const spikeAlertMachine = machine<SpikeAlertState, SpikeAlertCommand>('spikeAlert', 'OPEN', {
  OPEN: { update: 'OPEN', goQuiet: 'QUIET', dismiss: 'DISMISSED', withdraw: 'WITHDRAWN' },
  QUIET: {},
  DISMISSED: {},
  WITHDRAWN: {},
});
