/** What two descriptions of people are compared by. Every one may be missing. */
export const linkageFields = [
  'givenName',
  'familyName',
  'birthDate',
  'sex',
  'phone',
  'email',
  'houseNumber',
  'street',
  'city',
  'state',
  'postalCode',
] as const;

export type LinkageField = (typeof linkageFields)[number];

/**
 * One description of a person, as it was written down. `birthDate` may be `YYYY-MM-DD`, `YYYYMMDD` or `MM/DD/YYYY`; `street` may be a
 * whole address on one line. Blank means missing.
 */
export type LinkageRecord = Readonly<Partial<Record<LinkageField, string | null>>>;
