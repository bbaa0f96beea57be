import type { Actor, Role } from '../access';
import { counties } from '../agencies';
import { invalid, Refusal } from '../kernel/refusal';
import { keysOf, type Pathway, type Sex } from '../kernel/vocabulary';
import { missingFor, type MissingSignal, type PartialNeed } from './engine/intake';
import type { Need } from './engine/need';
import type { NeedInput } from './need.input';

/** What the need of a person takes from elsewhere: the referral’s pathway and the person’s own facts. */
export interface NeedAbout {
  readonly pathway: Pathway;
  /** Completed years; `ageOn` of the kernel makes them from a birth date. `null`: not known. */
  readonly age: number | null;
  readonly sex: Sex | null;
}

/**
 * Roles whose holder may assign a level of care. An officer never does; a medic’s training is emergency care, and the other
 * roles are not clinical. Whether the one who signs in is licensed to is the agency’s to see to.
 */
const CLINICIANS: readonly Role[] = ['HOSPITAL_STAFF', 'PROVIDER_STAFF'];

/** A place as clients send it: coordinates, or a county whose centroid stands for it. */
export interface PlaceInput {
  readonly latitude?: number | null | undefined;
  readonly longitude?: number | null | undefined;
  readonly countyFips?: string | null | undefined;
}

const isGiven = (degrees: number | null | undefined): degrees is number => typeof degrees === 'number';

/** Coordinates that do not go together, or a county that does not exist. `path` is the argument’s name. */
export const checkPlace = (
  { latitude, longitude, countyFips }: PlaceInput,
  path: string,
): Refusal<'INVALID_INPUT'> | null => {
  if (isGiven(latitude) !== isGiven(longitude)) {
    return invalid(`${path}.latitude`, 'Latitude and longitude go together.', 'Send both, or a county, or neither.');
  }
  if (countyFips && !counties().isCounty(countyFips)) {
    return invalid(
      `${path}.countyFips`,
      'No county has this FIPS code.',
      'Look the code up with the `counties` query.',
    );
  }
  return null;
};

/** What class rules cannot see: who is asking, and facts that only make sense together. `path` is the argument’s name. */
export const checkNeed = (
  actor: Actor,
  input: NeedInput,
  path = 'need',
): Refusal<'FORBIDDEN' | 'INVALID_INPUT'> | null => {
  if (input.levelsOfCare.length > 0 && !CLINICIANS.includes(actor.role)) {
    return new Refusal('FORBIDDEN', 'A level of care is assigned by a clinician.', {
      field: `${path}.levelsOfCare`,
      remedy: 'Leave it out: acceptable levels are derived from the signals.',
    });
  }
  return checkPlace(input, path);
};

/** Coordinates, or the county’s centroid, or nothing. */
export const placeOf = ({
  latitude,
  longitude,
  countyFips,
}: PlaceInput): Pick<PartialNeed, 'latitude' | 'longitude'> => {
  if (isGiven(latitude) && isGiven(longitude)) return { latitude, longitude };
  const county = countyFips ? counties().county(countyFips) : null;
  return county?.centroid ?? { latitude: null, longitude: null };
};

/** The facts of a need that the input tells as they are. */
type Told = Exclude<keyof Need, 'pathway' | 'age' | 'sex' | 'latitude' | 'longitude'>;

/** Named one by one: whatever else an input class carries, for example a name, must not slip into a stored need. */
const told: Readonly<Record<Told, true>> = {
  pregnant: true,
  injects: true,
  substances: true,
  lastUse: true,
  currentMedications: true,
  wantedMedication: true,
  hasMedicalComplaint: true,
  hasPsychiatricConcern: true,
  childrenWithThem: true,
  payer: true,
  language: true,
  usesWheelchair: true,
  needsSignLanguage: true,
  isVeteran: true,
  maxDistanceKm: true,
  levelsOfCare: true,
  preferredProgramIds: true,
};

const toldOf = (input: NeedInput): PartialNeed =>
  Object.fromEntries(keysOf(told).map((fact) => [fact, input[fact] ?? null]));

/** The need as far as it is known; facts not asked yet stay `null`. What a referral keeps until it is complete. */
export const partialNeedOf = (input: NeedInput, { pathway, age, sex }: NeedAbout): PartialNeed => ({
  ...toldOf(input),
  ...placeOf(input),
  pathway,
  age,
  sex,
});

const unknowns: Omit<Need, 'pathway' | 'latitude' | 'longitude'> = {
  age: null,
  sex: null,
  pregnant: null,
  injects: null,
  substances: [],
  lastUse: 'UNKNOWN',
  currentMedications: [],
  wantedMedication: null,
  hasMedicalComplaint: false,
  hasPsychiatricConcern: false,
  childrenWithThem: 0,
  payer: null,
  language: 'en',
  usesWheelchair: false,
  needsSignLanguage: false,
  isVeteran: false,
  maxDistanceKm: 80,
  levelsOfCare: [],
  preferredProgramIds: [],
};

const known = (partial: PartialNeed): Partial<Need> => {
  const facts: [string, unknown][] = Object.entries(partial);
  return Object.fromEntries(facts.filter(([, fact]) => fact !== null && fact !== undefined));
};

/** The need as the engine takes it, or what has to be asked first. What is not known takes the value that removes nobody. */
export const readNeed = (partial: PartialNeed & { readonly pathway: Pathway }): Need | readonly MissingSignal[] => {
  const missing = missingFor(partial);
  return missing.length > 0 ? missing : ({ ...unknowns, ...known(partial) } as Need);
};

export const isComplete = (read: Need | readonly MissingSignal[]): read is Need => !Array.isArray(read);

/** Input and facts about the person in one step: the need, or what has to be asked first. */
export const needOf = (input: NeedInput, about: NeedAbout): Need | readonly MissingSignal[] =>
  readNeed({ ...partialNeedOf(input, about), pathway: about.pathway });
