import type { Likeness } from './home-likeness';

type Name = string | null;
export interface Named {
  readonly givenName: Name;
  readonly familyName: Name;
}

/** How far two records of somebody at one home agree, in the words of whoever compared them. */
export interface Agreement {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly nameOrder: string;
  /** Jr., Sr. and the like; `MISSING` where neither tells one. */
  readonly nameSuffix: string;
  readonly isPhoneSame: boolean;
}

const STAND_INS = new Set([
  ...['unknown', 'unk', 'unidentified', 'unnamed', 'noname', 'nameunknown', 'none', 'na', 'refused', 'withheld'],
  ...['anonymous', 'desconocido', 'desconocida', 'patient', 'male', 'female', 'unknownmale', 'unknownfemale', 'x'],
]);
const FAMILIES = new Set(['doe', 'roe']);
const GIVEN = new Set(['', 'john', 'jane', 'jon', 'johnny', 'janie', 'baby', 'juan', 'juana', 'richard']);

const lettersOf = (name: Name): string => (name ?? '').toLowerCase().replace(/[^\p{L}]/gu, '');
/** What stands where a name was not known: “Unknown”, “XX”, “n/a”. */
const told = (name: Name): Name => {
  const letters = lettersOf(name).replace(/^x+$/, 'x');
  return letters === '' || STAND_INS.has(letters) ? null : name;
};
const isDoe = (family: Name, given: Name): boolean => FAMILIES.has(lettersOf(family)) && GIVEN.has(lettersOf(given));

/** What a record names somebody, without what only stands in for a name: of “John Doe” and “Unknown Unknown” nothing. */
export const namesTold = <Person extends Named>(person: Person): Person => {
  const [givenName, familyName] = [told(person.givenName), told(person.familyName)];
  const isNobody = isDoe(familyName, givenName) || isDoe(givenName, familyName);
  return { ...person, ...(isNobody ? { givenName: null, familyName: null } : { givenName, familyName }) };
};

const GIVEN_NAMES: Readonly<Record<string, Likeness>> = {
  EXACT: 'SAME',
  MISSING: 'SAME',
  INITIAL: 'SAME',
  DIFFERENT: 'OTHER',
};
const FAMILY_NAMES: Readonly<Record<string, Likeness>> = { EXACT: 'SAME', DIFFERENT: 'OTHER' };
const BIRTH_DATES: Readonly<Record<string, Likeness>> = { EXACT: 'SAME', MISSING: 'SAME', DIFFERENT: 'OTHER' };

/** Nobody is named on one side: the home speaks for them, unless what is told of them speaks against it. */
const ofUnnamed = (given: Likeness, birth: Likeness): Likeness => {
  if (given === 'OTHER' && birth === 'OTHER') return 'OTHER';
  return given === 'OTHER' || birth === 'OTHER' ? 'DOUBT' : 'SAME';
};

/** Of one home many have one phone: it speaks for one who differs in one thing, and not in two. */
const ofOtherName = (birth: Likeness, { birthDate, isPhoneSame }: Agreement): Likeness =>
  birth === 'SAME' && (birthDate === 'EXACT' || isPhoneSame) ? 'DOUBT' : 'OTHER';
const ofOtherBirth = ({ isPhoneSame }: Agreement): Likeness => (isPhoneSame ? 'DOUBT' : 'OTHER');

const ofNames = (agreement: Agreement): Likeness => {
  const isInOrder = agreement.nameOrder === 'IN_ORDER';
  const given = GIVEN_NAMES[agreement.givenName] ?? 'DOUBT';
  const birth = BIRTH_DATES[agreement.birthDate] ?? 'DOUBT';
  if (agreement.familyName === 'MISSING' && isInOrder) return ofUnnamed(given, birth);
  const names = [given, FAMILY_NAMES[agreement.familyName] ?? 'DOUBT'];
  if (names.includes('OTHER')) return ofOtherName(birth, agreement);
  if (birth === 'OTHER') return ofOtherBirth(agreement);
  const isSure = isInOrder && [...names, birth].every((one) => one === 'SAME');
  return isSure ? 'SAME' : 'DOUBT';
};

/** Father and son of one name have one home and often one phone: only the birth date makes them one. */
const ofSuffixes = (names: Likeness, { nameSuffix, birthDate }: Agreement): Likeness => {
  if (names === 'OTHER') return 'OTHER';
  if (nameSuffix === 'DIFFERENT') return birthDate === 'EXACT' ? 'DOUBT' : 'OTHER';
  return nameSuffix === 'ONE_SIDE' && birthDate !== 'EXACT' ? 'DOUBT' : names;
};

/** Whether somebody at a home is who opted out there: family members and others who live there are not. */
export const namesakeLikeness = (agreement: Agreement): Likeness => ofSuffixes(ofNames(agreement), agreement);
