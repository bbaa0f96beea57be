import { ADMINS, EVERYONE, type Resource } from '../policy';

const openToAll = { relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] } as const;
const readByAll = [{ relation: 'ANYONE', roles: EVERYONE }] as const;
/** At the operator's own agency the platform admin is the own admin. */
const byOwnAdmin = [{ relation: 'OWN_AGENCY', roles: ADMINS }] as const;
const byOperator = [{ relation: 'ANYONE', roles: ['PLATFORM_ADMIN'] }] as const;
/** Staff of any agency are managed by its own admin; the platform’s admin appoints the first admin of an agency. */
const byAdmins = [{ relation: 'OWN_AGENCY', roles: ['AGENCY_ADMIN'] }, ...byOperator] as const;
const STAFF_READERS = [...ADMINS, 'PRIVACY_OFFICER'] as const;
/** Whoever took a step gets its receipt, also where the member is not theirs to see. */
const receiptForAdmins = { relation: 'ANYONE', roles: ADMINS, classes: ['RECEIPT'] } as const;

export const agencyResources = {
  Agency: {
    fields: {
      id: 'DIRECTORY',
      name: 'DIRECTORY',
      kind: 'DIRECTORY',
      state: 'DIRECTORY',
      phone: 'DIRECTORY',
      jurisdictions: 'DIRECTORY',
      coordinatingAgency: 'DIRECTORY',
      isActive: 'DIRECTORY',
      programs: 'DIRECTORY',
      holdQuota: 'DIRECTORY',
    },
    grants: [openToAll],
    commands: {
      read: readByAll,
      create: byOperator,
      update: byAdmins,
      activate: byOperator,
    },
  },
  County: {
    fields: {
      fips: 'DIRECTORY',
      name: 'DIRECTORY',
      state: 'DIRECTORY',
      stateName: 'DIRECTORY',
      latitude: 'DIRECTORY',
      longitude: 'DIRECTORY',
      neighbours: 'DIRECTORY',
      shape: 'DIRECTORY',
    },
    grants: [openToAll],
    commands: { read: readByAll },
  },
  StaffMember: {
    fields: {
      id: 'RECEIPT',
      displayName: 'STAFF',
      email: 'STAFF',
      role: 'STAFF',
      agency: 'STAFF',
      since: 'STAFF',
      endedAt: 'STAFF',
      isActive: 'STAFF',
    },
    grants: [{ relation: 'OWN_AGENCY', roles: STAFF_READERS, classes: ['RECEIPT', 'STAFF'] }, receiptForAdmins],
    commands: {
      read: [{ relation: 'OWN_AGENCY', roles: STAFF_READERS }],
      add: byAdmins,
      changeRole: byOwnAdmin,
      end: byOwnAdmin,
    },
  },
  ServiceAccount: {
    fields: {
      id: 'STAFF',
      name: 'STAFF',
      role: 'STAFF',
      scopes: 'STAFF',
      agency: 'STAFF',
      since: 'STAFF',
      endedAt: 'STAFF',
      isActive: 'STAFF',
    },
    grants: [{ relation: 'OWN_AGENCY', roles: STAFF_READERS, classes: ['STAFF'] }],
    commands: {
      read: [{ relation: 'OWN_AGENCY', roles: STAFF_READERS }],
      create: byOwnAdmin,
      end: byOwnAdmin,
    },
  },
  /** The signed-in actor itself. */
  Viewer: {
    fields: { id: 'DIRECTORY', displayName: 'DIRECTORY', role: 'DIRECTORY', agency: 'DIRECTORY', scopes: 'DIRECTORY' },
    grants: [openToAll],
    commands: { read: readByAll },
  },
} as const satisfies Record<string, Resource>;
