/** Why somebody looks. Every disclosure says it, and a grant may be for some purposes only. */
export const purposes = {
  TREATMENT: 'To find a place for the person or to treat them: treatment, payment and operations (45 CFR 164.506).',
  CARE_COORDINATION: 'To reach the person, and to see that no hand-off is lost.',
  DEFLECTION: 'To bring a person to help instead of into proceedings. Never treatment, payment or operations.',
  CUSTODY: 'To keep what was handed in, from hand to hand, until it is destroyed. No person is in it.',
  MEDICAL_EMERGENCY: 'To meet a bona fide medical emergency when consent cannot be had (42 CFR 2.51).',
  CHILD_SAFETY: 'To keep a child safe.',
  STAFF_SAFETY: 'To look after responders who were exposed, and what they carry. No person who was helped is in it.',
  PUBLIC_HEALTH: 'To count, without people.',
  OVERSIGHT: 'To read the trail and answer a person who asks who saw their record (42 CFR 2.24, 2.25).',
  ADMINISTRATION: 'To keep users, agencies and programs in order.',
} as const;
export type Purpose = keyof typeof purposes;
