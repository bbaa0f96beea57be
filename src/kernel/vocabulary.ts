/**
 * The field's closed lists, one name for one thing. Values are GraphQL enum names and database values alike.
 * Sources are given where a list comes from outside.
 */

/** ASAM Criteria, 4th edition: dimensional levels of care. */
export const levelsOfCare = {
  ASAM_1_0: 'Long-term remission monitoring',
  ASAM_1_5: 'Outpatient therapy',
  ASAM_1_7: 'Medically managed outpatient (includes opioid treatment programs)',
  ASAM_2_1: 'Intensive outpatient',
  ASAM_2_5: 'High-intensity outpatient (partial hospitalization)',
  ASAM_2_7: 'Medically managed intensive outpatient',
  ASAM_3_1: 'Clinically managed low-intensity residential',
  ASAM_3_5: 'Clinically managed high-intensity residential',
  ASAM_3_7: 'Medically managed residential',
  ASAM_4_0: 'Medically managed inpatient',
} as const;
export type LevelOfCare = keyof typeof levelsOfCare;

/** Medications for opioid use disorder. */
export const medications = {
  METHADONE: 'Methadone, dispensed by opioid treatment programs (42 CFR Part 8)',
  BUPRENORPHINE: 'Buprenorphine, with or without naloxone, any form',
  NALTREXONE: 'Naltrexone, oral or extended-release',
} as const;
export type Medication = keyof typeof medications;

/** How treatment is paid for. */
export const payers = {
  MEDICAID: 'Medicaid',
  MEDICARE: 'Medicare',
  PRIVATE: 'Private health insurance',
  MILITARY: 'Federal military insurance, for example TRICARE',
  TRIBAL: 'Indian Health Service, tribal or urban funds',
  STATE: 'State-financed plan other than Medicaid',
  SELF_PAY: 'Cash or self-payment',
  UNINSURED: 'No coverage: public funding, free care, payment assistance or sliding fee',
} as const;
export type Payer = keyof typeof payers;

export const substances = {
  OPIOIDS: 'Heroin, fentanyl, prescription opioids',
  ALCOHOL: 'Alcohol',
  BENZODIAZEPINES: 'Benzodiazepines and other sedatives',
  COCAINE: 'Cocaine, crack',
  METHAMPHETAMINE: 'Methamphetamine and other stimulants',
  CANNABIS: 'Cannabis',
  OTHER: 'Another substance',
  UNKNOWN: 'Not known',
} as const;
export type Substance = keyof typeof substances;

export const sexes = { FEMALE: 'Female', MALE: 'Male', OTHER: 'Another or not given' } as const;
export type Sex = keyof typeof sexes;

/** Race and ethnicity in one question, as federal statistics ask it (OMB Statistical Policy Directive 15, 2024) *(check)*. */
export const races = {
  AMERICAN_INDIAN_OR_ALASKA_NATIVE: 'American Indian or Alaska Native',
  ASIAN: 'Asian',
  BLACK: 'Black or African American',
  HISPANIC: 'Hispanic or Latino',
  MIDDLE_EASTERN_OR_NORTH_AFRICAN: 'Middle Eastern or North African',
  PACIFIC_ISLANDER: 'Native Hawaiian or Pacific Islander',
  WHITE: 'White',
  SEVERAL: 'More than one of these',
} as const;
export type Race = keyof typeof races;

/** Services and special programs that matching looks at. */
export const services = {
  WITHDRAWAL_MANAGEMENT_OPIOIDS: 'Medically managed withdrawal from opioids',
  WITHDRAWAL_MANAGEMENT_ALCOHOL: 'Medically managed withdrawal from alcohol',
  WITHDRAWAL_MANAGEMENT_BENZODIAZEPINES: 'Medically managed withdrawal from benzodiazepines',
  CO_OCCURRING_MENTAL_HEALTH: 'Treatment of co-occurring serious mental illness',
  PREGNANT_POSTPARTUM: 'Program for pregnant and postpartum women',
  BEDS_FOR_CHILDREN: 'Residential beds for the clients’ children',
  CHILD_CARE: 'Child care for the clients’ children',
  ADOLESCENTS: 'Program for adolescents',
  YOUNG_ADULTS: 'Program for young adults',
  SENIORS: 'Program for seniors',
  VETERANS: 'Program for veterans',
  TRAUMA: 'Program for people who have experienced trauma',
  LGBTQ: 'Program for LGBTQ clients',
  HIV: 'Program for people with HIV',
  JUSTICE_INVOLVED: 'Program for criminal-justice clients',
  CASE_MANAGEMENT: 'Case management',
  TRANSPORTATION: 'Transportation assistance',
  PEER_SUPPORT: 'Mentoring and peer support',
  INTERIM_SERVICES: 'Interim services for people waiting',
  NALOXONE: 'Naloxone and overdose education',
  TELEHEALTH: 'Telehealth',
  SIGN_LANGUAGE: 'Sign language services',
  WHEELCHAIR_ACCESS: 'Accessible by wheelchair',
} as const;
export type Service = keyof typeof services;

/** Where a referral comes from: the six deflection pathways, and hospital and school. */
export const pathways = {
  SELF_REFERRAL: 'The person asks for help, for example by handing over drugs',
  ACTIVE_OUTREACH: 'Responders seek the person out',
  NALOXONE_PLUS: 'After an overdose reversal',
  FIRST_RESPONDER_REFERRAL: 'A first responder refers, no charge pending',
  OFFICER_INTERVENTION: 'An officer refers in place of or beside a charge',
  COMMUNITY_RESPONSE: 'A community team responds to a crisis',
  HOSPITAL_REFERRAL: 'Hospital staff refer or flag an at-risk patient',
  SCHOOL_REFERRAL: 'A school links a family',
} as const;
export type Pathway = keyof typeof pathways;

/** Signs that need an ambulance, not a referral. */
export const redFlags = {
  CHEST_PAIN: 'Chest pain',
  CANNOT_BE_WOKEN: 'Cannot be woken',
  OVERDOSE_NOW: 'Overdosing now',
  SEIZURE: 'Seizure now or in the last hours',
  TROUBLE_BREATHING: 'Trouble breathing',
  SEVERE_BLEEDING: 'Severe bleeding or injury',
  SUICIDE_ATTEMPT: 'Suicide attempt under way',
  SEVERE_CONFUSION: 'Severe confusion, delirium or hallucinations in withdrawal',
  LABOR: 'Pregnant and in labour or bleeding',
} as const;
export type RedFlag = keyof typeof redFlags;

export const agencyKinds = {
  LAW_ENFORCEMENT: 'Police department or sheriff’s office',
  EMS: 'Emergency medical services',
  HOSPITAL: 'Hospital',
  TREATMENT_PROVIDER: 'Detox, opioid treatment program, residential or outpatient provider',
  OUTREACH_TEAM: 'Post-overdose response or outreach team',
  SCHOOL: 'School or school district',
  CHILD_SERVICES: 'Child-protective services',
  PUBLIC_HEALTH: 'Public-health department',
  PLATFORM: 'The operator of this installation',
} as const;
export type AgencyKind = keyof typeof agencyKinds;

export const keysOf = <T extends object>(table: T): (keyof T & string)[] => Object.keys(table) as (keyof T & string)[];
