import { buildCandidate, buildNeed, RUN_AT } from '../../../test/builders/matching.arbitraries';
import type { Candidate } from './candidate';
import { contextOf } from './context';
import { defaultPolicy } from './default-policy';
import type { Need } from './need';
import { ruleNames, rules, type RuleName } from './rules';

interface Example {
  readonly need?: Partial<Need>;
  readonly candidate?: Partial<Candidate>;
  /** Words the explanation must contain. */
  readonly says: string;
}

const minutesAgo = (minutes: number): Date => new Date(RUN_AT.getTime() - minutes * 60_000);
const tuesdayNight = [{ weekday: 2, opens: 20 * 60, closes: 28 * 60 }];

const examples: Record<RuleName, { readonly passes: readonly Example[]; readonly removes: readonly Example[] }> = {
  AGE: {
    passes: [
      { need: { age: 18 }, candidate: { minAge: 18, maxAge: 64 }, says: 'ages 18 to 64' },
      { need: { age: 64 }, candidate: { minAge: null, maxAge: 64 }, says: 'ages up to 64' },
      {
        need: { age: null },
        candidate: { minAge: 18, maxAge: null },
        says: 'Age not known; the pool takes ages from 18',
      },
      { need: { age: 12 }, candidate: { minAge: null, maxAge: null }, says: 'any age' },
    ],
    removes: [
      { need: { age: 17 }, candidate: { minAge: 18, maxAge: null }, says: 'Age 17' },
      { need: { age: 65 }, candidate: { minAge: 18, maxAge: 64 }, says: 'Age 65' },
    ],
  },
  SEX: {
    passes: [
      { need: { sex: 'FEMALE' }, candidate: { sexes: ['FEMALE'] }, says: 'Sex female; the pool admits female' },
      { need: { sex: null }, candidate: { sexes: ['MALE'] }, says: 'Sex not known' },
      { need: { sex: 'OTHER' }, candidate: { sexes: ['FEMALE', 'MALE'] }, says: 'female, male' },
      { need: { sex: 'OTHER' }, candidate: { sexes: ['OTHER'] }, says: 'other' },
    ],
    removes: [
      { need: { sex: 'FEMALE' }, candidate: { sexes: ['MALE'] }, says: 'the pool admits male' },
      { need: { sex: 'OTHER' }, candidate: { sexes: ['FEMALE'] }, says: 'the pool admits female' },
      { need: { sex: 'OTHER' }, candidate: { sexes: ['MALE'] }, says: 'the pool admits male' },
    ],
  },
  PREGNANCY: {
    passes: [
      { need: { pregnant: true }, candidate: { admitsPregnant: true }, says: 'the pool admits' },
      { need: { pregnant: null }, candidate: { admitsPregnant: false }, says: 'Not known to be pregnant' },
    ],
    removes: [{ need: { pregnant: true }, candidate: { admitsPregnant: false }, says: 'does not admit' }],
  },
  CHILDREN: {
    passes: [
      { need: { childrenWithThem: 2 }, candidate: { services: ['BEDS_FOR_CHILDREN'] }, says: 'has beds for children' },
      { need: { childrenWithThem: 2 }, candidate: { levelOfCare: 'ASAM_1_7', services: [] }, says: 'people go home' },
      { need: { childrenWithThem: 0 }, candidate: { services: [] }, says: 'come along: 0' },
    ],
    removes: [{ need: { childrenWithThem: 2 }, candidate: { services: [] }, says: 'come along: 2; here people stay' }],
  },
  SERVES_ONLY: {
    passes: [
      {
        need: { isVeteran: true },
        candidate: { servesOnly: 'VETERANS' },
        says: 'A veteran; the program serves veterans',
      },
      { need: { isVeteran: false }, candidate: { servesOnly: null }, says: 'no one group alone' },
    ],
    removes: [{ need: { isVeteran: false }, candidate: { servesOnly: 'VETERANS' }, says: 'serves veterans only' }],
  },
  PAYER: {
    passes: [
      { need: { payer: 'MEDICAID' }, candidate: { payers: ['MEDICAID'] }, says: 'Payer medicaid' },
      { need: { payer: null, pathway: 'HOSPITAL_REFERRAL' }, candidate: { payers: ['PRIVATE'] }, says: 'not asked' },
      { need: { payer: 'MEDICAID' }, candidate: { payers: [] }, says: 'takes payers that are not known' },
    ],
    removes: [{ need: { payer: 'UNINSURED' }, candidate: { payers: ['PRIVATE'] }, says: 'takes private' }],
  },
  LEVEL_OF_CARE: {
    passes: [{ need: { levelsOfCare: ['ASAM_3_7'] }, says: 'Assigned by a clinician' }],
    removes: [
      { candidate: { levelOfCare: 'ASAM_1_0' }, says: 'The pool is ASAM 1.0' },
      {
        need: { substances: ['ALCOHOL'] },
        candidate: { levelOfCare: 'ASAM_3_1' },
        says: 'withdrawal may be dangerous',
      },
    ],
  },
  SERVICES: {
    passes: [
      {
        need: { substances: ['ALCOHOL'] },
        candidate: { services: ['WITHDRAWAL_MANAGEMENT_ALCOHOL'] },
        says: 'No required',
      },
      {
        need: { substances: ['ALCOHOL'], levelsOfCare: ['ASAM_2_1'] },
        candidate: { levelOfCare: 'ASAM_2_1', services: [] },
        says: 'lacking at ASAM 2.1',
      },
    ],
    removes: [
      { need: { substances: ['ALCOHOL'] }, candidate: { services: [] }, says: 'withdrawal management alcohol' },
      { need: { hasPsychiatricConcern: true }, candidate: { services: [] }, says: 'co occurring mental health' },
    ],
  },
  SUBSTANCES_TREATED: {
    passes: [
      { need: { substances: ['OPIOIDS'] }, candidate: { substances: [] }, says: 'the program treats all' },
      { need: { substances: [] }, candidate: { substances: ['ALCOHOL'] }, says: 'Substances used: not known' },
      { need: { substances: ['UNKNOWN'] }, candidate: { substances: ['ALCOHOL'] }, says: 'unknown' },
      { need: { substances: ['ALCOHOL', 'COCAINE'] }, candidate: { substances: ['ALCOHOL'] }, says: 'treats alcohol' },
      { need: { substances: ['ALCOHOL', 'OPIOIDS'] }, candidate: { substances: ['OPIOIDS'] }, says: 'treats opioids' },
      {
        need: { substances: ['COCAINE', 'CANNABIS'] },
        candidate: { substances: ['ALCOHOL', 'CANNABIS'] },
        says: 'cocaine, cannabis; the program treats alcohol, cannabis',
      },
    ],
    removes: [
      { need: { substances: ['COCAINE'] }, candidate: { substances: ['ALCOHOL'] }, says: 'used: cocaine' },
      { need: { substances: ['OPIOIDS', 'ALCOHOL'] }, candidate: { substances: ['ALCOHOL'] }, says: 'treats alcohol' },
      {
        need: { substances: ['BENZODIAZEPINES', 'CANNABIS'] },
        candidate: { substances: ['CANNABIS'] },
        says: 'treats cannabis',
      },
      { need: { substances: ['ALCOHOL', 'UNKNOWN'] }, candidate: { substances: ['OPIOIDS'] }, says: 'treats opioids' },
    ],
  },
  LANGUAGE: {
    passes: [
      { need: { language: 'en' }, candidate: { languages: [] }, says: 'spoken here: en' },
      { need: { language: 'ES' }, candidate: { languages: ['es'] }, says: 'en, es' },
    ],
    removes: [{ need: { language: 'es' }, candidate: { languages: [] }, says: 'Language es' }],
  },
  ACCESSIBILITY: {
    passes: [
      { candidate: { services: [] }, says: 'Needed for access: none' },
      {
        need: { usesWheelchair: true, needsSignLanguage: true },
        candidate: { services: ['WHEELCHAIR_ACCESS', 'SIGN_LANGUAGE'] },
        says: 'wheelchair access, sign language',
      },
    ],
    removes: [
      { need: { usesWheelchair: true }, candidate: { services: ['SIGN_LANGUAGE'] }, says: 'has: sign language' },
      { need: { needsSignLanguage: true }, candidate: { services: [] }, says: 'has: none' },
    ],
  },
  DISTANCE: {
    passes: [{ need: { maxDistanceKm: 10 }, says: 'the person will go 10 km' }],
    removes: [
      { need: { maxDistanceKm: 1 }, says: '2.2 km away' },
      { candidate: { latitude: null }, says: 'place is not known' },
      { candidate: { longitude: null }, says: 'place is not known' },
    ],
  },
  OPEN_NOW: {
    passes: [
      { candidate: { intakeWindows: [] }, says: 'open now' },
      { candidate: { intakeWindows: tuesdayNight, localWeekMinute: 2880 + 239 }, says: 'open now' },
      {
        candidate: { intakeWindows: [{ weekday: 7, opens: 1200, closes: 1560 }], localWeekMinute: 60 },
        says: 'open now',
      },
    ],
    removes: [
      { candidate: { intakeWindows: tuesdayNight, localWeekMinute: 2880 + 240 }, says: 'opens in 9600 min' },
      { candidate: { intakeWindows: tuesdayNight, localWeekMinute: 2640 - 45 }, says: 'opens in 45 min' },
    ],
  },
  REFERRAL_SOURCE: {
    passes: [
      { candidate: { acceptedPathways: [] }, says: 'every source' },
      { candidate: { acceptedPathways: ['FIRST_RESPONDER_REFERRAL'] }, says: 'takes first responder referral' },
    ],
    removes: [{ candidate: { acceptedPathways: ['HOSPITAL_REFERRAL'] }, says: 'takes hospital referral' }],
  },
  MEDICATION_CONTINUITY: {
    passes: [
      {
        need: { currentMedications: ['METHADONE'] },
        candidate: { medicationsOffered: ['METHADONE'], medicationsAccepted: [] },
        says: 'Taken today: methadone',
      },
      {
        need: { currentMedications: ['BUPRENORPHINE'] },
        candidate: { medicationsOffered: [], medicationsAccepted: ['BUPRENORPHINE'] },
        says: 'accepts buprenorphine',
      },
    ],
    removes: [
      {
        need: { currentMedications: ['METHADONE'] },
        candidate: { medicationsOffered: ['BUPRENORPHINE'], medicationsAccepted: ['NALTREXONE'] },
        says: 'offers buprenorphine, accepts naltrexone',
      },
      {
        need: { currentMedications: ['BUPRENORPHINE'] },
        candidate: { medicationsOffered: [], medicationsAccepted: [] },
        says: 'offers none, accepts none',
      },
    ],
  },
  MEDICATION_ACCESS: {
    passes: [
      { candidate: { medicationsOffered: [], medicationsAccepted: [] }, says: 'call for no medication' },
      {
        need: { pregnant: true },
        candidate: { medicationsOffered: ['BUPRENORPHINE'], medicationsAccepted: [] },
        says: 'In pregnancy',
      },
    ],
    removes: [
      {
        need: { pregnant: true },
        candidate: { medicationsOffered: ['NALTREXONE'], medicationsAccepted: [] },
        says: 'Any of: methadone, buprenorphine',
      },
    ],
  },
  LASTING_DECLINE: {
    passes: [{ candidate: { isLastinglyDeclined: false }, says: 'has not turned' }],
    removes: [{ candidate: { isLastinglyDeclined: true }, says: 'for a lasting reason' }],
  },
  CENSUS_FRESH: {
    passes: [{ candidate: { attestedAt: minutesAgo(240), freshnessMinutes: 240 }, says: '240 min old' }],
    removes: [
      { candidate: { attestedAt: minutesAgo(241), freshnessMinutes: 240 }, says: 'allows 240 min' },
      { candidate: { attestedAt: null }, says: 'never attested' },
      { candidate: { attestedAt: minutesAgo(1500), freshnessMinutes: 9999 }, says: 'allows 1440 min' },
      { candidate: { attestedAt: minutesAgo(-5000) }, says: '5000 min old' },
    ],
  },
  OPEN_PLACE: {
    passes: [{ candidate: { staffed: 5, occupied: 3, held: 1 }, says: '1 free' }],
    removes: [{ candidate: { staffed: 5, occupied: 3, held: 2 }, says: '5 staffed, 0 free' }],
  },
};

const outcome = (name: RuleName, { need, candidate }: Example) => {
  const rule = rules.find((one) => one.name === name);
  const asked = buildNeed(need);
  return rule?.test(asked, buildCandidate(candidate), contextOf(asked, RUN_AT));
};

describe.each(ruleNames)('hard rule %s', (name) => {
  it.each(examples[name].passes)('lets through: $says', (example) => {
    expect(outcome(name, example)).toEqual({ met: true, because: expect.stringContaining(example.says) });
  });

  it.each(examples[name].removes)('removes: $says', (example) => {
    expect(outcome(name, example)).toEqual({ met: false, because: expect.stringContaining(example.says) });
  });
});

it('has one name, description and kind for each rule', () => {
  expect(new Set(ruleNames).size).toBe(rules.length);
  for (const rule of rules) expect(rule.name).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  expect(rules.filter(({ about }) => about === 'MOMENT').map(({ name }) => name)).toEqual([
    'OPEN_NOW',
    'CENSUS_FRESH',
    'OPEN_PLACE',
  ]);
});

it('counts intake that opens within the minutes the policy allows as open', () => {
  const need = buildNeed();
  const context = contextOf(need, RUN_AT, { ...defaultPolicy, opensWithinMinutes: 45 });
  const openNow = rules.find(({ name }) => name === 'OPEN_NOW');
  const opensIn = (minutes: number) =>
    buildCandidate({ intakeWindows: tuesdayNight, localWeekMinute: 1440 + 20 * 60 - minutes });
  expect(openNow?.isMet(need, opensIn(45), context)).toBe(true);
  expect(openNow?.isMet(need, opensIn(46), context)).toBe(false);
});
