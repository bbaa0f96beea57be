import { machine } from '../kernel/machine';

export const caregiverStates = {
  PROPOSED: 'Named, and not looked at yet',
  CHECKING: 'Being vetted',
  CLEARED: 'Every check passed, and somebody decided that they may',
  REJECTED: 'May not take the child in',
  PLACED: 'Has the child',
} as const;
export type CaregiverState = keyof typeof caregiverStates;
export type CaregiverCommand = 'check' | 'clear' | 'reject' | 'place' | 'endPlacement';

/** You have to vet everyone whom you send children to: nobody is placed with who is not cleared. */
export const caregiverMachine = machine<CaregiverState, CaregiverCommand>('caregiver', 'PROPOSED', {
  PROPOSED: { check: 'CHECKING', reject: 'REJECTED' },
  CHECKING: { check: 'CHECKING', clear: 'CLEARED', reject: 'REJECTED' },
  CLEARED: { check: 'CHECKING', place: 'PLACED', reject: 'REJECTED' },
  PLACED: { check: 'PLACED', endPlacement: 'CHECKING' },
  REJECTED: {},
});
