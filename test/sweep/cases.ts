import { randomUUID } from 'node:crypto';
import type { Purpose } from '../../src/access';
import { consent } from '../../src/cli/walkthrough/people';
import type { Beginning } from '../setup/hidden-side';
import { buildSubmission } from '../builders/referrals';
import { outreachCases } from './outreach-cases';
import { custodyCases } from './custody-cases';
import { peopleCases } from './people-cases';
import type { Kind } from './records';
import { safetyCases } from './safety-cases';
import { webhookCases } from './webhook-cases';
import { surveillanceCases } from './surveillance-cases';
import { waitlistCases } from './waitlist-cases';
import { SENDERS, type Side, type SweptRole } from './side';

/** How one operation is called on one record. */
export interface Case {
  /** What it takes, in the words of the access matrix: `Type:command`. Written by hand, not read from the resolver. */
  readonly asks: `${string}:${string}`;
  /** The kind of record its key names; absent: it names none, and the role alone decides. */
  readonly on?: Kind;
  /** How far the referral has gone that the record hangs on. */
  readonly at?: Beginning;
  readonly variables: (id: string, side: Side, role: SweptRole) => object;
  /** Of a record that everybody may know of: one of others is no secret. */
  readonly isDirectory?: true;
  /** What a request is made for by those who may have such a purpose; of several the first that the role has. */
  readonly purpose?: Purpose | readonly Purpose[];
  /** Why the step is never done, whoever asks. */
  readonly neverDone?: string;
  /** What the command itself forbids beyond what the matrix says of it. */
  readonly alsoForbids?: string;
}

const first = { first: 20 };
const page = (asks: Case['asks'], more: object = {}): Case => ({ asks, variables: () => ({ ...first, ...more }) });
const byId = (asks: Case['asks'], on: Kind, at?: Beginning): Case => ({
  ...{ asks, on, ...(at && { at }) },
  variables: (id) => ({ id }),
});
const onReferral = (command: string, at: Beginning, input: object = {}): Case => ({
  asks: `Referral:${command}`,
  on: 'referral',
  at,
  variables: (referralId) => ({ input: { referralId, ...input } }),
});
const { scope: _, ...signature } = consent('TREATMENT_PAYMENT_OPERATIONS');
const onOverdose = (command: string, input: object): Case => ({
  asks: `OverdoseReport:${command}`,
  on: 'overdoseReport',
  variables: (reportId) => ({ input: { reportId, ...input } }),
});
const overdose = (): object => ({
  occurredAt: daysAgo(1),
  where: { countyFips: '39141' },
  isFatal: false,
  isNaloxoneGiven: true,
});
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString();
const fresh = (): string => `swept-${randomUUID()}`;
const identity = (role: string) => ({ issuer: 'https://id.example', subject: fresh(), role });
const pathwayOf = (role: SweptRole) =>
  Object.hasOwn(SENDERS, role) ? SENDERS[role as keyof typeof SENDERS] : 'SELF_REFERRAL';
const program = {
  acceptanceMode: 'REVIEW',
  freshnessMinutes: 60,
  name: 'Swept',
  part2Program: true,
  payers: ['MEDICAID'],
  state: 'OH',
};

/** Every operation has its case: the sweep fails at one that has none. */
export const cases: Readonly<Record<string, Case>> = {
  ...webhookCases,
  accountingOfDisclosures: {
    asks: 'AccountedDisclosure:read',
    on: 'accounting',
    at: 'admitted',
    variables: (accountingRequestId) => ({ accountingRequestId, ...first }),
  },
  accountingRequests: page('AccountingRequest:read'),
  agencies: page('Agency:read'),
  agency: { ...byId('Agency:read', 'agency'), isDirectory: true },
  auditEvents: page('AuditEntry:export'),
  auditProof: { asks: 'AuditEntry:read', on: 'entry', variables: (entryId) => ({ entryId }) },
  auditProofs: {
    asks: 'AuditEntry:read',
    on: 'referral',
    at: 'pending',
    variables: (referralId) => ({ referralId, ...first }),
  },
  auditTrail: page('AuditEntry:read'),
  bedBoard: page('BedPool:read'),
  bedPool: { ...byId('BedPool:read', 'pool'), isDirectory: true },
  breakGlassReviews: page('BreakGlassReview:read'),
  consentTexts: { asks: 'ConsentText:read', variables: () => ({ language: 'en' }) },
  consents: { asks: 'Consent:read', on: 'person', at: 'accepted', variables: (personId) => ({ personId, ...first }) },
  counties: { asks: 'County:read', variables: () => ({ state: 'OH' }) },
  county: { asks: 'County:read', variables: () => ({ fips: '39141' }) },
  crisisLines: { asks: 'CrisisLine:read', variables: () => ({}) },
  emergencyRecord: {
    asks: 'EmergencyRecord:read',
    on: 'breakGlass',
    at: 'admitted',
    variables: (breakGlassId) => ({ breakGlassId }),
    purpose: 'MEDICAL_EMERGENCY',
  },
  explainAccess: {
    asks: 'AccessExplanation:read',
    on: 'referral',
    at: 'accepted',
    variables: (id) => ({ type: 'Referral', field: 'state', id }),
  },
  legalRequests: page('LegalRequest:read'),
  matchPrograms: {
    asks: 'ProgramMatch:match',
    variables: () => ({ ...first, need: { ...buildSubmission().need, pathway: 'SELF_REFERRAL' } }),
  },
  meetingsNear: page('SupportMeeting:read', { countyFips: '39141' }),
  offer: byId('Offer:read', 'offer', 'seen'),
  offers: page('Offer:read'),
  overdoseReport: byId('OverdoseReport:read', 'overdoseReport'),
  overdoseReports: page('OverdoseReport:read'),
  program: { ...byId('Program:read', 'program'), isDirectory: true },
  programs: page('Program:read'),
  referral: byId('Referral:read', 'referral', 'accepted'),
  referrals: page('Referral:read'),
  roomClock: byId('RoomClock:read', 'roomClock'),
  serviceAccounts: page('ServiceAccount:read'),
  staff: page('StaffMember:read'),
  unmetNeeds: page('UnmetNeed:read'),
  viewer: { asks: 'Viewer:read', variables: () => ({}) },

  acceptOffer: byId('Offer:accept', 'offer', 'seen'),
  acknowledgeOffer: byId('Offer:acknowledge', 'offer', 'pending'),
  addStaffMember: {
    asks: 'StaffMember:add',
    on: 'agency',
    variables: (agencyId) => ({ input: { agencyId, displayName: 'Swept', ...identity('PRIVACY_OFFICER') } }),
    alsoForbids: 'the operator appoints the first admin of another agency and nobody else',
  },
  correctOverdoseReport: onOverdose('correct', { because: 'LATE_FACT', transport: 'REFUSED' }),
  reportOverdose: { asks: 'OverdoseReport:report', variables: () => ({ input: overdose() }) },
  reportOverdoses: {
    asks: 'OverdoseReport:report',
    variables: () => ({ input: { reports: [{ ...overdose(), clientId: fresh() }] } }),
  },
  retractOverdoseReport: onOverdose('retract', { because: 'ENTERED_IN_ERROR' }),
  setOverdoseReportApart: onOverdose('setApart', { isApart: true }),
  admitPerson: byId('Referral:admit', 'referral', 'arrived'),
  answerAccounting: {
    asks: 'AccountingRequest:answer',
    on: 'accounting',
    at: 'admitted',
    variables: (accountingRequestId) => ({ input: { accountingRequestId } }),
  },
  answerRoomClock: {
    asks: 'RoomClock:answer',
    on: 'roomClock',
    variables: (clockId) => ({ input: { clockId, answer: 'STATE_NOTIFIED' } }),
  },
  breakGlass: {
    asks: 'BreakGlass:open',
    variables: () => ({
      input: {
        nature: 'OVERDOSE',
        ground: 'CONSENT_CANNOT_BE_OBTAINED',
        discloser: 'Sample',
        phone: '740-555-0199',
      },
    }),
    purpose: 'MEDICAL_EMERGENCY',
    neverDone: 'nobody has that number',
  },
  cancelReferral: onReferral('cancel', 'pending', { reason: 'ENTERED_IN_ERROR' }),
  changeStaffRole: {
    asks: 'StaffMember:changeRole',
    on: 'member',
    variables: (staffMemberId) => ({ input: { staffMemberId, role: 'PRIVACY_OFFICER' } }),
  },
  createAgency: {
    asks: 'Agency:create',
    variables: () => ({ input: { name: 'Swept', kind: 'SCHOOL', state: 'OH', jurisdictions: [] } }),
  },
  createBedPool: {
    asks: 'BedPool:create',
    on: 'program',
    variables: (programId) => ({ input: { programId, name: 'Swept', levelOfCare: 'ASAM_3_5' } }),
  },
  createProgram: { asks: 'Program:create', variables: () => ({ input: program }) },
  createServiceAccount: {
    asks: 'ServiceAccount:create',
    variables: () => ({ input: { name: 'Swept', scopes: ['Program:read'], ...identity('PRIVACY_OFFICER') } }),
  },
  declineOffer: {
    asks: 'Offer:decline',
    on: 'offer',
    at: 'seen',
    variables: (offerId) => ({ input: { offerId, reason: 'NO_PLACE' } }),
  },
  dischargePerson: onReferral('discharge', 'admitted', { outcome: 'COMPLETED', nextLevelsOfCare: [] }),
  endBreakGlass: {
    asks: 'BreakGlass:end',
    on: 'breakGlass',
    at: 'admitted',
    variables: (breakGlassId) => ({ input: { breakGlassId } }),
    purpose: 'MEDICAL_EMERGENCY',
  },
  endServiceAccount: {
    asks: 'ServiceAccount:end',
    on: 'system',
    variables: (serviceAccountId) => ({ input: { serviceAccountId } }),
  },
  endStaffMembership: {
    asks: 'StaffMember:end',
    on: 'member',
    variables: (staffMemberId) => ({ input: { staffMemberId } }),
  },
  postCensus: {
    asks: 'BedPool:postCensus',
    on: 'pool',
    variables: (poolId) => ({ input: { pools: [{ poolId, staffed: 5000, occupied: 0 }], source: 'STAFF' } }),
  },
  provideReferralInfo: onReferral('provideInfo', 'asked', { isMedicallyCleared: true, notKnown: [] }),
  recallReferral: byId('Referral:recall', 'referral', 'pending'),
  receiveHandOff: onReferral('receiveHandOff', 'acceptedAndReleased', { place: 'PROGRAM' }),
  recordArrival: byId('Referral:recordArrival', 'referral', 'accepted'),
  recordConsent: onReferral('recordConsent', 'pending', { consent: consent('IDENTITY_BEFORE_ACCEPTANCE') }),
  recordLegalRequest: {
    asks: 'LegalRequest:record',
    variables: () => ({
      input: {
        kind: 'SUBPOENA',
        issuer: 'COURT',
        decision: 'CONTESTED_IN_COURT',
        receivedAt: new Date(Date.now() - 60_000).toISOString(),
      },
    }),
  },
  recordNoShow: { ...byId('Referral:recordNoShow', 'referral', 'scheduled'), neverDone: 'the hour has not come' },
  recordPersonConsent: {
    asks: 'Consent:record',
    on: 'person',
    at: 'accepted',
    variables: (personId) => ({ input: { personId, ...signature } }),
  },
  releaseHandOff: onReferral('releaseHandOff', 'accepted', { transport: 'FAMILY', place: 'HOME' }),
  requestAccounting: {
    asks: 'AccountingRequest:request',
    on: 'person',
    at: 'accepted',
    variables: (personId) => ({ input: { personId, source: 'INTERMEDIARY' } }),
  },
  requestReferralInfo: onReferral('requestInfo', 'seen', { missing: ['MEDICAL_CLEARANCE'] }),
  requestSecondLook: byId('Offer:requestSecondLook', 'offer', 'waiting'),
  reviewBreakGlass: {
    asks: 'BreakGlassReview:review',
    on: 'review',
    at: 'admitted',
    variables: (reviewId) => ({ input: { reviewId, finding: 'JUSTIFIED' } }),
  },
  revokeConsent: {
    asks: 'Consent:revoke',
    on: 'consent',
    at: 'accepted',
    variables: (consentId) => ({ input: { consentId, askedBy: 'PERSON', method: 'ORAL' } }),
  },
  revokePersonConsents: {
    asks: 'Consent:revoke',
    on: 'person',
    at: 'accepted',
    variables: (personId) => ({ input: { personId, askedBy: 'PERSON', method: 'ORAL' } }),
  },
  routeReferral: byId('Referral:route', 'referral', 'waiting'),
  scheduleArrival: {
    ...onReferral('schedule', 'accepted'),
    variables: (referralId) => ({ input: { referralId, arrivalAt: tomorrow() } }),
  },
  setClock: {
    asks: 'ClockSetting:set',
    on: 'agency',
    variables: (agencyId) => ({ input: { agencyId, kind: 'OFFER_DECIDED', lasts: 'PT1H' } }),
  },
  setHoldQuota: {
    asks: 'HoldQuota:set',
    on: 'agency',
    variables: (agencyId) => ({ input: { agencyId, activeHolds: 7 } }),
  },
  submitReferral: {
    asks: 'Referral:submit',
    variables: (_id, _side, role) => ({ input: buildSubmission({ pathway: pathwayOf(role) }) }),
  },
  turnPersonAway: onReferral('turnAway', 'arrived', { reason: 'NO_PLACE' }),
  updateAgency: {
    asks: 'Agency:update',
    on: 'agency',
    variables: (id) => ({ input: { id, phone: '740 555 0100' } }),
  },
  updateBedPool: { asks: 'BedPool:update', on: 'pool', variables: (id) => ({ input: { id, name: 'Swept' } }) },
  updateProgram: { asks: 'Program:update', on: 'program', variables: (id) => ({ input: { id, name: 'Swept' } }) },

  ...outreachCases,
  ...surveillanceCases,
  ...waitlistCases,
  ...custodyCases,
  ...safetyCases,
  ...peopleCases,
  bedBoardChanged: { asks: 'BedPool:read', variables: () => ({}) },
  offerChanged: { asks: 'Offer:read', variables: () => ({}) },
  referralChanged: { asks: 'Referral:read', variables: () => ({}) },
};
