import { maySamePersonHave } from './names';
import type { CustodyCommand, CustodyState } from './vocabulary';

/** Somebody who took a step: by their account, or by name where they have none here. */
export interface Hand {
  readonly accountId: string | null;
  readonly name: string;
}

/** How many steps back somebody else must have been at it. */
const stepsBack = (command: CustodyCommand, state: CustodyState): number => {
  if (command === 'countersign' || command === 'receive' || command === 'receiveAtLaboratory') return 1;
  if (command !== 'witnessDestruction') return 0;
  return state === 'WITNESSED_ONCE' ? 2 : 1;
};

/** Two accounts are told apart by their ids; who has none, by name. */
export const isSamePerson = (one: Hand, other: Hand): boolean =>
  one.accountId !== null && other.accountId !== null
    ? one.accountId === other.accountId
    : maySamePersonHave(one.name, other.name);

/** Whether a step is taken by one of those whom it must be another than. `earlier`: who took the last steps, the last first. */
export const isSamePair = (
  command: CustodyCommand,
  state: CustodyState,
  { hand, earlier }: { readonly hand: Hand; readonly earlier: readonly Hand[] },
): boolean => earlier.slice(0, stepsBack(command, state)).some((one) => isSamePerson(one, hand));
