import { REFERRERS, type FieldClass, type Resource } from '../policy';

/** Medical personnel, who alone may open a record in an emergency (42 CFR 2.51). */
const MEDICAL = ['MEDIC', 'HOSPITAL_STAFF', 'PROVIDER_STAFF'] as const;
const byMedical = [{ relation: 'ANYONE', roles: MEDICAL }] as const;
const byOwnPrivacyOfficer = [{ relation: 'OWN_AGENCY', roles: ['PRIVACY_OFFICER'] }] as const;

/** A person asks whoever knows them; most write to the privacy officer. */
const ASKED = [...REFERRERS, 'PRIVACY_OFFICER'] as const;
const ownTrail = { relation: 'OWN_AGENCY', roles: ['PRIVACY_OFFICER'], classes: ['TRAIL'] } as const;
/** Whose record was looked at, or whose trail it is; the words are the agency’s own. */
const ofPerson = { subject: 'Person', subjectIn: 'personId', from: { TRAIL: [] } } as const;
const ofAgency = { subject: 'Agency', subjectIn: 'agencyId', from: { TRAIL: [] } } as const;
const trail = (fields: readonly string[]): Record<string, FieldClass> =>
  Object.fromEntries(fields.map((field) => [field, 'TRAIL']));

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
      linked: 'RECEIPT',
      medicalPersonnel: 'TRAIL',
      affiliation: 'TRAIL',
      role: 'TRAIL',
      agency: 'TRAIL',
      discloser: 'TRAIL',
      personId: 'TRAIL',
    },
    leadsTo: { record: 'EmergencyRecord' },
    grants: [
      { relation: 'OWN_AGENCY', roles: MEDICAL, classes: ['RECEIPT'] },
      // The officer reviews the look, not the record.
      { relation: 'KNOWN', roles: ['PRIVACY_OFFICER'], classes: ['RECEIPT', 'TRAIL'], redacts: ['record'] },
    ],
    commands: {
      open: byMedical,
      end: [{ relation: 'OWN_AGENCY', roles: [...MEDICAL, 'PRIVACY_OFFICER'] }],
    },
    source: ofPerson,
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
    fields: trail(['id', 'breakGlass', 'state', 'dueAt', 'finding', 'reviewedAt', 'reviewedBy']),
    leadsTo: { breakGlass: 'BreakGlass' },
    grants: [ownTrail],
    commands: { read: byOwnPrivacyOfficer, review: byOwnPrivacyOfficer },
    source: ofAgency,
  },
  /** A person asked who was told of them: `OWN_AGENCY` answers, `KNOWN` recorded it. */
  AccountingRequest: {
    fields: trail([
      'id',
      'state',
      'personId',
      'requestedAt',
      'coversFrom',
      'dueAt',
      'answeredAt',
      'agency',
      'recordedBy',
    ]),
    grants: [ownTrail, { relation: 'KNOWN', roles: ASKED, classes: ['TRAIL'] }],
    commands: {
      request: [
        { relation: 'KNOWN', roles: ASKED },
        { relation: 'KNOWN_BY_CONSENT', roles: ASKED },
      ],
      read: byOwnPrivacyOfficer,
      answer: byOwnPrivacyOfficer,
    },
    source: ofPerson,
  },
  AccountedDisclosure: {
    fields: trail([
      'id',
      'at',
      'recipient',
      'discloser',
      'role',
      'purpose',
      'what',
      'fields',
      'basis',
      'consentScopes',
      'isPart2',
    ]),
    grants: [ownTrail],
    commands: { read: byOwnPrivacyOfficer },
    source: ofPerson,
  },
  /** Names no person and no record, and so leads to none (42 CFR part 2, subpart E). */
  LegalRequest: {
    fields: trail(['id', 'kind', 'issuer', 'receivedAt', 'decision', 'recordedAt', 'recordedBy']),
    grants: [ownTrail],
    commands: { read: byOwnPrivacyOfficer, record: byOwnPrivacyOfficer },
    source: ofAgency,
  },
} as const satisfies Record<string, Resource>;
