import { EVERYONE, type Resource } from '../policy';

/** Whoever coordinates a referral: it, where it sent it, or another team. */
const coordinators = [
  { relation: 'SENDER', roles: ['COORDINATOR'] },
  { relation: 'COORDINATING', roles: ['COORDINATOR'] },
] as const;
const directory = { relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] } as const;
const care = coordinators.map((one) => ({
  ...one,
  classes: ['CARE'] as const,
  part2Consent: 'CARE_TO_COORDINATOR' as const,
}));

export const waitlistResources = {
  /** That somebody waits, and how they fare, tells where in treatment they are: no sender sees it unless it coordinates. */
  WaitlistEntry: {
    fields: {
      id: 'CARE',
      referral: 'CARE',
      tier: 'NEED',
      risk: 'NEED',
      overdoseRisk: 'INCIDENT',
      overdoseSignals: 'INCIDENT',
      rulesVersion: 'CARE',
      requestedAt: 'CARE',
      since: 'CARE',
      interimServices: 'NEED',
      missingInterimServices: 'NEED',
      interimCompletedAt: 'NEED',
      bridgedUntil: 'NEED',
      contactWay: 'CARE',
      contactDetail: 'IDENTITY',
      contacts: 'CARE',
      considerations: 'NEED',
      transferredTo: 'CARE',
      transferredAt: 'CARE',
      endedAt: 'CARE',
      endReason: 'CARE',
    },
    leadsTo: {
      referral: 'Referral',
      tier: 'ReferralNeed',
      risk: 'ReferralNeed',
      interimServices: 'ReferralNeed',
      missingInterimServices: 'ReferralNeed',
      interimCompletedAt: 'ReferralNeed',
      bridgedUntil: 'ReferralNeed',
      considerations: 'ReferralNeed',
    },
    grants: [
      ...care,
      // Tier, risk, checklist and the rules they were passed over by are made of the need, and read where it is.
      { relation: 'SENDER', roles: ['COORDINATOR'], classes: ['IDENTITY', 'NEED'] },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['NEED'], onlyWhileOpen: true },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['IDENTITY'], consent: 'IDENTITY_TO_COORDINATOR' },
      // What others reported of the person: for whoever the person lets follow them.
      { relation: 'SENDER', roles: ['COORDINATOR'], classes: ['INCIDENT'], consent: 'CARE_TO_COORDINATOR' },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['INCIDENT'], consent: 'CARE_TO_COORDINATOR' },
    ],
    commands: {
      recordInterimService: coordinators,
      recordContact: coordinators,
      setContact: coordinators,
      remove: coordinators,
      transfer: coordinators,
    },
    source: {
      subject: 'Referral',
      subjectIn: 'referralId',
      from: {
        CARE: ['senderAgencyId'],
        IDENTITY: ['senderAgencyId'],
        NEED: ['senderAgencyId'],
        INCIDENT: ['overdoseAgencyId'],
      },
    },
  },
  InterimService: {
    fields: { service: 'DIRECTORY', result: 'DIRECTORY', givenAt: 'DIRECTORY', recordedAt: 'DIRECTORY' },
    grants: [directory],
    commands: {},
  },
  WaitlistContact: { fields: { at: 'DIRECTORY', outcome: 'DIRECTORY' }, grants: [directory], commands: {} },
  PlaceConsideration: {
    fields: {
      at: 'DIRECTORY',
      position: 'DIRECTORY',
      isChosen: 'DIRECTORY',
      rules: 'DIRECTORY',
      rulesVersion: 'DIRECTORY',
      program: 'DIRECTORY',
    },
    grants: [directory],
    commands: {},
  },
  /** A referral that needs a human, and why. */
  QueueItem: {
    fields: { id: 'CARE', referral: 'CARE', reasons: 'NEED', careReasons: 'CARE', since: 'CARE' },
    leadsTo: { referral: 'Referral', reasons: 'ReferralNeed' },
    grants: [...care, ...coordinators.map((one) => ({ ...one, classes: ['NEED'] as const }))],
    commands: { read: [{ relation: 'ANYONE', roles: ['COORDINATOR'] }] },
    source: { subject: 'Referral', subjectIn: 'id', from: { CARE: ['senderAgencyId'], NEED: ['senderAgencyId'] } },
  },
} as const satisfies Record<string, Resource>;
