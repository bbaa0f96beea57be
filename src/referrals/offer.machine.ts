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

/** By the database’s clock: one whose time to decide has passed has expired, whether or not anybody has written that down yet. */
export const stateAt = (offer: { readonly state: OfferState; readonly decideBy: Date }, asOf: Date): OfferState =>
  isLive(offer.state) && offer.decideBy <= asOf ? 'EXPIRED' : offer.state;
