import type { Resource } from '../policy';

const ofSchool = [{ relation: 'OWN_AGENCY', roles: ['SCHOOL_LIAISON'] }] as const;

export const safetyResources = {
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
  },
  /** What the sender keeps of it: no child. */
  HandleWithCareReceipt: {
    fields: {
      id: 'RECEIPT',
      sentAt: 'RECEIPT',
      dueAt: 'RECEIPT',
      readAt: 'RECEIPT',
      isOverdue: 'RECEIPT',
      school: 'RECEIPT',
    },
    grants: [{ relation: 'OWN_AGENCY', roles: ['OFFICER'], classes: ['RECEIPT'] }],
    commands: {
      read: [{ relation: 'ANYONE', roles: ['OFFICER'] }],
      send: [{ relation: 'ANYONE', roles: ['OFFICER'] }],
    },
  },
  /** When a school rings. */
  SchoolCalendar: {
    fields: {},
    grants: [],
    commands: { set: [{ relation: 'OWN_AGENCY', roles: ['SCHOOL_LIAISON', 'AGENCY_ADMIN'] }] },
  },
} as const satisfies Record<string, Resource>;
