import type { LevelOfCare, Medication, Substance } from '../../../kernel/vocabulary';
import type { Candidate } from '../candidate';
import { continues, levelName, listed } from '../facts';
import type { MedicationRow, ServiceRow } from '../policy';
import { rule } from './rule';

/** What the program can do for the person. */

const levelList = (levels: readonly LevelOfCare[]): string => levels.map(levelName).join(', ');

export const levelOfCare = rule({
  name: 'LEVEL_OF_CARE',
  description:
    'The pool is at a level of care assigned by a clinician or, where none was, at one the signals leave acceptable.',
  source: 'ASAM Criteria, 4th edition (levels); the screen itself is policy',
  about: 'PERSON',
  isMet: (_need, candidate, { screen }) => screen.levels.includes(candidate.levelOfCare),
  because: (_need, candidate, { screen }) =>
    `The pool is ${levelName(candidate.levelOfCare)}; acceptable: ${levelList(screen.levels)}. ${screen.reasons.map(({ reason }) => reason).join(' ')}`,
});

const isServed = (row: ServiceRow, candidate: Candidate): boolean =>
  !row.atLevels.includes(candidate.levelOfCare) || row.anyOf.some((service) => candidate.services.includes(service));

export const services = rule({
  name: 'SERVICES',
  description: 'The program has each service that the signals require at its level of care.',
  source: null,
  about: 'PERSON',
  isMet: (_need, candidate, { screen }) => screen.serviceRows.every((row) => isServed(row, candidate)),
  because: (_need, candidate, { screen }) => {
    const lacking = screen.serviceRows.filter((row) => !isServed(row, candidate));
    return lacking.length === 0
      ? `No required service is lacking at ${levelName(candidate.levelOfCare)}.`
      : lacking.map((row) => `${row.reason} Lacking: ${listed(row.anyOf)}.`).join(' ');
  },
});

/** What kills soonest comes first: opioids, then those whose withdrawal may kill, then the rest. */
const byDanger: readonly (readonly Substance[])[] = [['OPIOIDS'], ['ALCOHOL', 'BENZODIAZEPINES']];

/** Of the most dangerous group the person uses, one substance must be treated. */
const areTreated = (used: readonly Substance[], treated: readonly Substance[]): boolean => {
  const known: readonly Substance[] = used.filter((substance) => substance !== 'UNKNOWN');
  if (treated.length === 0 || known.length === 0) return true;
  const worst = byDanger.find((group) => group.some((substance) => known.includes(substance))) ?? known;
  return worst.some((substance) => known.includes(substance) && treated.includes(substance));
};

export const substancesTreated = rule({
  name: 'SUBSTANCES_TREATED',
  description:
    'A program that lists the substances it treats takes nobody whose known substances are none of them. Where opioids are among them the program must treat opioids, else where alcohol or benzodiazepines are, one of these; alcohol or sedatives beside opioids remove no opioid program, because medication for opioid use disorder is not to be withheld for them, and a dangerous withdrawal is looked after by LEVEL_OF_CARE and SERVICES. Substances that are not known remove no program.',
  source:
    'FDA Drug Safety Communication of 20 September 2017 (opioid addiction medications with benzodiazepines or other depressants)',
  about: 'PERSON',
  isMet: (need, { substances }) => areTreated(need.substances, substances),
  because: (need, { substances }) =>
    `Substances used: ${need.substances.length === 0 ? 'not known' : listed(need.substances)}; the program treats ${substances.length === 0 ? 'all' : listed(substances)}.`,
});

const offersAndAccepts = (candidate: Candidate): string =>
  `the program offers ${listed(candidate.medicationsOffered)}, accepts ${listed(candidate.medicationsAccepted)}`;

const isContinued = (candidate: Candidate, current: readonly Medication[]): boolean =>
  current.every((medication) => continues(candidate, medication));

export const medicationContinuity = rule({
  name: 'MEDICATION_CONTINUITY',
  description:
    'Nobody on methadone, buprenorphine or naltrexone goes to a program that neither offers nor accepts that medication: each one taken today is offered there or accepted from elsewhere.',
  source: null,
  about: 'PERSON',
  isMet: (need, candidate) => isContinued(candidate, need.currentMedications),
  because: (need, candidate) => `Taken today: ${listed(need.currentMedications)}; ${offersAndAccepts(candidate)}.`,
});

const isMedicated = (row: MedicationRow, candidate: Candidate): boolean =>
  row.anyOf.some((medication) => continues(candidate, medication));

export const medicationAccess = rule({
  name: 'MEDICATION_ACCESS',
  description:
    'Where the signals call for medication, as in pregnancy with opioid use, the program offers or accepts it.',
  source: 'ACOG Committee Opinion 711 (2017) for the shipped row; rows are policy',
  about: 'PERSON',
  isMet: (_need, candidate, { screen }) => screen.medicationRows.every((row) => isMedicated(row, candidate)),
  because: (_need, candidate, { screen }) =>
    screen.medicationRows.length === 0
      ? 'The signals call for no medication.'
      : `${screen.medicationRows.map((row) => `${row.reason} Any of: ${listed(row.anyOf)}`).join('; ')}; ${offersAndAccepts(candidate)}.`,
});
