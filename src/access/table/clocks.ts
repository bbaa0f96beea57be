import type { Resource } from '../policy';

const watchers = [
  { relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF'] },
  { relation: 'COORDINATING', roles: ['COORDINATOR'] },
  // A team that refers people itself coordinates them.
  { relation: 'SENDER', roles: ['COORDINATOR'] },
] as const;
/** What a Part 2 program’s care is known by needs the person’s consent that the team may follow it. */
const underPart2 = (relation: string) =>
  relation === 'OWN_AGENCY' ? {} : ({ part2Consent: 'CARE_TO_COORDINATOR' } as const);
const atWork = [{ relation: 'ANYONE', roles: ['PROVIDER_STAFF', 'COORDINATOR'] }] as const;

export const clockResources = {
  /**
   * What is due on a referral. That a clock runs tells where in treatment the person is, so no sender sees one unless it
   * coordinates.
   */
  Clock: {
    fields: {
      id: 'CARE',
      // Some kinds run only for who injects, is pregnant or takes methadone.
      kind: 'NEED',
      referral: 'CARE',
      subjectId: 'CARE',
      owner: 'CARE',
      startedAt: 'CARE',
      dueAt: 'CARE',
      isBreached: 'CARE',
      breachCount: 'CARE',
      endedAt: 'CARE',
      endedHow: 'CARE',
      answers: 'CARE',
      answer: 'CARE',
    },
    leadsTo: { kind: 'ReferralNeed', referral: 'Referral' },
    grants: [
      ...watchers.map((one) => ({ ...one, classes: ['CARE'] as const, ...underPart2(one.relation) })),
      ...watchers.map((one) => ({ ...one, classes: ['NEED'] as const })),
    ],
    commands: { read: atWork, answer: watchers },
    source: {
      subject: 'Referral',
      subjectIn: 'referralId',
      from: { CARE: ['ownerAgencyId'], NEED: ['needFromAgencyId'] },
    },
  },
  /** What is due about room: no person in it. */
  RoomClock: {
    fields: {
      id: 'STAFF',
      kind: 'STAFF',
      poolId: 'STAFF',
      programId: 'STAFF',
      startedAt: 'STAFF',
      dueAt: 'STAFF',
      isBreached: 'STAFF',
      breachCount: 'STAFF',
      isAskedFor: 'STAFF',
      endedAt: 'STAFF',
      endedHow: 'STAFF',
      answer: 'STAFF',
    },
    grants: [{ relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF', 'AGENCY_ADMIN'], classes: ['STAFF'] }],
    commands: {
      read: [{ relation: 'ANYONE', roles: ['PROVIDER_STAFF', 'AGENCY_ADMIN'] }],
      answer: [{ relation: 'OWN_AGENCY', roles: ['PROVIDER_STAFF', 'AGENCY_ADMIN'] }],
    },
  },
  /** How one agency kept its clocks of one kind: counts only. */
  ClockBreaches: {
    fields: { agency: 'STAFF', kind: 'STAFF', started: 'STAFF', met: 'STAFF', breached: 'STAFF', running: 'STAFF' },
    grants: watchers.map((one) => ({ ...one, classes: ['STAFF'] as const })),
    commands: { read: atWork },
  },
  /** Another length of a clock for one agency or program. */
  ClockSetting: {
    fields: {
      id: 'DIRECTORY',
      agency: 'DIRECTORY',
      programId: 'DIRECTORY',
      kind: 'DIRECTORY',
      lasts: 'DIRECTORY',
      validFrom: 'DIRECTORY',
    },
    grants: [{ relation: 'ANYONE', roles: ['PLATFORM_ADMIN'], classes: ['DIRECTORY'] }],
    commands: { set: [{ relation: 'ANYONE', roles: ['PLATFORM_ADMIN'] }] },
  },
} as const satisfies Record<string, Resource>;
