import { CARE_REFERRERS, type FieldClass, type Resource } from '../policy';

const ofSchool = [{ relation: 'OWN_AGENCY', roles: ['SCHOOL_LIAISON'] }] as const;

const child = (fields: readonly string[]): Record<string, FieldClass> =>
  Object.fromEntries(fields.map((field) => [field, 'CHILD']));
/** Whoever the law asks to report what they see; a school reports by its own ways. */
const REPORTERS = ['OFFICER', ...CARE_REFERRERS] as const;
const byServices = [{ relation: 'OWN_AGENCY', roles: ['CHILD_SERVICES_WORKER'] }] as const;
const toServices = [{ relation: 'OWN_AGENCY', roles: ['CHILD_SERVICES_WORKER'], classes: ['CHILD'] }] as const;

export const safetyResources = {
  /** A report of a child: `OWN_AGENCY` are child services, `SENDER` is who reported. */
  ChildReport: {
    fields: {
      id: 'RECEIPT',
      reportedAt: 'RECEIPT',
      receivedAt: 'RECEIPT',
      ...child([
        'state',
        'childName',
        'ageYears',
        'place',
        'concerns',
        'isInDanger',
        'closedAt',
        'outcome',
        'reportingAgency',
        'school',
        'candidates',
        'attention',
      ]),
    },
    leadsTo: { candidates: 'CaregiverCandidate' },
    grants: [
      { relation: 'SENDER', roles: REPORTERS, classes: ['RECEIPT'] },
      { relation: 'OWN_AGENCY', roles: ['CHILD_SERVICES_WORKER'], classes: ['RECEIPT', 'CHILD'] },
    ],
    commands: {
      read: [{ relation: 'ANYONE', roles: [...REPORTERS, 'CHILD_SERVICES_WORKER'] }],
      submit: [{ relation: 'ANYONE', roles: REPORTERS }],
      receive: byServices,
      close: byServices,
      reopen: byServices,
      proposeCaregiver: byServices,
    },
    source: { subject: 'ChildReport', subjectIn: 'id', from: { CHILD: ['reportingAgencyId'] } },
  },
  CaregiverCandidate: {
    fields: child(['id', 'name', 'relationship', 'state', 'history', 'earlier']),
    leadsTo: { history: 'CaregiverStep', earlier: 'CaregiverStep' },
    grants: toServices,
    commands: {
      check: byServices,
      clear: byServices,
      reject: byServices,
      place: byServices,
      endPlacement: byServices,
    },
    source: { subject: 'CaregiverCandidate', subjectIn: 'id', from: { CHILD: ['agencyId'] } },
  },
  CaregiverStep: {
    fields: child(['id', 'at', 'byName', 'command', 'state', 'checkKind', 'result']),
    grants: toServices,
    commands: {},
    source: { subject: 'CaregiverCandidate', subjectIn: 'candidateId', from: { CHILD: ['agencyId'] } },
  },
  /** Exactly what a school may know of a child; the type is closed. */
  HandleWithCareNotice: {
    fields: {
      id: 'CHILD',
      childName: 'CHILD',
      ageYears: 'CHILD',
      grade: 'CHILD',
      school: 'CHILD',
      sendingAgency: 'CHILD',
      sentAt: 'CHILD',
      readAt: 'CHILD',
    },
    grants: [{ relation: 'OWN_AGENCY', roles: ['SCHOOL_LIAISON'], classes: ['CHILD'] }],
    commands: {
      read: [{ relation: 'ANYONE', roles: ['SCHOOL_LIAISON'] }],
      acknowledge: ofSchool,
    },
    source: { subject: 'HandleWithCareNotice', subjectIn: 'id', from: { CHILD: ['sendingAgencyId'] } },
  },
  /** What the sender keeps of it: no child. */
  HandleWithCareReceipt: {
    fields: {
      id: 'RECEIPT',
      sentAt: 'RECEIPT',
      dueAt: 'RECEIPT',
      readAt: 'RECEIPT',
      takenBackAt: 'RECEIPT',
      isOverdue: 'RECEIPT',
      school: 'RECEIPT',
    },
    grants: [{ relation: 'OWN_AGENCY', roles: ['OFFICER'], classes: ['RECEIPT'] }],
    commands: {
      read: [{ relation: 'ANYONE', roles: ['OFFICER'] }],
      send: [{ relation: 'ANYONE', roles: ['OFFICER'] }],
      takeBack: [{ relation: 'OWN_AGENCY', roles: ['OFFICER'] }],
    },
  },
  /** When a school rings. */
  SchoolCalendar: {
    fields: {},
    grants: [],
    commands: { set: [{ relation: 'OWN_AGENCY', roles: ['SCHOOL_LIAISON', 'AGENCY_ADMIN'] }] },
  },
} as const satisfies Record<string, Resource>;
