import { CARE_REFERRERS, CASE_ROLES, OUTSIDE_TREATMENT, REFERRERS, type Resource } from '../policy';

const bySender = { relation: 'SENDER', roles: REFERRERS } as const;
const byCoordinating = { relation: 'COORDINATING', roles: ['COORDINATOR'] } as const;
const byCoordinator = [{ relation: 'SENDER', roles: ['COORDINATOR'] }, byCoordinating] as const;
const byReceiver = [{ relation: 'RECEIVER', roles: ['PROVIDER_STAFF'] }] as const;
/** Where nobody is left to say that somebody has gone, whoever coordinates says it instead. */
const byWhoeverIsThere = [...byReceiver, { relation: 'STANDING_IN', roles: ['COORDINATOR'] }] as const;
const byOfferedProgram = [{ relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF'] }] as const;

/** What the receiving side and the coordinator see of the path. */
const carePath = (classes: readonly ('RECEIPT' | 'CARE' | 'OUTCOME')[]) =>
  [
    { relation: 'RECEIVER', roles: ['PROVIDER_STAFF'], classes },
    { relation: 'SENDER', roles: ['COORDINATOR'], classes, part2Consent: 'CARE_TO_COORDINATOR' },
    { relation: 'COORDINATING', roles: ['COORDINATOR'], classes, part2Consent: 'CARE_TO_COORDINATOR' },
  ] as const;

/** What the person agreed to in writing: where they were taken and whether they arrived, and not how treatment goes. */
const agreedOutcome = {
  relation: 'SENDER',
  roles: ['OFFICER', ...CARE_REFERRERS],
  classes: ['OUTCOME'],
  consent: 'OUTCOME_TO_SENDER',
} as const;

export const referralResources = {
  Referral: {
    fields: {
      id: 'RECEIPT',
      pathway: 'RECEIPT',
      progress: 'RECEIPT',
      submittedAt: 'RECEIPT',
      acknowledgedAt: 'RECEIPT',
      closedAt: 'RECEIPT',
      missing: 'RECEIPT',
      nextStep: 'RECEIPT',
      emergencyInstruction: 'DANGER',
      allowedActions: 'RECEIPT',
      sender: 'RECEIPT',
      episode: 'IDENTITY',
      person: 'IDENTITY',
      need: 'NEED',
      consents: 'CONSENT',
      state: 'CARE',
      offers: 'CARE',
      hold: 'CARE',
      scheduledFor: 'CARE',
      admittedAt: 'CARE',
      noShows: 'CARE',
      outcome: 'CARE',
      endReason: 'CARE',
      senderWithdrewAt: 'CARE',
      senderWithdrewReason: 'CARE',
      changes: 'CARE',
      handOffs: 'RECEIPT',
      destination: 'OUTCOME',
      arrivedAt: 'OUTCOME',
      matchRuns: 'ROUTING',
      unmetNeed: 'ROUTING',
      waitlistEntry: 'CARE',
    },
    leadsTo: {
      // What is asked, and what to do, follows from what is known of the need.
      missing: 'ReferralNeed',
      nextStep: 'ReferralNeed',
      emergencyInstruction: 'ReferralNeed',
      episode: 'Episode',
      person: 'Person',
      need: 'ReferralNeed',
      consents: 'Consent',
      offers: 'Offer',
      hold: 'Hold',
      changes: 'ReferralChange',
      handOffs: 'HandOff',
      matchRuns: 'MatchRun',
      unmetNeed: 'UnmetNeed',
      waitlistEntry: 'WaitlistEntry',
    },
    grants: [
      // One-way valve: police and schools learn that it was sent, acknowledged, closed.
      { relation: 'SENDER', roles: OUTSIDE_TREATMENT, classes: ['RECEIPT', 'IDENTITY', 'CONSENT'] },
      { relation: 'SENDER', roles: CARE_REFERRERS, classes: ['RECEIPT', 'IDENTITY', 'NEED', 'CONSENT', 'ROUTING'] },
      // Whoever saw a danger is told what to do, police and schools among them, until it is over. Everybody else reads it with the need.
      { relation: 'SENDER', roles: REFERRERS, classes: ['DANGER'], onlyWhileOpen: true },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['RECEIPT', 'ROUTING'] },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['NEED'], onlyWhileOpen: true },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['IDENTITY'], consent: 'IDENTITY_TO_COORDINATOR' },
      { relation: 'OFFERED', roles: ['PROVIDER_STAFF'], classes: ['RECEIPT', 'NEED'] },
      { relation: 'ACKNOWLEDGED', roles: ['PROVIDER_STAFF'], classes: ['RECEIPT', 'NEED'] },
      {
        relation: 'ACKNOWLEDGED',
        roles: ['PROVIDER_STAFF'],
        classes: ['IDENTITY'],
        consent: 'IDENTITY_BEFORE_ACCEPTANCE',
      },
      { relation: 'RECEIVER', roles: ['PROVIDER_STAFF'], classes: ['RECEIPT', 'IDENTITY', 'NEED', 'CONSENT'] },
      agreedOutcome,
      ...carePath(['CARE', 'OUTCOME']),
    ],
    commands: {
      read: [{ relation: 'ANYONE', roles: CASE_ROLES }],
      submit: [{ relation: 'ANYONE', roles: REFERRERS }],
      provideInfo: [bySender, byCoordinating],
      requestInfo: [{ relation: 'ACKNOWLEDGED', roles: ['PROVIDER_STAFF'] }],
      // Whether it can be routed again tells that it waits: for those who may know that it does.
      route: [{ relation: 'SENDER', roles: CARE_REFERRERS }, byCoordinating],
      schedule: byReceiver,
      recordArrival: byReceiver,
      recordNoShow: byReceiver,
      admit: byReceiver,
      discharge: byWhoeverIsThere,
      turnAway: byWhoeverIsThere,
      cancel: [bySender, byCoordinating],
      recall: [bySender, byCoordinating],
      recordConsent: [bySender],
      releaseHandOff: [bySender, byCoordinating],
      receiveHandOff: byReceiver,
    },
    source: {
      subject: 'Person',
      subjectIn: 'personId',
      from: {
        IDENTITY: ['senderAgencyId'],
        NEED: ['senderAgencyId'],
        DANGER: ['senderAgencyId'],
        CONSENT: ['senderAgencyId'],
        CARE: ['receiverAgencyId', 'senderAgencyId'],
        OUTCOME: ['receiverAgencyId', 'senderAgencyId'],
      },
    },
  },
  /** The need as a program may weigh it: signals, no name. As its referral gives it, and by itself as well. */
  ReferralNeed: {
    fields: Object.fromEntries(
      [
        'emergencyInstruction',
        'age',
        'sex',
        'pregnant',
        'injects',
        'substances',
        'lastUse',
        'currentMedications',
        'wantedMedication',
        'hasMedicalComplaint',
        'hasPsychiatricConcern',
        'childrenWithThem',
        'payer',
        'language',
        'usesWheelchair',
        'needsSignLanguage',
        'isVeteran',
        'maxDistanceKm',
        'levelsOfCare',
      ].map((field) => [field, 'NEED' as const]),
    ),
    grants: [
      { relation: 'SENDER', roles: CARE_REFERRERS, classes: ['NEED'] },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['NEED'], onlyWhileOpen: true },
      { relation: 'OFFERED', roles: ['PROVIDER_STAFF'], classes: ['NEED'] },
      { relation: 'ACKNOWLEDGED', roles: ['PROVIDER_STAFF'], classes: ['NEED'] },
      { relation: 'RECEIVER', roles: ['PROVIDER_STAFF'], classes: ['NEED'] },
    ],
    commands: {},
    source: { subject: 'Person', subjectIn: 'personId', from: { NEED: ['senderAgencyId'] } },
  },
  Offer: {
    fields: {
      id: 'CARE',
      state: 'CARE',
      referral: 'CARE',
      program: 'CARE',
      pool: 'CARE',
      rank: 'CARE',
      createdAt: 'CARE',
      acknowledgeBy: 'CARE',
      decideBy: 'CARE',
      acknowledgedAt: 'CARE',
      endedAt: 'CARE',
      declineReason: 'CARE',
      declinedBy: 'CARE',
      withdrawReason: 'CARE',
      allowedActions: 'CARE',
    },
    leadsTo: { referral: 'Referral' },
    grants: [{ relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF'], classes: ['CARE'] }, ...carePath(['CARE'])],
    commands: {
      read: [{ relation: 'ANYONE', roles: CASE_ROLES }],
      make: byCoordinator,
      acknowledge: byOfferedProgram,
      accept: byOfferedProgram,
      decline: byOfferedProgram,
      requestSecondLook: byCoordinator,
    },
    source: { subject: 'Referral', subjectIn: 'referralId', from: { CARE: ['agencyId'] } },
  },
  HandOff: {
    fields: {
      id: 'RECEIPT',
      transport: 'RECEIPT',
      fromAgency: 'RECEIPT',
      releasedAt: 'RECEIPT',
      releasedPlace: 'RECEIPT',
      state: 'OUTCOME',
      toAgency: 'OUTCOME',
      receivedAt: 'OUTCOME',
      receivedPlace: 'OUTCOME',
    },
    grants: [
      // That somebody else released the person tells that a place is kept.
      { relation: 'OWN_AGENCY', roles: REFERRERS, classes: ['RECEIPT'] },
      { ...agreedOutcome, classes: ['RECEIPT', 'OUTCOME'] },
      ...carePath(['RECEIPT', 'OUTCOME']),
    ],
    commands: {},
    source: { subject: 'Referral', subjectIn: 'referralId', from: { OUTCOME: ['toAgencyId'] } },
  },
  /** One step of a referral’s history. */
  ReferralChange: {
    fields: {
      id: 'CARE',
      at: 'CARE',
      command: 'CARE',
      fromState: 'CARE',
      toState: 'CARE',
      reason: 'CARE',
      agency: 'CARE',
    },
    grants: carePath(['CARE']),
    commands: {},
    source: { subject: 'Referral', subjectIn: 'referralId', from: { CARE: ['agencyId'] } },
  },
} as const satisfies Record<string, Resource>;
