/** What can be counted. */
export const reportKinds = {
  OVERDOSES: 'Overdoses, and how many were fatal',
  NALOXONE: 'Overdoses with and without naloxone, by doses',
  NALOXONE_STOCK: 'Doses of naloxone that came in and went out, and how often it was given',
  EVENT_PATH:
    'Survived overdoses by how far the person came: contact, referral, offer, place, arrival, admission, day 30, day 90',
  REFERRAL_PATH: 'Referrals by how far they came: offered, accepted, arrived, admitted, day 30, day 90',
  OFFERS: 'Offers to programs: accepted, declined with the reason, kept and missed',
  NO_SHOWS: 'Referrals that got a place, by whether the person came',
  UNMET_NEED: 'Referrals for which no program was left, by the rule that removed the last',
  WAITLIST: 'People who waited for a place, and how the waiting ended',
  CAPACITY: 'Days of staffed places: occupied, held and open',
  CLOCKS: 'What was due, by kind of clock: kept and breached',
  SPIKES: 'Alerts of spikes, and how they ended',
} as const;
export type ReportKind = keyof typeof reportKinds;

/** Facts by which a year can be told apart. A report has some of them. */
export const reportGroups = {
  AGE: 'Age bands; UNKNOWN where the age is not known',
  SEX: 'Sex; UNKNOWN where it is not known',
  RACE: 'Race or ethnicity as the reporting agency saw or asked it; UNKNOWN where it is not known',
  PAYER: 'Payer; UNKNOWN where it was not asked, as before medical screening in an emergency department',
  SUBSTANCE: 'What was suspected: opioids, stimulants, both, other, unknown',
  DOSES: 'Doses of naloxone, all givers together',
  PRODUCT: 'Make of naloxone',
  PATHWAY: 'How the person came',
  PROGRAM: 'Program, with its agency; programs of one name and agency count together',
  LEVEL_OF_CARE: 'Level of care (ASAM, 4th edition)',
  RULE: 'First of the hard rules that removed the last candidates',
  TIER: 'Place in the order of the waitlist (45 CFR 96.131)',
  TIME_TO_CONTACT: 'From the overdose to the first contact of outreach, in bands; NOT_YET where there was none',
  TIME_TO_REFERRAL: 'From the overdose to the first referral, in bands; NOT_YET where there was none',
  TIME_TO_OFFER: 'From the referral to the first offer, in bands; NOT_YET where there was none',
  TIME_TO_ANSWER: 'From an offer to its end, in bands; NOT_YET where it waits',
  TIME_TO_ACCEPTANCE: 'From the referral to the first place kept, in bands; NOT_YET where there was none',
  TIME_TO_ARRIVAL: 'From the referral to the first arrival, in bands; NOT_YET where there was none',
  TIME_TO_ADMISSION:
    'From the referral, or the overdose, to the first admission, in bands; NOT_YET where there was none',
  TIME_WAITED: 'From the first request for a place to the end of waiting, or until now, in bands',
} as const;
export type ReportGroup = keyof typeof reportGroups;
