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

/** Left untreated, an overdose on one of these or the withdrawal from it may kill. No policy may say otherwise. */
const dangerous: readonly Substance[] = ['OPIOIDS', 'ALCOHOL', 'BENZODIAZEPINES'];

const areTreated = (used: readonly Substance[], treated: readonly Substance[]): boolean => {
  const known = used.filter((substance) => substance !== 'UNKNOWN');
  if (treated.length === 0 || known.length === 0) return true;
  const mayKill = known.filter((substance) => dangerous.includes(substance));
  return mayKill.length > 0
    ? mayKill.every((substance) => treated.includes(substance))
    : known.some((substance) => treated.includes(substance));
};

export const substancesTreated = rule({
  name: 'SUBSTANCES_TREATED',
  description:
    'A program that lists the substances it treats takes nobody whose known substances are none of them. Opioids, alcohol and benzodiazepines must each be on its list, because an overdose on one or the withdrawal from it may kill when it is left untreated; where only others are used, one that is treated suffices. Substances that are not known remove no program.',
  source: null,
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
