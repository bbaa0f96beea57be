import { machine } from '../kernel/machine';

export const childReportStates = {
  SUBMITTED: 'Sent to child services, and not received yet',
  RECEIVED: 'Child services have it',
  CLOSED: 'Child services are done with it',
} as const;
export type ChildReportState = keyof typeof childReportStates;

export const childReportMachine = machine<ChildReportState, 'receive' | 'close' | 'reopen'>(
  'child report',
  'SUBMITTED',
  {
    SUBMITTED: { receive: 'RECEIVED' },
    RECEIVED: { close: 'CLOSED' },
    // Also by itself, when the child who was with somebody is no longer, or must not be.
    CLOSED: { reopen: 'RECEIVED' },
  },
);
