import { defaultRates } from './default-rates';
import type { LevelName } from './compare/levels';
import type { Conflict, LinkagePolicy } from './policy';

const conflicts: readonly Conflict[] = [
  {
    name: 'OTHER_PERSON',
    when: { givenName: ['DIFFERENT'], birthDate: ['WITHIN_A_YEAR', 'DIFFERENT'] },
    reason: 'Given name and birth date differ: perhaps two people of one household.',
  },
  {
    name: 'OTHER_NAME',
    when: { givenName: ['DIFFERENT'], familyName: ['DIFFERENT'] },
    reason: 'Neither name agrees.',
  },
  {
    name: 'OTHER_SEX',
    when: { givenName: ['INITIAL', 'DIFFERENT'], sex: ['DIFFERENT'] },
    reason: 'Given name and sex differ: perhaps siblings.',
  },
];

const suffixes: readonly Conflict[] = [
  {
    name: 'OTHER_SUFFIX',
    when: { nameSuffix: ['DIFFERENT'] },
    reason: 'One is Sr. and the other Jr., or the like: perhaps father and son.',
  },
  {
    name: 'SUFFIX_OF_ONE',
    when: { nameSuffix: ['ONE_SIDE'], birthDate: ['CLOSE', 'TWO_PARTS', 'WITHIN_A_YEAR', 'DIFFERENT', 'MISSING'] },
    reason:
      'One is Jr., Sr. or the like, the other does not say, and no birth date makes them one: perhaps father and son.',
  },
];

const twins = (givenName: readonly LevelName[]): Conflict => ({
  name: 'PERHAPS_TWINS',
  when: { givenName, familyName: ['EXACT', 'CLOSE'], birthDate: ['EXACT'] },
  reason: 'Same family name and birth date under another given name: perhaps twins.',
});

const namesakes = (birthDate: readonly LevelName[]): Conflict => ({
  name: 'PERHAPS_PARENT_AND_CHILD',
  when: { givenName: ['EXACT', 'CLOSE', 'NICKNAME'], birthDate },
  reason: 'Same name, another birth date: perhaps parent and child, or two people of one name.',
});

/** Twins are 3 in 100 births; parents and children of one full name are taken to be as many. */
const alikeAtHome = { givenName: 0.03, familyName: 0.8, birthDate: 0.03, sex: 0, phone: 0.5, email: 0.05 } as const;

/** The shipped figures. */
export const defaultLinkagePolicy: LinkagePolicy = {
  version: 'linkage-5',
  linkFrom: 0.98,
  reviewFrom: 0.2,
  withoutRelatives: {
    ...{ matchesFrom: 50, relativesUpTo: 0.01, linkFrom: 0.95, leastIdentifiers: 1 },
    chainConflicts: [twins(['DIFFERENT'])],
  },
  conflicts,
  suffixes,
  doubts: [twins(['ALIKE', 'INITIAL', 'DIFFERENT']), namesakes(['DIFFERENT'])],
  chainConflicts: [twins(['DIFFERENT']), namesakes(['DIFFERENT'])],
  isChainOfTwos: false,
  relatives: {
    // Of the pairs of a home one in six is father and son, and of those one in thirty bears one full name.
    alike: { ...alikeAtHome, givenName: 0.005 },
    perPerson: 0.001,
  },
  identifiers: {
    fields: ['givenName', 'familyName', 'birthDate', 'phone', 'email', 'street'],
    personal: ['givenName', 'birthDate', 'email'],
    levels: ['EXACT', 'CLOSE', 'NICKNAME'],
    exact: ['phone', 'email'],
    contrary: {
      givenName: ['DIFFERENT'],
      familyName: ['DIFFERENT'],
      birthDate: ['WITHIN_A_YEAR', 'DIFFERENT'],
      sex: ['DIFFERENT'],
    },
    forEachContrary: 2,
    least: 2,
  },
  bundles: [{ fields: ['houseNumber', 'street', 'city', 'state', 'postalCode'], mostBits: 20 }],
  chainFrom: 0.001,
  lookup: {
    ...{ knownShare: 0.5, relativesEach: 1, telling: 30, mostCandidates: 60 },
    ...{ leastPeople: 20_000, averagePeople: 1000 },
    // One at a time a human is asked sooner: a wrong link hides somebody.
    alike: alikeAtHome,
    leastIdentifiers: 3,
    // Names of twins are often a letter apart.
    doubts: [twins(['CLOSE', 'ALIKE', 'INITIAL', 'DIFFERENT']), namesakes(['TWO_PARTS', 'DIFFERENT'])],
    slips: [twins(['ALIKE', 'INITIAL', 'DIFFERENT']), namesakes(['TWO_PARTS', 'DIFFERENT'])],
  },
  likeness: { close: 0.92, alike: 0.82, oneEditFrom: 4, twoEditsFrom: 8, garbledFrom: 5 },
  blocking: {
    keys: [
      'BIRTH_DATE',
      'SOUND_OF_NAMES',
      'FAMILY_NAME_AND_BIRTH_YEAR',
      'GIVEN_NAME_AND_BIRTH_MONTH',
      'NAME_AND_DAY',
      'PHONE',
      'EMAIL_NAME',
      'EMAIL_DOMAIN',
      'POSTAL_CODE_AND_GIVEN_NAME',
      'POSTAL_CODE_AND_FAMILY_NAME',
      'HOUSE_AND_STREET',
      'HOUSE_AND_POSTAL_CODE',
      'STREET_AND_CITY',
      'CITY_AND_GIVEN_NAME',
      'POSTAL_CODE_AND_BIRTH_YEAR',
      'INITIALS_AND_BIRTH_YEAR',
      'CITY_AND_FAMILY_NAME',
    ],
    largestBlock: 400,
  },
  training: {
    rates: defaultRates,
    matchStrength: 20,
    nonMatchStrength: 200,
    rules: [
      ['birthDate'],
      ['givenName', 'familyName'],
      ['email'],
      ['givenName', 'phone'],
      ['givenName', 'postalCode'],
      ['givenName', 'street'],
    ],
    pairsPerRule: 100_000,
    randomPairs: 100_000,
    rounds: 3,
    steps: 25,
  },
};
