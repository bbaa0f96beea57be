import { machine } from '../kernel/machine';
import type { OutreachCaseState } from './engine/vocabulary';

/** `assign`, `stop`, `takeBack`, `reopen`, `void` and `part` are Handrail’s own where no human asks for them. */
export type OutreachCaseCommand =
  'assign' | 'handOver' | 'acknowledge' | 'takeBack' | 'miss' | 'reach' | 'close' | 'stop' | 'reopen' | 'void' | 'part';

const endings = { close: 'CLOSED', stop: 'CLOSED', void: 'VOID' } as const;

/** Nothing is dropped: whatever the state, time itself ends a case, with a reason. */
export const outreachCaseMachine = machine<OutreachCaseState, OutreachCaseCommand>('outreachCase', 'OPEN', {
  OPEN: {
    miss: 'TRIED',
    reach: 'REACHED',
    handOver: 'HANDED_OVER',
    assign: 'OPEN',
    takeBack: 'UNASSIGNED',
    ...endings,
  },
  UNASSIGNED: { assign: 'OPEN', handOver: 'HANDED_OVER', ...endings },
  HANDED_OVER: { acknowledge: 'OPEN', takeBack: 'OPEN', ...endings },
  TRIED: { miss: 'TRIED', reach: 'REACHED', reopen: 'OPEN', handOver: 'HANDED_OVER', assign: 'OPEN', ...endings },
  REACHED: { miss: 'REACHED', reach: 'REACHED', reopen: 'OPEN', ...endings },
  CLOSED: { reopen: 'OPEN', void: 'VOID' },
  // Whose it was is known to be somebody else again.
  VOID: { part: 'OPEN' },
});
