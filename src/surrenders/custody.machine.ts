import { machine } from '../kernel/machine';
import type { CustodyCommand, CustodyState } from './engine/vocabulary';

export { custodyStates, type CustodyCommand, type CustodyState } from './engine/vocabulary';

/** What was handed in, from hand to hand. Who may be the next hand is said in `engine/hands.ts`; a result may come after the bag. */
export const custodyMachine = machine<CustodyState, CustodyCommand>('custody', 'OPENED', {
  OPENED: { countersign: 'HELD' },
  HELD: { release: 'IN_TRANSIT', recordResult: 'HELD', proposeDestruction: 'TO_BE_DESTROYED' },
  IN_TRANSIT: { receive: 'HELD', receiveAtLaboratory: 'AT_LABORATORY' },
  AT_LABORATORY: { recordResult: 'AT_LABORATORY', releaseFromLaboratory: 'IN_TRANSIT' },
  TO_BE_DESTROYED: { witnessDestruction: 'WITNESSED_ONCE', release: 'IN_TRANSIT' },
  WITNESSED_ONCE: { witnessDestruction: 'DESTROYED' },
  DESTROYED: {},
});
