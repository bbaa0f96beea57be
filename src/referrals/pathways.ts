import { keysOf, pathways, type AgencyKind, type Pathway } from '../kernel/vocabulary';

const DEFLECTION: readonly Pathway[] = [
  'SELF_REFERRAL',
  'ACTIVE_OUTREACH',
  'NALOXONE_PLUS',
  'FIRST_RESPONDER_REFERRAL',
  'OFFICER_INTERVENTION',
  'COMMUNITY_RESPONSE',
];

/** Which pathways an agency of a kind may refer on. A provider refers onward whoever came to it, on any of them. */
const pathwaysOfKind: Readonly<Partial<Record<AgencyKind, readonly Pathway[]>>> = {
  LAW_ENFORCEMENT: DEFLECTION,
  EMS: DEFLECTION.filter((pathway) => pathway !== 'OFFICER_INTERVENTION'),
  HOSPITAL: ['HOSPITAL_REFERRAL', 'NALOXONE_PLUS', 'SELF_REFERRAL'],
  OUTREACH_TEAM: DEFLECTION.filter((pathway) => pathway !== 'OFFICER_INTERVENTION'),
  SCHOOL: ['SCHOOL_REFERRAL'],
  TREATMENT_PROVIDER: keysOf(pathways),
};

export const pathwaysOf = (kind: AgencyKind): readonly Pathway[] => pathwaysOfKind[kind] ?? [];
