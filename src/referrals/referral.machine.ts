import { machine } from '../kernel/machine';

export type ReferralState =
  | 'SUBMITTED'
  | 'NEEDS_INFO'
  | 'OFFERED'
  | 'WAITLISTED'
  | 'ACCEPTED'
  | 'SCHEDULED'
  | 'ARRIVED'
  | 'ADMITTED'
  | 'NO_SHOW'
  | 'CLOSED'
  | 'CANCELLED'
  | 'RECALLED'
  | 'EXPIRED';

export type ReferralCommand =
  | 'requestInfo'
  | 'provideInfo'
  | 'offer'
  | 'accept'
  | 'waitlist'
  | 'reroute'
  | 'schedule'
  | 'recordArrival'
  | 'recordNoShow'
  | 'admit'
  | 'turnAway'
  | 'discharge'
  | 'close'
  | 'cancel'
  | 'recall'
  | 'expire';

/** What ends a referral at any time before the person is with a program. */
const endings = { cancel: 'CANCELLED', recall: 'RECALLED' } as const;

/**
 * The path of one referral, from need to admission (domain §4). `offer` and `accept` are taken by routing as well as by people:
 * a program that takes referrals INSTANT is accepted without an offer to answer. `reroute` puts a referral that lost its
 * place or its last offer back to the start of routing; it never rests there. Time ends a referral whose facts nobody sends; it
 * takes nobody off the list of those who wait.
 */
export const referralMachine = machine<ReferralState, ReferralCommand>('referral', 'SUBMITTED', {
  SUBMITTED: { requestInfo: 'NEEDS_INFO', offer: 'OFFERED', accept: 'ACCEPTED', waitlist: 'WAITLISTED', ...endings },
  NEEDS_INFO: {
    requestInfo: 'NEEDS_INFO',
    provideInfo: 'SUBMITTED',
    accept: 'ACCEPTED',
    expire: 'EXPIRED',
    ...endings,
  },
  OFFERED: { requestInfo: 'NEEDS_INFO', accept: 'ACCEPTED', offer: 'OFFERED', reroute: 'SUBMITTED', ...endings },
  WAITLISTED: {
    reroute: 'SUBMITTED',
    offer: 'OFFERED',
    accept: 'ACCEPTED',
    provideInfo: 'SUBMITTED',
    ...endings,
  },
  ACCEPTED: {
    schedule: 'SCHEDULED',
    recordArrival: 'ARRIVED',
    recordNoShow: 'NO_SHOW',
    reroute: 'SUBMITTED',
    ...endings,
  },
  SCHEDULED: {
    schedule: 'SCHEDULED',
    recordArrival: 'ARRIVED',
    recordNoShow: 'NO_SHOW',
    reroute: 'SUBMITTED',
    ...endings,
  },
  NO_SHOW: { reroute: 'SUBMITTED', close: 'CLOSED', ...endings },
  ARRIVED: { admit: 'ADMITTED', turnAway: 'SUBMITTED', close: 'CLOSED' },
  ADMITTED: { discharge: 'CLOSED' },
  CLOSED: {},
  CANCELLED: {},
  RECALLED: {},
  EXPIRED: {},
});
