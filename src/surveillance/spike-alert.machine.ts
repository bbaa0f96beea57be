import { machine } from '../kernel/machine';

export type SpikeAlertState = 'OPEN' | 'QUIET' | 'DISMISSED';
export type SpikeAlertCommand = 'update' | 'goQuiet' | 'dismiss';

/** Opened by a spike, ended when counts are back where they were, or by a human who knows why they rose. */
export const spikeAlertMachine = machine<SpikeAlertState, SpikeAlertCommand>('spikeAlert', 'OPEN', {
  OPEN: { update: 'OPEN', goQuiet: 'QUIET', dismiss: 'DISMISSED' },
  QUIET: {},
  DISMISSED: {},
});
