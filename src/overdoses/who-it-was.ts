import type { PersonInput } from '../people';

/** Whether it tells who somebody is. Sex and age alone are facts of the overdose: many people share them. */
export const identifies = (person: PersonInput | null | undefined): person is PersonInput =>
  [person?.givenName, person?.familyName, person?.birthDate, person?.phone].some((fact) => (fact ?? '').trim() !== '');
