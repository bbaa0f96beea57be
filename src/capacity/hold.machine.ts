import { machine } from '../kernel/machine';

/** One place kept for one referral, until the person is admitted, the place is given free, or its time runs out. */
export const holdMachine = machine('hold', 'ACTIVE', {
  ACTIVE: { extend: 'ACTIVE', convert: 'CONVERTED', release: 'RELEASED', expire: 'EXPIRED' },
  CONVERTED: {},
  RELEASED: {},
  EXPIRED: {},
});
