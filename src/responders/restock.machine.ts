import { machine } from '../kernel/machine';

export const restockStates = {
  REQUESTED: 'Asked for; the supplier has not answered',
  SENT: 'On its way',
  RECEIVED: 'Received, and in stock',
  DECLINED: 'The supplier sends none',
  CANCELLED: 'No longer wanted',
} as const;
export type RestockState = keyof typeof restockStates;

export type RestockCommand = 'send' | 'receive' | 'decline' | 'cancel';

export const restockMachine = machine<RestockState, RestockCommand>('restock request', 'REQUESTED', {
  REQUESTED: { send: 'SENT', decline: 'DECLINED', cancel: 'CANCELLED' },
  SENT: { receive: 'RECEIVED' },
  RECEIVED: {},
  DECLINED: {},
  CANCELLED: {},
});
