import { machine } from '../kernel/machine';

export const exposureStates = {
  REPORTED: 'Reported; the safety officer has not looked at it yet',
  REVIEWED: 'Looked at; the responder is asked once more how they are',
  CLOSED: 'Asked once more, and closed',
} as const;
export type ExposureState = keyof typeof exposureStates;

export const exposureMachine = machine<ExposureState, 'add' | 'review' | 'close'>('exposure', 'REPORTED', {
  REPORTED: { add: 'REPORTED', review: 'REVIEWED' },
  REVIEWED: { add: 'REVIEWED', close: 'CLOSED' },
  CLOSED: {},
});
