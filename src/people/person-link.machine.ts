import { machine } from '../kernel/machine';

export const personLinkStates = {
  OPEN: 'Perhaps one person: somebody who knows both decides',
  LINKED: 'One person',
  REJECTED: 'Two people, whatever they have in common',
} as const;
export type PersonLinkState = keyof typeof personLinkStates;
export type PersonLinkCommand = 'confirm' | 'reject' | 'merge' | 'split' | 'reopen';

/** A pair of records. Nothing is final: whatever was decided can be taken back, and all of it stays on file. */
export const personLinkMachine = machine<PersonLinkState, PersonLinkCommand>('person link', 'OPEN', {
  OPEN: { confirm: 'LINKED', merge: 'LINKED', reject: 'REJECTED' },
  LINKED: { split: 'REJECTED', reopen: 'OPEN' },
  REJECTED: { reopen: 'OPEN' },
});
