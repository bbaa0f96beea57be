import type { Resource } from '../../src/access';
import type { Policy } from './agreement';

/**
 * A table with every kind of row that a table can have, and those that nearly are of another kind: what decides is
 * proven against it, whether or not today’s real table happens to use the condition. Made from the constants of the
 * policy under test, because “everyone signed in” is one of them.
 */
export const specimenOf = (everyone: readonly string[]): Policy['resources'] => {
  const EVERYONE = everyone as Resource['grants'][number]['roles'];
  const care = ['MEDIC', 'COORDINATOR'] as const;
  return {
    Specimen: {
      fields: {
        id: 'RECEIPT',
        open: 'DIRECTORY',
        staff: 'STAFF',
        state: 'CARE',
        destination: 'OUTCOME',
        name: 'IDENTITY',
        birthDate: 'IDENTITY',
        need: 'NEED',
        route: 'ROUTING',
        consent: 'CONSENT',
        trail: 'TRAIL',
        openList: 'DIRECTORY',
      },
      leadsTo: { need: 'Silent', openList: 'Silent', consent: 'Almost' },
      grants: [
        { relation: 'OWN_AGENCY', roles: EVERYONE, classes: ['RECEIPT'] },
        { relation: 'ANYONE', roles: EVERYONE, classes: ['STAFF'], purposes: ['ADMINISTRATION', 'OVERSIGHT'] },
        { relation: 'ANYONE', roles: EVERYONE, classes: ['TRAIL'], onlyWhileOpen: true },
        { relation: 'ANYONE', roles: EVERYONE, classes: ['CARE'], consent: 'OUTCOME_TO_SENDER' },
        { relation: 'ANYONE', roles: EVERYONE, classes: ['IDENTITY'], redacts: ['birthDate', 'id'] },
        { relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY', 'OUTCOME'] },
        { relation: 'ANYONE', roles: care, classes: ['ROUTING'] },
        { relation: 'SENDER', roles: ['OFFICER', 'MEDIC', 'COORDINATOR'], classes: ['NEED', 'OUTCOME', 'CONSENT'] },
        { relation: 'RECEIVER', roles: care, classes: ['NEED'], part2Consent: 'IDENTITY_TO_COORDINATOR' },
        {
          relation: 'EMERGENCY',
          roles: ['MEDIC', 'HOSPITAL_STAFF'],
          classes: ['NEED', 'IDENTITY'],
          purposes: ['MEDICAL_EMERGENCY'],
          redacts: ['name'],
        },
        {
          relation: 'COORDINATING',
          roles: ['COORDINATOR', 'SCHOOL_LIAISON'],
          classes: ['CONSENT', 'IDENTITY'],
          consent: 'IDENTITY_TO_COORDINATOR',
          purposes: ['CARE_COORDINATION'],
          onlyWhileOpen: true,
        },
      ],
      commands: {
        read: [{ relation: 'ANYONE', roles: care }],
        change: [
          { relation: 'SENDER', roles: ['OFFICER'] },
          { relation: 'OWN_AGENCY', roles: ['AGENCY_ADMIN'] },
        ],
        nobody: [],
      },
      source: {
        subject: 'Person',
        subjectIn: 'personId',
        from: {
          IDENTITY: ['senderAgencyId'],
          NEED: ['senderAgencyId'],
          CARE: ['receiverAgencyId', 'senderAgencyId'],
          OUTCOME: ['receiverAgencyId', 'senderAgencyId'],
          CONSENT: ['senderAgencyId'],
        },
      },
    },
    /** Rows that would be open to everyone but for one condition. */
    Almost: {
      fields: { agreed: 'STAFF', agreedForPart2: 'TRAIL', left: 'RECEIPT', leftOut: 'RECEIPT' },
      grants: [
        { relation: 'ANYONE', roles: EVERYONE, classes: ['STAFF'], consent: 'OUTCOME_TO_SENDER' },
        { relation: 'ANYONE', roles: EVERYONE, classes: ['TRAIL'], part2Consent: 'OUTCOME_TO_SENDER' },
        { relation: 'ANYONE', roles: EVERYONE, classes: ['RECEIPT'], redacts: ['leftOut'] },
      ],
      commands: {},
    },
    /** Nothing of it is open but what leads to another type. */
    Led: {
      fields: { list: 'DIRECTORY' },
      leadsTo: { list: 'Silent' },
      grants: [{ relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] }],
      commands: {},
    },
    /** A type that no row speaks of. */
    Silent: { fields: { id: 'RECEIPT', name: 'IDENTITY' }, grants: [], commands: {} },
  };
};
