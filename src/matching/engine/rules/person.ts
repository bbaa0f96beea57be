import type { ServesOnly } from '../candidate';
import { plain, listed } from '../facts';
import type { Need } from '../need';
import { rule } from './rule';

/** Whom the program serves. An unknown fact about the person removes nobody, except where a rule says so. */

const ageRange = (min: number | null, max: number | null): string => {
  if (min === null && max === null) return 'any age';
  if (max === null) return `ages from ${String(min)}`;
  return min === null ? `ages up to ${String(max)}` : `ages ${String(min)} to ${String(max)}`;
};

export const age = rule({
  name: 'AGE',
  description: 'The person’s age lies within the ages the pool takes, both ends included.',
  source: null,
  about: 'PERSON',
  isMet: (need, { minAge, maxAge }) =>
    need.age === null || ((minAge === null || need.age >= minAge) && (maxAge === null || need.age <= maxAge)),
  because: (need, { minAge, maxAge }) =>
    `Age ${need.age === null ? 'not known' : String(need.age)}; the pool takes ${ageRange(minAge, maxAge)}.`,
});

export const sex = rule({
  name: 'SEX',
  description:
    'The pool admits people of this sex. Someone whose sex is another or not given may go to every pool that admits both women and men.',
  source: null,
  about: 'PERSON',
  isMet: (need, { sexes }) =>
    need.sex === null ||
    sexes.includes(need.sex) ||
    (need.sex === 'OTHER' && sexes.includes('FEMALE') && sexes.includes('MALE')),
  because: (need, { sexes }) =>
    `Sex ${need.sex === null ? 'not known' : plain(need.sex)}; the pool admits ${listed(sexes)}.`,
});

export const pregnancy = rule({
  name: 'PREGNANCY',
  description: 'The pool admits pregnant people when the person is pregnant.',
  source: null,
  about: 'PERSON',
  isMet: (need, candidate) => need.pregnant !== true || candidate.admitsPregnant,
  because: (need, candidate) =>
    `${need.pregnant === true ? 'Pregnant' : 'Not known to be pregnant'}; the pool ${candidate.admitsPregnant ? 'admits' : 'does not admit'} pregnant people.`,
});

export const children = rule({
  name: 'CHILDREN',
  description: 'Where people stay overnight, there are beds for the children who come along.',
  source: null,
  about: 'PERSON',
  isMet: (need, candidate, { policy }) =>
    need.childrenWithThem === 0 ||
    !policy.overnightLevels.includes(candidate.levelOfCare) ||
    candidate.services.includes('BEDS_FOR_CHILDREN'),
  because: (need, candidate, { policy }) => {
    const setting = policy.overnightLevels.includes(candidate.levelOfCare) ? 'people stay overnight' : 'people go home';
    const beds = candidate.services.includes('BEDS_FOR_CHILDREN') ? 'has' : 'has no';
    return `Children who come along: ${String(need.childrenWithThem)}; here ${setting}, and the program ${beds} beds for children.`;
  },
});

const belongsTo: Readonly<Record<ServesOnly, (need: Need) => boolean>> = { VETERANS: ({ isVeteran }) => isVeteran };

export const servesOnly = rule({
  name: 'SERVES_ONLY',
  description:
    'A program that serves one group alone, as the centers of Veterans Affairs serve veterans, takes nobody else. Who is not known to be a veteran counts as none: such a program would turn them away.',
  source: '38 U.S.C. 1710; 38 CFR 17.36 (care of Veterans Affairs)',
  about: 'PERSON',
  isMet: (need, candidate) => candidate.servesOnly === null || belongsTo[candidate.servesOnly](need),
  because: (need, candidate) =>
    `${need.isVeteran ? 'A veteran' : 'Not known to be a veteran'}; the program serves ${candidate.servesOnly === null ? 'no one group alone' : `${plain(candidate.servesOnly)} only`}.`,
});

export const payer = rule({
  name: 'PAYER',
  description:
    'The program takes the person’s payer. Not asked is not a reason: a payer that is unknown removes no program, since an emergency department may not ask before the medical screening. Nor is a program removed whose payers are not known, as those of some in the public directory.',
  source: 'EMTALA: 42 U.S.C. 1395dd(h); 42 CFR 489.24(d)(4)',
  about: 'PERSON',
  isMet: (need, { payers }) => need.payer === null || payers.length === 0 || payers.includes(need.payer),
  because: (need, { payers }) =>
    `Payer ${need.payer === null ? 'not asked' : plain(need.payer)}; the program takes ${payers.length === 0 ? 'payers that are not known' : listed(payers)}.`,
});

const speaks = (language: string, languages: readonly string[], assumed: readonly string[]): boolean => {
  const wanted = language.toLowerCase();
  return assumed.includes(wanted) || languages.some((spoken) => spoken.toLowerCase() === wanted);
};

export const language = rule({
  name: 'LANGUAGE',
  description: 'The program treats in the person’s language.',
  source: null,
  about: 'PERSON',
  isMet: (need, { languages }, { policy }) => speaks(need.language, languages, policy.assumedLanguages),
  because: (need, { languages }, { policy }) =>
    `Language ${need.language}; spoken here: ${[...new Set([...policy.assumedLanguages, ...languages])].join(', ')}.`,
});

export const accessibility = rule({
  name: 'ACCESSIBILITY',
  description:
    'A person who uses a wheelchair gets in, and a person who needs sign language gets it. What a program has not listed it does not have.',
  source: null,
  about: 'PERSON',
  isMet: (need, { services }) =>
    (!need.usesWheelchair || services.includes('WHEELCHAIR_ACCESS')) &&
    (!need.needsSignLanguage || services.includes('SIGN_LANGUAGE')),
  because: (need, { services }) => {
    const needs = [
      ...(need.usesWheelchair ? ['wheelchair access'] : []),
      ...(need.needsSignLanguage ? ['sign language'] : []),
    ];
    const has = services.filter((service) => service === 'WHEELCHAIR_ACCESS' || service === 'SIGN_LANGUAGE');
    return `Needed for access: ${listed(needs)}; the program has: ${listed(has)}.`;
  },
});

export const referralSource = rule({
  name: 'REFERRAL_SOURCE',
  description: 'The program takes referrals that come by this pathway.',
  source: null,
  about: 'PERSON',
  isMet: (need, { acceptedPathways }) => acceptedPathways.length === 0 || acceptedPathways.includes(need.pathway),
  because: (need, { acceptedPathways }) =>
    `Referred by ${plain(need.pathway)}; the program takes ${acceptedPathways.length === 0 ? 'every source' : listed(acceptedPathways)}.`,
});

export const lastingDecline = rule({
  name: 'LASTING_DECLINE',
  description:
    'The program has not turned this person down for a lasting reason; a coordinator may ask for a second look.',
  source: null,
  about: 'PERSON',
  isMet: (_need, candidate) => !candidate.isLastinglyDeclined,
  because: (_need, candidate) =>
    candidate.isLastinglyDeclined
      ? 'The program turned this referral down for a lasting reason.'
      : 'The program has not turned this referral down for good.',
});
