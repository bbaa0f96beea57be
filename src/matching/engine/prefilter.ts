import type { LevelOfCare, Medication, Pathway, Payer, Service, Sex } from '../../kernel/vocabulary';
import type { Candidate } from './candidate';
import { defaultPolicy } from './default-policy';
import { availableIn, censusAgeMinutes, continues } from './facts';
import { cellCountWithin, cellOf, cellsWithin } from './geodesy';
import { screenOf } from './level-of-care';
import type { Need } from './need';
import type { MatchPolicy } from './policy';

/**
 * What a query may narrow on before the engine judges. Each field is implied by a hard rule, so nothing the engine accepts is
 * dropped; `null` and an empty list of demands mean "do not narrow". The engine stays the judge: a field left out of a query
 * costs time, never correctness.
 */
export interface Prefilter {
  /** `level_of_care = any(…)`; never narrowed further. */
  readonly levelsOfCare: readonly LevelOfCare[];
  /** 0.25° cells of the circle the person will go, `cell = any(…)`; `null`: too wide to list. Pools without a place drop out. */
  readonly cells: readonly number[] | null;
  /** `(min_age is null or min_age <= age) and (max_age is null or max_age >= age)`. */
  readonly age: number | null;
  /** `sex = any(sexes)`. */
  readonly sex: Sex | null;
  readonly mustAdmitPregnant: boolean;
  /** `payer = any(payers)` or the list is empty. */
  readonly payer: Payer | null;
  /** `pathway = any(accepted_pathways)` or the list is empty. */
  readonly pathway: Pathway;
  /** `services @> …`. */
  readonly services: readonly Service[];
  /** Each one offered or accepted. */
  readonly medications: readonly Medication[];
  /** Attested at most so many minutes before (or after) the run; the program's own contract may be shorter. */
  readonly attestedWithinMinutes: number;
  /** `staffed - occupied - held > 0`, `not is_lastingly_declined`: always. */
  readonly mustHavePlace: true;
}

/** More cells than this and the list costs the query more than it saves. */
const MOST_CELLS = 4096;

const accessServices = (need: Need): Service[] => [
  ...(need.usesWheelchair ? (['WHEELCHAIR_ACCESS'] as const) : []),
  ...(need.needsSignLanguage ? (['SIGN_LANGUAGE'] as const) : []),
];

const cellsFor = ({ latitude, longitude, maxDistanceKm }: Need): number[] | null =>
  cellCountWithin(latitude, longitude, maxDistanceKm) > MOST_CELLS
    ? null
    : cellsWithin(latitude, longitude, maxDistanceKm);

export const prefilterOf = (need: Need, policy: MatchPolicy = defaultPolicy): Prefilter => ({
  levelsOfCare: screenOf(need, policy).levels,
  cells: cellsFor(need),
  age: need.age,
  // Another or unstated sex is served by pools for women and men too, which one equality cannot say.
  sex: need.sex === 'OTHER' ? null : need.sex,
  mustAdmitPregnant: need.pregnant === true,
  payer: need.payer,
  pathway: need.pathway,
  services: accessServices(need),
  medications: need.currentMedications,
  attestedWithinMinutes: policy.maxFreshnessMinutes,
  mustHavePlace: true,
});

const suitsAge = (age: number | null, { minAge, maxAge }: Candidate): boolean =>
  age === null || ((minAge === null || minAge <= age) && (maxAge === null || maxAge >= age));

const isWithinCells = (cells: readonly number[] | null, { latitude, longitude }: Candidate): boolean =>
  cells === null || (latitude !== null && longitude !== null && cells.includes(cellOf(latitude, longitude)));

const takesPayer = (payer: Payer | null, { payers }: Candidate): boolean =>
  payer === null || payers.length === 0 || payers.includes(payer);

const suitsPerson = (prefilter: Prefilter, candidate: Candidate): boolean =>
  suitsAge(prefilter.age, candidate) &&
  (prefilter.sex === null || candidate.sexes.includes(prefilter.sex)) &&
  (!prefilter.mustAdmitPregnant || candidate.admitsPregnant) &&
  takesPayer(prefilter.payer, candidate) &&
  (candidate.acceptedPathways.length === 0 || candidate.acceptedPathways.includes(prefilter.pathway));

const hasRoom = (prefilter: Prefilter, candidate: Candidate, asOf: Date): boolean => {
  const minutes = censusAgeMinutes(candidate, asOf.getTime());
  return minutes !== null && minutes <= prefilter.attestedWithinMinutes && availableIn(candidate) > 0;
};

/** The prefilter's meaning, field by field: what a query that uses every field must let through. */
export const passesPrefilter = (prefilter: Prefilter, candidate: Candidate, asOf: Date): boolean =>
  prefilter.levelsOfCare.includes(candidate.levelOfCare) &&
  isWithinCells(prefilter.cells, candidate) &&
  suitsPerson(prefilter, candidate) &&
  prefilter.services.every((service) => candidate.services.includes(service)) &&
  prefilter.medications.every((medication) => continues(candidate, medication)) &&
  !candidate.isLastinglyDeclined &&
  hasRoom(prefilter, candidate, asOf);
