/** What a line of the ledger says was told: by type of record, its ids, the names of the fields and their classes. */
export type Told = Readonly<
  Record<
    string,
    { readonly ids: readonly string[]; readonly fields: readonly string[]; readonly classes: readonly string[] }
  >
>;

/** Classes of fields in the words of the person who asks. */
const plain: Readonly<Record<string, string>> = {
  IDENTITY: 'who you are: name, birth date, contact',
  INCIDENT: 'what happened to you, and where',
  NEED: 'what you need: substances, medication, pregnancy and the like',
  DANGER: 'what danger you were seen in',
  CARE: 'where in treatment you are',
  OUTCOME: 'where you were taken and whether you arrived',
  CONSENT: 'what you agreed to',
  TRAIL: 'which of your agreements stand, as numbers and codes',
  CHILD: 'who a child is, what was seen of it and who keeps it safe',
};

/** Each once, in the order of the table above. */
export const plainWords = (what: Told): string[] => {
  const classes = new Set(Object.values(what).flatMap((one) => one.classes));
  return Object.entries(plain).flatMap(([name, words]) => (classes.has(name) ? [words] : []));
};

/** `Type.field` of everything that was told. */
export const fieldsIn = (what: Told): string[] =>
  Object.entries(what).flatMap(([type, { fields }]) => fields.map((field) => `${type}.${field}`));

export const disclosureBases = {
  CONSENT: 'A written consent of the person; the scopes are beside it.',
  MEDICAL_EMERGENCY: 'A medical emergency, without consent (42 CFR 2.51).',
  NO_CONSENT_NEEDED: 'No consent was needed: not from a Part 2 program, and part of referring or treating the person.',
} as const;
export type DisclosureBasis = keyof typeof disclosureBases;

export const basisOf = (what: Told, consents: readonly string[]): DisclosureBasis => {
  if ('EmergencyRecord' in what) return 'MEDICAL_EMERGENCY';
  return consents.length > 0 ? 'CONSENT' : 'NO_CONSENT_NEEDED';
};

/** So many years earlier on the calendar, in UTC; 29 February becomes 1 March. */
export const yearsBefore = (at: Date, years: number): Date => {
  const earlier = new Date(at);
  earlier.setUTCFullYear(at.getUTCFullYear() - years);
  return earlier;
};
