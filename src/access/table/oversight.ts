import type { Resource } from '../policy';

/** Medical personnel, who alone may open a record in an emergency (42 CFR 2.51). */
const MEDICAL = ['MEDIC', 'HOSPITAL_STAFF', 'PROVIDER_STAFF'] as const;
const byMedical = [{ relation: 'ANYONE', roles: MEDICAL }] as const;
const byOwnPrivacyOfficer = [{ relation: 'OWN_AGENCY', roles: ['PRIVACY_OFFICER'] }] as const;

export const oversightResources = {
  /** A record opened in an emergency: `OWN_AGENCY` opened it, `KNOWN` was told of it. */
  BreakGlass: {
    fields: {
      id: 'RECEIPT',
      nature: 'RECEIPT',
      ground: 'RECEIPT',
      openedAt: 'RECEIPT',
      endsAt: 'RECEIPT',
      endedAt: 'RECEIPT',
      isActive: 'RECEIPT',
      record: 'RECEIPT',
      medicalPersonnel: 'TRAIL',
      affiliation: 'TRAIL',
      role: 'TRAIL',
      agency: 'TRAIL',
      discloser: 'TRAIL',
      personId: 'TRAIL',
    },
    grants: [
      { relation: 'OWN_AGENCY', roles: MEDICAL, classes: ['RECEIPT'] },
      // The officer reviews the look, not the record.
      { relation: 'KNOWN', roles: ['PRIVACY_OFFICER'], classes: ['RECEIPT', 'TRAIL'], redacts: ['record'] },
    ],
    commands: {
      open: byMedical,
      end: [{ relation: 'OWN_AGENCY', roles: [...MEDICAL, 'PRIVACY_OFFICER'] }],
    },
  },
  /** What a doctor needs, and not more. */
  EmergencyRecord: {
    fields: {
      id: 'RECEIPT',
      givenName: 'IDENTITY',
      familyName: 'IDENTITY',
      birthDate: 'IDENTITY',
      currentMedications: 'NEED',
      substances: 'NEED',
      pregnant: 'NEED',
      needAsOf: 'NEED',
      treatingProgram: 'CARE',
      treatingProgramPhone: 'CARE',
    },
    grants: [
      {
        relation: 'EMERGENCY',
        roles: MEDICAL,
        classes: ['RECEIPT', 'IDENTITY', 'NEED', 'CARE'],
        purposes: ['MEDICAL_EMERGENCY'],
      },
    ],
    commands: { read: byMedical },
    source: {
      subject: 'Person',
      subjectIn: 'personId',
      from: { IDENTITY: ['identityAgencyId'], NEED: ['needAgencyId'], CARE: ['careAgencyId'] },
    },
  },
  BreakGlassReview: {
    fields: {
      id: 'TRAIL',
      breakGlass: 'TRAIL',
      state: 'TRAIL',
      dueAt: 'TRAIL',
      finding: 'TRAIL',
      reviewedAt: 'TRAIL',
      reviewedBy: 'TRAIL',
    },
    grants: [{ relation: 'OWN_AGENCY', roles: ['PRIVACY_OFFICER'], classes: ['TRAIL'] }],
    commands: { read: byOwnPrivacyOfficer, review: byOwnPrivacyOfficer },
  },
} as const satisfies Record<string, Resource>;
