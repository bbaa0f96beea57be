import { ageOn } from '../kernel/clock';
import { invalid, type Refusal } from '../kernel/refusal';
import type { Identity } from './people.store';
import type { PersonInput } from './person.input';

/** As in `ageYears`. */
const OLDEST = 120;
const NOTHING_TOLD = { givenName: null, familyName: null, birthDate: null, sex: null, race: null, phone: null };

/** An input carries what was left out as undefined; a person has it as null. */
export const identityOf = (person: PersonInput | null | undefined, language: string): Identity => {
  const facts = Object.keys(NOTHING_TOLD) as (keyof typeof NOTHING_TOLD)[];
  const told = Object.fromEntries(facts.map((fact) => [fact, person?.[fact] ?? null]));
  return { ...NOTHING_TOLD, ...told, language };
};

const birthProblem = (birthDate: string, asOf: Date, path: string): Refusal<'INVALID_INPUT'> | null => {
  if (new Date(birthDate) > asOf) {
    return invalid(path, 'A birth date cannot be in the future.', 'Check the date, or send ageYears.');
  }
  const remedy = 'Leave it out where it is not known: a stand-in such as 1900-01-01 makes one person of many.';
  return ageOn(birthDate, asOf) > OLDEST ? invalid(path, `Nobody is older than ${OLDEST} years.`, remedy) : null;
};

/** What class rules cannot see of a person: the time, and facts that only make sense together. `path` is the argument’s name. */
export const identityProblem = (
  person: PersonInput | null | undefined,
  asOf: Date,
  path: string,
): Refusal<'INVALID_INPUT'> | null => {
  const birthDate = person?.birthDate ?? null;
  if (birthDate === null) return null;
  if ((person?.ageYears ?? null) !== null) {
    return invalid(`${path}.ageYears`, 'A birth date already says the age.', 'Send one of the two.');
  }
  return birthProblem(birthDate, asOf, `${path}.birthDate`);
};
