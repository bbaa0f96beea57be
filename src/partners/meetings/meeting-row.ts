import { Reject as RejectedLine, unreadableReasons } from '../csv/reject';

/**
 * The meetings table of a Basic Meeting List Toolbox (BMLT) server as CSV. Its weekday counts 0 = Sunday … 6 = Saturday, its
 * formats are numbers of the formats file.
 */
export const meetingColumns = [
  'id_bigint',
  'weekday_tinyint',
  'start_time',
  'duration_time',
  'formats',
  'lang_enum',
  'longitude',
  'latitude',
  'published',
  'comments',
  'location_info',
  'location_municipality',
  'location_postal_code_1',
  'location_province',
  'location_street',
  'location_text',
  'meeting_name',
] as const;
/** What newer servers add. */
export const newerColumns = [
  'location_city_subsection',
  'time_zone',
  'venue_type',
  'virtual_meeting_link',
  'phone_meeting_number',
] as const;
export type MeetingColumn = (typeof meetingColumns)[number] | (typeof newerColumns)[number];
export type MeetingLine = { readonly line: number; readonly row: Readonly<Record<MeetingColumn, string>> };

export const formatColumns = ['shared_id_bigint', 'key_string', 'lang_enum', 'name_string'] as const;

/** Why a line did not become a meeting. */
export const meetingRejects = {
  ...unreadableReasons,
  MISSING_FIELD: 'A field that no meeting can do without is empty.',
  BAD_WEEKDAY: 'The weekday is not 0 (Sunday) to 6 (Saturday).',
  BAD_TIME: 'The start is no time of day, or the meeting lasts no time or more than a day.',
  BAD_PLACE: 'A meeting at a place has no coordinates, or none that are on Earth.',
  UNKNOWN_ZONE: 'No time zone is given, and none follows from the place.',
  TOO_LONG: 'A text is longer than any list has it.',
  DUPLICATE: 'The same number was on an earlier line.',
} as const;
export type MeetingReject = keyof typeof meetingRejects;

/** A line that was left out. */
export const Reject = RejectedLine;
export type Reject = RejectedLine<MeetingReject>;
