import { EVERYONE, type Resource } from '../policy';

const open = [{ relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] }] as const;
const directory = (fields: readonly string[]): Record<string, 'DIRECTORY'> =>
  Object.fromEntries(fields.map((field) => [field, 'DIRECTORY']));
const readByAll = [{ relation: 'ANYONE', roles: EVERYONE }] as const;

/** Published help near a place: no person in it. */
export const helpResources = {
  SupportMeeting: {
    fields: directory([
      'id',
      'name',
      'weekday',
      'startMinute',
      'durationMinutes',
      'timeZone',
      'venueKind',
      'venue',
      'street',
      'city',
      'state',
      'postalCode',
      'directions',
      'latitude',
      'longitude',
      'onlineUrl',
      'dialIn',
      'language',
      'formats',
    ]),
    grants: open,
    commands: { read: readByAll },
  },
  MeetingFormat: { fields: directory(['key', 'name']), grants: open, commands: {} },
  MeetingTime: { fields: directory(['meeting', 'startsAt', 'endsAt', 'miles']), grants: open, commands: {} },
  MeetingsNear: { fields: directory(['times', 'total']), grants: open, commands: {} },
  CrisisLine: {
    fields: directory(['code', 'name', 'does', 'phone', 'text', 'press', 'hours', 'language', 'source']),
    grants: open,
    commands: { read: readByAll },
  },
} as const satisfies Record<string, Resource>;
