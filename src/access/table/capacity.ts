import { EVERYONE, type Resource } from '../policy';

const openToAll = { relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] } as const;
const readByAll = [{ relation: 'ANYONE', roles: EVERYONE }] as const;
const byProvider = [{ relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF', 'AGENCY_ADMIN'] }] as const;
const byIntake = [{ relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF'] }] as const;

export const capacityResources = {
  /** A service line of a provider. No person in it: everybody who signs in may know where there is room. */
  Program: {
    fields: {
      id: 'DIRECTORY',
      name: 'DIRECTORY',
      agency: 'DIRECTORY',
      street: 'DIRECTORY',
      city: 'DIRECTORY',
      state: 'DIRECTORY',
      postalCode: 'DIRECTORY',
      phone: 'DIRECTORY',
      county: 'DIRECTORY',
      latitude: 'DIRECTORY',
      longitude: 'DIRECTORY',
      timeZone: 'DIRECTORY',
      acceptanceMode: 'DIRECTORY',
      freshnessMinutes: 'DIRECTORY',
      part2Program: 'DIRECTORY',
      services: 'DIRECTORY',
      medicationsOffered: 'DIRECTORY',
      medicationsAccepted: 'DIRECTORY',
      payers: 'DIRECTORY',
      languages: 'DIRECTORY',
      substances: 'DIRECTORY',
      servesOnly: 'DIRECTORY',
      acceptedPathways: 'DIRECTORY',
      admitsPregnant: 'DIRECTORY',
      intakeWindows: 'DIRECTORY',
      isActive: 'DIRECTORY',
      bedPools: 'DIRECTORY',
    },
    grants: [openToAll],
    commands: { read: readByAll, create: byProvider, update: byProvider },
  },
  IntakeWindow: {
    fields: { weekday: 'DIRECTORY', opens: 'DIRECTORY', closes: 'DIRECTORY' },
    grants: [openToAll],
    commands: {},
  },
  BedPool: {
    fields: {
      id: 'DIRECTORY',
      name: 'DIRECTORY',
      program: 'DIRECTORY',
      levelOfCare: 'DIRECTORY',
      sexes: 'DIRECTORY',
      minAge: 'DIRECTORY',
      maxAge: 'DIRECTORY',
      staffed: 'DIRECTORY',
      // An admission turns a held place into an occupied one: who sends must not see it in these two. Their sum stays.
      occupied: 'STAFF',
      held: 'STAFF',
      available: 'DIRECTORY',
      attestedAt: 'DIRECTORY',
      attestedSource: 'DIRECTORY',
      freshUntil: 'DIRECTORY',
      isFresh: 'DIRECTORY',
      isActive: 'DIRECTORY',
      censuses: 'STAFF',
      // The way to the holds, which say themselves who may read them.
      holds: 'RECEIPT',
    },
    leadsTo: { censuses: 'Census', holds: 'Hold' },
    grants: [
      openToAll,
      { relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF', 'AGENCY_ADMIN'], classes: ['STAFF'] },
      { relation: 'ANYONE', roles: ['COORDINATOR'], classes: ['STAFF'], redacts: ['censuses'] },
      { relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF'], classes: ['RECEIPT'] },
    ],
    commands: { read: readByAll, create: byProvider, update: byProvider, postCensus: byIntake },
  },
  /** What a provider attested about a pool, and when. */
  Census: {
    fields: { id: 'STAFF', staffed: 'STAFF', occupied: 'STAFF', held: 'STAFF', attestedAt: 'STAFF', source: 'STAFF' },
    grants: [{ relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF', 'AGENCY_ADMIN'], classes: ['STAFF'] }],
    commands: {},
  },
  /** The pools one census call reported. */
  CensusPosted: {
    fields: { pools: 'DIRECTORY' },
    grants: [openToAll],
    commands: {},
  },
  /** A place kept for one referral. */
  Hold: {
    fields: { id: 'CARE', state: 'CARE', pool: 'CARE', createdAt: 'CARE', endsAt: 'CARE', endedAt: 'CARE' },
    grants: [
      { relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF'], classes: ['CARE'] },
      { relation: 'SENDER', roles: ['COORDINATOR'], classes: ['CARE'], part2Consent: 'CARE_TO_COORDINATOR' },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['CARE'], part2Consent: 'CARE_TO_COORDINATOR' },
    ],
    commands: {},
    source: { subject: 'Referral', subjectIn: 'referralId', from: { CARE: ['agencyId'] } },
  },
  /** How many places a sender may keep at a time. */
  HoldQuota: {
    fields: { agency: 'DIRECTORY', activeHolds: 'DIRECTORY', poolSharePercent: 'DIRECTORY' },
    grants: [openToAll],
    commands: { set: [{ relation: 'ANYONE', roles: ['PLATFORM_ADMIN'] }] },
  },
} as const satisfies Record<string, Resource>;
