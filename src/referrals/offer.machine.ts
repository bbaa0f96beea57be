import { machine } from '../kernel/machine';

export type OfferState = 'PENDING' | 'ACKNOWLEDGED' | 'ACCEPTED' | 'DECLINED' | 'EXPIRED' | 'WITHDRAWN';
export type OfferCommand = 'acknowledge' | 'accept' | 'decline' | 'expire' | 'withdraw';

const answers = { accept: 'ACCEPTED', decline: 'DECLINED', expire: 'EXPIRED', withdraw: 'WITHDRAWN' } as const;

/** A referral put to one program. Accepting or declining at once is also an acknowledgement. */
export const offerMachine = machine<OfferState, OfferCommand>('offer', 'PENDING', {
  PENDING: { acknowledge: 'ACKNOWLEDGED', ...answers },
  ACKNOWLEDGED: { ...answers },
  ACCEPTED: {},
  DECLINED: {},
  EXPIRED: {},
  WITHDRAWN: {},
});

/** Still waiting for an answer. */
export const isLive = (state: OfferState): boolean => !offerMachine.isFinal(state);
