import type { AcceptanceMode } from '../capacity';
import type { LevelOfCare, Medication, Payer, Service, Sex } from '../kernel/vocabulary';
import type { SampleAgencyName } from './sample-agencies';
import { sampleId } from './sample-id';

export interface SamplePool {
  readonly id: string;
  readonly name: string;
  readonly levelOfCare: LevelOfCare;
  readonly sexes: readonly Sex[];
  /** The census on the first day. */
  readonly staffed: number;
  readonly occupied: number;
}

export interface SampleProgram {
  readonly id: string;
  readonly agency: SampleAgencyName;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly phone: string;
  readonly countyFips: string;
  /** Degrees, WGS 84: the middle of the town. */
  readonly latitude: number;
  readonly longitude: number;
  readonly acceptanceMode: AcceptanceMode;
  readonly services: readonly Service[];
  readonly medicationsOffered: readonly Medication[];
  readonly medicationsAccepted: readonly Medication[];
  readonly payers: readonly Payer[];
  readonly languages: readonly string[];
  readonly admitsPregnant: boolean;
  readonly pools: readonly SamplePool[];
}

const everySex: readonly Sex[] = ['FEMALE', 'MALE', 'OTHER'];
const publicPayers: readonly Payer[] = ['MEDICAID', 'MEDICARE', 'PRIVATE', 'STATE', 'SELF_PAY', 'UNINSURED'];
const everyMedication: readonly Medication[] = ['METHADONE', 'BUPRENORPHINE', 'NALTREXONE'];

const chillicothe = {
  city: 'Chillicothe',
  state: 'OH',
  postalCode: '45601',
  countyFips: '39141',
  latitude: 39.3331,
  longitude: -82.9824,
};
const waverly = {
  city: 'Waverly',
  state: 'OH',
  postalCode: '45690',
  countyFips: '39131',
  latitude: 39.1267,
  longitude: -82.9855,
};
const portsmouth = {
  city: 'Portsmouth',
  state: 'OH',
  postalCode: '45662',
  countyFips: '39145',
  latitude: 38.745,
  longitude: -82.99,
};
const martinsburg = {
  city: 'Martinsburg',
  state: 'WV',
  postalCode: '25401',
  countyFips: '54003',
  latitude: 39.4562,
  longitude: -77.9639,
};

/** One program of each sort a person may need after an overdose. All take people in around the clock and attest daily. */
export const samplePrograms = {
  detox: {
    ...chillicothe,
    id: sampleId('PROGRAM', 1),
    agency: 'detox',
    name: 'Sample withdrawal management',
    phone: '740-555-0121',
    acceptanceMode: 'INSTANT',
    services: [
      'WITHDRAWAL_MANAGEMENT_OPIOIDS',
      'WITHDRAWAL_MANAGEMENT_ALCOHOL',
      'WITHDRAWAL_MANAGEMENT_BENZODIAZEPINES',
      'CO_OCCURRING_MENTAL_HEALTH',
      'CASE_MANAGEMENT',
      'PEER_SUPPORT',
      'TRANSPORTATION',
      'WHEELCHAIR_ACCESS',
    ],
    medicationsOffered: ['BUPRENORPHINE', 'NALTREXONE'],
    medicationsAccepted: everyMedication,
    payers: publicPayers,
    languages: ['en', 'es'],
    admitsPregnant: true,
    pools: [
      {
        id: sampleId('POOL', 1),
        name: 'Detox beds',
        levelOfCare: 'ASAM_3_7',
        sexes: everySex,
        staffed: 20,
        occupied: 6,
      },
    ],
  },
  otp: {
    ...portsmouth,
    id: sampleId('PROGRAM', 2),
    agency: 'otp',
    name: 'Sample opioid treatment program',
    phone: '740-555-0122',
    acceptanceMode: 'REVIEW',
    services: ['CASE_MANAGEMENT', 'PEER_SUPPORT', 'PREGNANT_POSTPARTUM', 'WHEELCHAIR_ACCESS', 'INTERIM_SERVICES'],
    medicationsOffered: ['METHADONE', 'BUPRENORPHINE'],
    medicationsAccepted: everyMedication,
    payers: publicPayers,
    languages: ['en'],
    admitsPregnant: true,
    pools: [
      {
        id: sampleId('POOL', 2),
        name: 'Treatment places',
        levelOfCare: 'ASAM_1_7',
        sexes: everySex,
        staffed: 40,
        occupied: 28,
      },
    ],
  },
  residential: {
    ...waverly,
    id: sampleId('PROGRAM', 3),
    agency: 'residential',
    name: 'Sample residential treatment',
    phone: '740-555-0123',
    acceptanceMode: 'REVIEW',
    services: ['CASE_MANAGEMENT', 'PEER_SUPPORT', 'TRAUMA', 'JUSTICE_INVOLVED', 'CO_OCCURRING_MENTAL_HEALTH'],
    medicationsOffered: ['BUPRENORPHINE', 'NALTREXONE'],
    medicationsAccepted: everyMedication,
    payers: publicPayers,
    languages: ['en', 'es'],
    admitsPregnant: false,
    pools: [
      {
        id: sampleId('POOL', 3),
        name: 'Beds for men',
        levelOfCare: 'ASAM_3_5',
        sexes: ['MALE'],
        staffed: 16,
        occupied: 9,
      },
      {
        id: sampleId('POOL', 4),
        name: 'Beds for women',
        levelOfCare: 'ASAM_3_5',
        sexes: ['FEMALE'],
        staffed: 10,
        occupied: 5,
      },
    ],
  },
  women: {
    ...portsmouth,
    id: sampleId('PROGRAM', 4),
    agency: 'women',
    name: 'Sample home for women with children',
    phone: '740-555-0124',
    acceptanceMode: 'REVIEW',
    services: ['PREGNANT_POSTPARTUM', 'BEDS_FOR_CHILDREN', 'CHILD_CARE', 'TRAUMA', 'CASE_MANAGEMENT', 'PEER_SUPPORT'],
    medicationsOffered: ['BUPRENORPHINE'],
    medicationsAccepted: everyMedication,
    payers: publicPayers,
    languages: ['en'],
    admitsPregnant: true,
    pools: [
      {
        id: sampleId('POOL', 5),
        name: 'Apartments',
        levelOfCare: 'ASAM_3_5',
        sexes: ['FEMALE'],
        staffed: 8,
        occupied: 5,
      },
    ],
  },
  outpatient: {
    ...martinsburg,
    id: sampleId('PROGRAM', 5),
    agency: 'outpatient',
    name: 'Sample intensive outpatient treatment',
    phone: '304-555-0125',
    acceptanceMode: 'REVIEW',
    services: ['ADOLESCENTS', 'YOUNG_ADULTS', 'TRAUMA', 'CHILD_CARE', 'TELEHEALTH', 'PEER_SUPPORT'],
    medicationsOffered: ['BUPRENORPHINE', 'NALTREXONE'],
    medicationsAccepted: everyMedication,
    payers: publicPayers,
    languages: ['en', 'es'],
    admitsPregnant: true,
    pools: [
      {
        id: sampleId('POOL', 6),
        name: 'Day places',
        levelOfCare: 'ASAM_2_1',
        sexes: everySex,
        staffed: 20,
        occupied: 12,
      },
    ],
  },
} as const satisfies Record<string, SampleProgram>;

export type SampleProgramName = keyof typeof samplePrograms;
