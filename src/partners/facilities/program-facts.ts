import {
  keysOf,
  substances,
  type Medication,
  type Payer,
  type Service,
  type Sex,
  type Substance,
} from '../../kernel/vocabulary';
import { languageCodes, payerCodes, serviceCodes } from './code-map';

type Codes = ReadonlySet<string>;

/** People a program serves to the exclusion of all others; `null`: no such limit. */
export type ServesOnly = 'VETERANS' | 'MILITARY' | 'DUI_CLIENTS' | null;

export interface AgeLimits {
  /** Completed years, both ends included; `null`: no limit known. */
  readonly minAge: number | null;
  readonly maxAge: number | null;
}

const hasAny = (codes: Codes, wanted: string): boolean => wanted.split(' ').some((code) => codes.has(code));

const mapped = <T>(codes: Codes, table: Readonly<Record<string, T>>): T[] => [
  ...new Set(
    Object.entries(table)
      .filter(([code]) => codes.has(code))
      .map(([, value]) => value),
  ),
];

const servicesOf = (codes: Codes): Service[] => {
  const services = new Set(mapped(codes, serviceCodes));
  if (codes.has('VAMC')) services.add('VETERANS');
  return [...services].sort();
};

const payersOf = (codes: Codes): Payer[] => mapped(codes, payerCodes).sort();

const languagesOf = (codes: Codes): string[] => ['en', ...mapped(codes, languageCodes).sort()];

/**
 * Medications for opioid use disorder that a person can stay on here. Methadone or buprenorphine given only to end
 * its use (DM; DB) is no continuity. NMOA and NOOP say that none is used for opioid use disorder: where MU, BU or NU
 * stand beside them the stricter code counts, since a wrong "yes" would cut someone off from a medication.
 */
const medicationsOfferedOf = (codes: Codes): Medication[] => {
  if (hasAny(codes, 'NMOA NOOP')) return [];
  const offered: Medication[] = [];
  if (codes.has('MU') && hasAny(codes, 'MM MMW')) offered.push('METHADONE');
  if (codes.has('BU') && (hasAny(codes, 'BUM BMW UB') || !codes.has('DB'))) offered.push('BUPRENORPHINE');
  if (codes.has('NU')) offered.push('NALTREXONE');
  return offered;
};

/** MOA: accepts clients whose medication for opioid use disorder is prescribed elsewhere, whichever it is. */
const medicationsAcceptedOf = (codes: Codes): Medication[] =>
  codes.has('MOA') ? ['METHADONE', 'BUPRENORPHINE', 'NALTREXONE'] : [];

/** Substances treated; empty: all. AUDO and OUDO name the only ones; NOOP and NAUT name one that is not treated. */
const substancesOf = (codes: Codes): Substance[] => {
  const only: Substance[] = [];
  if (codes.has('AUDO')) only.push('ALCOHOL');
  if (codes.has('OUDO')) only.push('OPIOIDS');
  if (only.length > 0) return only;
  const without = new Set<Substance>();
  if (codes.has('NAUT')) without.add('ALCOHOL');
  if (codes.has('NOOP')) without.add('OPIOIDS');
  return without.size === 0 ? [] : keysOf(substances).filter((substance) => !without.has(substance));
};

const servesOnlyOf = (codes: Codes): ServesOnly => {
  if (codes.has('DUO')) return 'DUI_CLIENTS';
  if (codes.has('DDF')) return 'MILITARY';
  return codes.has('VAMC') ? 'VETERANS' : null;
};

/** A program that names one sex admits that one only; the others admit everyone. */
const sexesOf = (codes: Codes): Sex[] => {
  if (codes.has('FEM') === codes.has('MALE')) return ['FEMALE', 'MALE', 'OTHER'];
  return codes.has('FEM') ? ['FEMALE'] : ['MALE'];
};

/**
 * A program for pregnant women, or an opioid treatment program, which must give pregnant patients priority
 * (42 CFR 8.12(f)(3)). For the others the directory does not say, and a "no" is the careful reading.
 */
const admitsPregnantOf = (codes: Codes): boolean => hasAny(codes, 'PW OTP') && sexesOf(codes).includes('FEMALE');

const adolescentName = /\b(adolescen(t|ts|ce)|youth|teens?|boys|girls|juvenile)\b/i;

/**
 * Ages served. The age codes of the 2022 file contradict its special programs: of 601 facilities that list seniors
 * alone nine in ten run a program for adolescents, SNR stands exactly where a program for seniors does (SE), and many
 * that list children alone run programs for adult women or veterans. So only two readings are taken, in which all
 * signs agree, and everything else has no known limit, for "no" keeps people out:
 * - adults or young adults, and neither children nor a program for adolescents: 18 and over;
 * - a program for adolescents, in a facility named after them and without a program for adults: 17 and under
 *   (25 with a program for young adults).
 */
const ageLimitsOf = (codes: Codes, name: string): AgeLimits => {
  const isNamedForAdolescents = adolescentName.test(name);
  if (codes.has('AD') && isNamedForAdolescents && !hasAny(codes, 'WN MN SE VET ADM PW OTP')) {
    return { minAge: null, maxAge: codes.has('TAY') ? 25 : 17 };
  }
  const isForAdults = hasAny(codes, 'ADLT YAD') && !hasAny(codes, 'CHLD AD') && !isNamedForAdolescents;
  return { minAge: isForAdults ? 18 : null, maxAge: null };
};

/** What the codes of one facility say about it, as far as matching asks. */
export interface ProgramFacts extends AgeLimits {
  readonly services: readonly Service[];
  readonly medicationsOffered: readonly Medication[];
  readonly medicationsAccepted: readonly Medication[];
  /** Empty: the directory does not say. */
  readonly payers: readonly Payer[];
  /** BCP-47 primary subtags. */
  readonly languages: readonly string[];
  /** Empty: all. */
  readonly substances: readonly Substance[];
  readonly servesOnly: ServesOnly;
  readonly sexes: readonly Sex[];
  readonly admitsPregnant: boolean;
}

export const programFactsOf = (codes: Codes, name: string): ProgramFacts => ({
  ...ageLimitsOf(codes, name),
  services: servicesOf(codes),
  medicationsOffered: medicationsOfferedOf(codes),
  medicationsAccepted: medicationsAcceptedOf(codes),
  payers: payersOf(codes),
  languages: languagesOf(codes),
  substances: substancesOf(codes),
  servesOnly: servesOnlyOf(codes),
  sexes: sexesOf(codes),
  admitsPregnant: admitsPregnantOf(codes),
});

/** Codes that contradict each other, so that a human may ask the program. */
export const contradictionsOf = (codes: Codes, { minAge, maxAge }: AgeLimits): ('AGES' | 'MEDICATIONS')[] => {
  const hasUnusedAges = minAge === null && maxAge === null && hasAny(codes, 'CHLD YAD ADLT SNR');
  const hasUnusedMedications = hasAny(codes, 'NMOA NOOP') && hasAny(codes, 'MU BU NU');
  return [...(hasUnusedAges ? ['AGES' as const] : []), ...(hasUnusedMedications ? ['MEDICATIONS' as const] : [])];
};
