import { CASE_ROLES, EVERYONE, type Resource } from '../policy';

const open = [{ relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] }] as const;
const directory = (fields: readonly string[]): Record<string, 'DIRECTORY'> =>
  Object.fromEntries(fields.map((field) => [field, 'DIRECTORY']));
const byLead = [{ relation: 'OWN_AGENCY', roles: ['COORDINATOR', 'AGENCY_ADMIN'] }] as const;

export const outreachResources = {
  /** Who goes to see people after an overdose, where and how: no person in it. */
  OutreachProgram: {
    fields: directory([
      'id',
      'name',
      'publicName',
      'phone',
      'timeZone',
      'leaveBehind',
      'visitorKinds',
      'isPlainClothes',
      'doorWords',
      'isActive',
      'agency',
      'countyFips',
      'team',
    ]),
    grants: open,
    commands: {
      read: [{ relation: 'ANYONE', roles: EVERYONE }],
      create: byLead,
      update: byLead,
      join: [{ relation: 'ANYONE', roles: ['AGENCY_ADMIN'] }],
    },
  },
  OutreachTeamMember: { fields: directory(['agency', 'agreedAt']), grants: open, commands: {} },
  /** Made for a place and a language from directory facts; nothing of the place is kept. */
  Packet: {
    fields: directory([
      'program',
      'language',
      'madeAt',
      'leaveBehind',
      'printedParts',
      'outside',
      'meetings',
      'places',
      'primer',
      'crisisLines',
      'pdf',
    ]),
    grants: open,
    commands: { make: [{ relation: 'ANYONE', roles: CASE_ROLES }] },
  },
  PacketOutside: { fields: directory(['title', 'lines', 'team', 'phone']), grants: open, commands: {} },
  PacketPlace: {
    fields: directory(['program', 'phone', 'levelsOfCare', 'available', 'attestedAt', 'miles']),
    grants: open,
    commands: {},
  },
  NaloxonePrimer: { fields: directory(['title', 'intro', 'steps', 'safe']), grants: open, commands: {} },
} as const satisfies Record<string, Resource>;
