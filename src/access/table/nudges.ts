import { ADMINS, EVERYONE, type FieldClass, type Resource } from '../policy';

const staff = (fields: readonly string[]): Record<string, FieldClass> =>
  Object.fromEntries(fields.map((field) => [field, 'STAFF']));
/** Everybody decides for themselves: the operations know of no other person than the one who asks. */
const ownWord = [{ relation: 'OWN_AGENCY', roles: EVERYONE }] as const;
const shownToThem = [{ relation: 'OWN_AGENCY', roles: EVERYONE, classes: ['STAFF'] }] as const;

export const nudgeResources = {
  /** How the asker wants to be told. */
  NudgeSettings: {
    fields: staff([
      ...['language', 'rhythm', 'channels', 'quietFrom', 'quietUntil', 'timeZone', 'addresses', 'offeredChannels'],
    ]),
    leadsTo: { addresses: 'NudgeAddress' },
    grants: shownToThem,
    commands: {
      read: ownWord,
      setAddress: ownWord,
      confirmAddress: ownWord,
      removeAddress: ownWord,
      prefer: ownWord,
    },
  },
  NudgeAddress: {
    fields: staff(['channel', 'address', 'state', 'codeEndsAt', 'changedAt']),
    grants: shownToThem,
    commands: {},
  },
  /** What the asker was told waits: written down only for who could see the record itself, which stays behind its own rows. */
  Nudge: {
    fields: staff(['id', 'kind', 'subjectId', 'isUrgent', 'createdAt', 'toldAt']),
    grants: shownToThem,
    commands: { read: ownWord },
  },
  /** Whether a message arrived. Not what it was about: an admin sees no person by being admin. */
  NudgeMessage: {
    fields: staff([
      ...['id', 'staffMemberId', 'channel', 'isCode', 'state', 'createdAt', 'attempts', 'nextAttemptAt', 'endedAt'],
      ...['lastCode', 'lastStatus'],
    ]),
    grants: [{ relation: 'OWN_AGENCY', roles: ADMINS, classes: ['STAFF'] }],
    commands: { read: [{ relation: 'OWN_AGENCY', roles: ADMINS }] },
  },
  /** How many of each role can be reached at all: counts. */
  NudgeReach: {
    fields: staff(['role', 'members', 'reachable']),
    grants: [{ relation: 'OWN_AGENCY', roles: ADMINS, classes: ['STAFF'] }],
    commands: { read: [{ relation: 'OWN_AGENCY', roles: ADMINS }] },
  },
} as const satisfies Record<string, Resource>;
