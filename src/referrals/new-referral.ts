import type { Actor } from '../access';
import type { ReferralEntity } from './referral.entity';
import type { NewReferral } from './referrals.store';

/** Nobody keeps a place for it, and nobody is there. */
export const unplaced = {
  receiverAgencyId: null,
  programId: null,
  holdId: null,
  scheduledFor: null,
  arrivedAt: null,
} as const;

const untouched = {
  ...unplaced,
  isTeamByPlace: false,
  sentIsPart2: false,
  careIsPart2: false,
  acknowledgedAt: null,
  admittedAt: null,
  closedAt: null,
  outcome: null,
  endReason: null,
  noShows: 0,
  senderWithdrewAt: null,
  senderWithdrewReason: null,
} as const;

/** A referral as it stands once it is on file and nothing else has happened; what its provenance is, the database keeps. */
export const newReferral = (
  id: string,
  sent: NewReferral,
  { actor, asOf }: { readonly actor: Actor; readonly asOf: Date },
): ReferralEntity => ({
  ...untouched,
  ...sent,
  id,
  state: 'SUBMITTED',
  senderAgencyId: actor.agencyId,
  submittedBy: actor.id,
  submittedAt: asOf,
});
