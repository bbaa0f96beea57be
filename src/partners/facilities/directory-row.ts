import { Reject as RejectedLine, unreadableReasons } from '../csv/reject';

/**
 * The file of the SAMHSA national directory of substance use treatment facilities, as published with coordinates
 * and county joined. A file without one of the columns is refused as a whole; further columns are passed over.
 */
export const directoryColumns = [
  'name1',
  'name2',
  'street1',
  'street2',
  'city',
  'state',
  'zip',
  'phone',
  'intake1',
  'intake2',
  'intake1a',
  'intake2a',
  'service_code_info',
  'latitude',
  'longitude',
  'geo_source',
  'county_fips_by_zip',
] as const;

export type DirectoryColumn = (typeof directoryColumns)[number];

/** One facility at one address; every value is trimmed text, absent values are empty. */
export type DirectoryRow = Readonly<Record<DirectoryColumn, string>>;

/** Why a line did not become a program. */
export const rejectReasons = {
  ...unreadableReasons,
  MISSING_FIELD: 'A field that no program can do without is empty.',
  UNKNOWN_STATE: 'The state is no USPS code.',
  BAD_PLACE: 'Latitude or longitude is no coordinate.',
  UNKNOWN_CODE: 'The line holds a service code this importer does not know; it could change whom the program serves.',
  DUPLICATE: 'The same facility at the same address was on an earlier line.',
} as const;

export type RejectReason = keyof typeof rejectReasons;

/** A line that was left out. */
export const Reject = RejectedLine;
export type Reject = RejectedLine<RejectReason>;

export interface DirectoryLine {
  readonly line: number;
  readonly row: DirectoryRow;
}
