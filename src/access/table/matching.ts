import { CARE_REFERRERS, CASE_ROLES, EVERYONE, type Resource } from '../policy';

/** What matching says of a program says what the person needs: it is read like the need, under the same conditions. */
const routing = [
  { relation: 'SENDER', roles: CARE_REFERRERS, classes: ['ROUTING', 'NEED'] },
  { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['ROUTING'] },
  { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['NEED'], onlyWhileOpen: true },
] as const;
const directory = { relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] } as const;

export const matchingResources = {
  /** One answer to an anonymous capacity query: no person was named, nothing is kept. */
  ProgramMatch: {
    fields: {
      program: 'DIRECTORY',
      pool: 'DIRECTORY',
      score: 'DIRECTORY',
      distanceKm: 'DIRECTORY',
      terms: 'DIRECTORY',
      censusAgeMinutes: 'DIRECTORY',
    },
    grants: [directory],
    commands: { match: [{ relation: 'ANYONE', roles: CASE_ROLES }] },
  },
  ProgramMatches: {
    fields: {
      matches: 'DIRECTORY',
      considered: 'DIRECTORY',
      asOf: 'DIRECTORY',
      policyVersion: 'DIRECTORY',
      removedByRule: 'DIRECTORY',
      missing: 'DIRECTORY',
      emergencyInstruction: 'DIRECTORY',
    },
    grants: [directory],
    commands: {},
  },
  RuleCount: { fields: { rule: 'DIRECTORY', programs: 'DIRECTORY' }, grants: [directory], commands: {} },
  ScoreTerm: {
    fields: { name: 'DIRECTORY', value: 'DIRECTORY', weight: 'DIRECTORY', because: 'DIRECTORY' },
    grants: [directory],
    commands: {},
  },
  /** A stored run for a referral: which rules removed which program, and how the others scored. */
  MatchRun: {
    fields: {
      id: 'ROUTING',
      asOf: 'ROUTING',
      policyVersion: 'ROUTING',
      considered: 'ROUTING',
      eligible: 'NEED',
      leftOut: 'ROUTING',
      oldestCensusAt: 'NEED',
      verdicts: 'NEED',
      whyNot: 'NEED',
      overdosePreference: 'INCIDENT',
    },
    leadsTo: {
      eligible: 'ReferralNeed',
      oldestCensusAt: 'ReferralNeed',
      verdicts: 'ReferralNeed',
      whyNot: 'ReferralNeed',
    },
    grants: [
      ...routing,
      // Its own reports, or what was on its team’s roster: for the roles that may read those, and for coordinators whom the person lets follow them.
      { relation: 'SENDER', roles: ['MEDIC', 'HOSPITAL_STAFF', 'OUTREACH_WORKER'], classes: ['INCIDENT'] },
      { relation: 'SENDER', roles: ['COORDINATOR'], classes: ['INCIDENT'], consent: 'CARE_TO_COORDINATOR' },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['INCIDENT'], consent: 'CARE_TO_COORDINATOR' },
    ],
    commands: {},
    source: {
      subject: 'Referral',
      subjectIn: 'referralId',
      from: { NEED: ['agencyId'], INCIDENT: ['toldByAgencyId'] },
    },
  },
  /** Part of a preference that is shown whole or not at all. */
  OverdosePreference: {
    fields: { because: 'DIRECTORY', programs: 'DIRECTORY' },
    grants: [directory],
    commands: {},
  },
  PreferredProgram: {
    fields: { program: 'DIRECTORY', bonus: 'DIRECTORY', because: 'DIRECTORY' },
    grants: [directory],
    commands: {},
  },
  Verdict: {
    fields: {
      program: 'DIRECTORY',
      isEligible: 'DIRECTORY',
      score: 'DIRECTORY',
      distanceKm: 'DIRECTORY',
      removedBy: 'DIRECTORY',
      terms: 'DIRECTORY',
    },
    grants: [directory],
    commands: {},
  },
  RuleFinding: { fields: { rule: 'DIRECTORY', because: 'DIRECTORY' }, grants: [directory], commands: {} },
  /** Nobody could take the person: the rules that removed the last candidates, kept so that it can be counted. */
  UnmetNeed: {
    fields: {
      id: 'ROUTING',
      at: 'ROUTING',
      rules: 'NEED',
      county: 'ROUTING',
      // That somebody has taken the person.
      resolvedAt: 'OUTCOME',
      referral: 'ROUTING',
    },
    leadsTo: { rules: 'ReferralNeed', referral: 'Referral' },
    grants: [
      { relation: 'OWN_AGENCY', roles: CARE_REFERRERS, classes: ['ROUTING', 'NEED'] },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['ROUTING', 'OUTCOME'] },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['NEED'], onlyWhileOpen: true },
      { relation: 'OWN_AGENCY', roles: ['COORDINATOR'], classes: ['OUTCOME'] },
      { relation: 'OWN_AGENCY', roles: CARE_REFERRERS, classes: ['OUTCOME'], consent: 'OUTCOME_TO_SENDER' },
    ],
    commands: { read: [{ relation: 'OWN_AGENCY', roles: CARE_REFERRERS }] },
    source: { subject: 'Referral', subjectIn: 'referralId', from: { NEED: ['agencyId'], OUTCOME: ['agencyId'] } },
  },
} as const satisfies Record<string, Resource>;
