import type { AgencyKind } from '../kernel/vocabulary';
import { sampleId } from './sample-id';

export interface SampleAgency {
  readonly id: string;
  readonly kind: AgencyKind;
  readonly name: string;
  readonly state: string;
  readonly phone: string;
  /** County FIPS codes. */
  readonly jurisdictions: readonly string[];
  /** The outreach team whose coordinator watches the referrals this agency sends. */
  readonly coordinatingAgencyId: string | null;
}

const ROSS = '39141';
const PIKE = '39131';
const SCIOTO = '39145';
const BERKELEY = '54003';

const OUTREACH = sampleId('AGENCY', 4);
const inOhio = { state: 'OH', coordinatingAgencyId: null } as const;
const inWestVirginia = { state: 'WV', coordinatingAgencyId: null } as const;

/**
 * The agencies of the sample region: southern Ohio along US 23, and Berkeley County in West Virginia. The counties are real,
 * the organisations are not: every name begins with “Sample”, every telephone number is one of those kept for fiction.
 */
export const sampleAgencies = {
  police: {
    ...inOhio,
    id: sampleId('AGENCY', 1),
    kind: 'LAW_ENFORCEMENT',
    name: 'Sample Police Department, Ross County',
    phone: '740-555-0101',
    jurisdictions: [ROSS],
    coordinatingAgencyId: OUTREACH,
  },
  ems: {
    ...inOhio,
    id: sampleId('AGENCY', 2),
    kind: 'EMS',
    name: 'Sample Emergency Medical Services, Ross County',
    phone: '740-555-0102',
    jurisdictions: [ROSS],
    coordinatingAgencyId: OUTREACH,
  },
  hospital: {
    ...inOhio,
    id: sampleId('AGENCY', 3),
    kind: 'HOSPITAL',
    name: 'Sample Hospital, Ross County',
    phone: '740-555-0103',
    jurisdictions: [ROSS, PIKE],
    coordinatingAgencyId: OUTREACH,
  },
  outreach: {
    ...inOhio,
    id: OUTREACH,
    kind: 'OUTREACH_TEAM',
    name: 'Sample Post-Overdose Response Team, Ross County',
    phone: '740-555-0104',
    jurisdictions: [ROSS, PIKE, SCIOTO],
  },
  detox: {
    ...inOhio,
    id: sampleId('AGENCY', 5),
    kind: 'TREATMENT_PROVIDER',
    name: 'Sample Withdrawal Management Center, Ross County',
    phone: '740-555-0105',
    jurisdictions: [ROSS],
  },
  otp: {
    ...inOhio,
    id: sampleId('AGENCY', 6),
    kind: 'TREATMENT_PROVIDER',
    name: 'Sample Opioid Treatment Program, Scioto County',
    phone: '740-555-0106',
    jurisdictions: [SCIOTO],
  },
  residential: {
    ...inOhio,
    id: sampleId('AGENCY', 7),
    kind: 'TREATMENT_PROVIDER',
    name: 'Sample Residential Treatment, Pike County',
    phone: '740-555-0107',
    jurisdictions: [PIKE],
  },
  women: {
    ...inOhio,
    id: sampleId('AGENCY', 8),
    kind: 'TREATMENT_PROVIDER',
    name: 'Sample Home for Women with Children, Scioto County',
    phone: '740-555-0108',
    jurisdictions: [SCIOTO],
  },
  outpatient: {
    ...inWestVirginia,
    id: sampleId('AGENCY', 9),
    kind: 'TREATMENT_PROVIDER',
    name: 'Sample Recovery Services, Berkeley County',
    phone: '304-555-0109',
    jurisdictions: [BERKELEY],
  },
  school: {
    ...inWestVirginia,
    id: sampleId('AGENCY', 10),
    kind: 'SCHOOL',
    name: 'Sample School District, Berkeley County',
    phone: '304-555-0110',
    jurisdictions: [BERKELEY],
  },
  childServices: {
    ...inOhio,
    id: sampleId('AGENCY', 11),
    kind: 'CHILD_SERVICES',
    name: 'Sample Children Services, Ross County',
    phone: '740-555-0111',
    jurisdictions: [ROSS],
  },
  publicHealth: {
    ...inOhio,
    id: sampleId('AGENCY', 12),
    kind: 'PUBLIC_HEALTH',
    name: 'Sample Health Department, Ross County',
    phone: '740-555-0112',
    jurisdictions: [ROSS, PIKE, SCIOTO],
  },
  operator: {
    ...inOhio,
    id: sampleId('AGENCY', 13),
    kind: 'PLATFORM',
    name: 'Sample Operator of this Installation',
    phone: '740-555-0113',
    jurisdictions: [],
  },
} as const satisfies Record<string, SampleAgency>;

export type SampleAgencyName = keyof typeof sampleAgencies;
