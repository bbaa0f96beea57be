import { EVERYONE, type Resource } from '../policy';

const openToAll = { relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] } as const;
const readByAll = [{ relation: 'ANYONE', roles: EVERYONE }] as const;
const byOwnAdmin = [{ relation: 'OWN_AGENCY', roles: ['AGENCY_ADMIN'] }] as const;
/** Staff of any agency are managed by its own admin; the platform’s admin appoints the first admin of an agency. */
const byAdmins = [...byOwnAdmin, { relation: 'ANYONE', roles: ['PLATFORM_ADMIN'] }] as const;

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
    },
    grants: [openToAll],
    commands: {
      read: readByAll,
      create: [{ relation: 'ANYONE', roles: ['PLATFORM_ADMIN'] }],
      update: byAdmins,
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
      id: 'STAFF',
      displayName: 'STAFF',
      email: 'STAFF',
      role: 'STAFF',
      agency: 'STAFF',
      since: 'STAFF',
      endedAt: 'STAFF',
      isActive: 'STAFF',
    },
    grants: [{ relation: 'OWN_AGENCY', roles: ['AGENCY_ADMIN', 'PRIVACY_OFFICER'], classes: ['STAFF'] }],
    commands: {
      read: [{ relation: 'OWN_AGENCY', roles: ['AGENCY_ADMIN', 'PRIVACY_OFFICER'] }],
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
    grants: [{ relation: 'OWN_AGENCY', roles: ['AGENCY_ADMIN', 'PRIVACY_OFFICER'], classes: ['STAFF'] }],
    commands: {
      read: [{ relation: 'OWN_AGENCY', roles: ['AGENCY_ADMIN', 'PRIVACY_OFFICER'] }],
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
