import type { CountyMap } from '../../src/agencies/counties';
import type { Need } from '../../src/matching/engine/need';
import { diceOf, type Dice } from './dice';

export const states = ['OH', 'WV', 'KY', 'MA'] as const;
const NEEDS = 500;

/** An adult with Medicaid who uses opioids, took some yesterday, takes no medication and will go 80 km. */
const usual = (dice: Dice): Omit<Need, 'latitude' | 'longitude'> => ({
  pathway: dice.oneOf(['FIRST_RESPONDER_REFERRAL', 'NALOXONE_PLUS', 'ACTIVE_OUTREACH', 'HOSPITAL_REFERRAL']),
  age: dice.between(19, 64),
  sex: dice.oneOf(['FEMALE', 'MALE']),
  pregnant: false,
  injects: dice.oneOf([true, false, null]),
  substances: ['OPIOIDS'],
  lastUse: dice.oneOf(['WITHIN_24_HOURS', 'WITHIN_72_HOURS', 'WITHIN_30_DAYS']),
  currentMedications: [],
  wantedMedication: dice.oneOf([null, 'BUPRENORPHINE', 'METHADONE']),
  hasMedicalComplaint: false,
  hasPsychiatricConcern: false,
  childrenWithThem: 0,
  payer: dice.oneOf(['MEDICAID', 'MEDICAID', 'PRIVATE', null]),
  language: 'en',
  usesWheelchair: false,
  needsSignLanguage: false,
  isVeteran: dice.next() < 0.08,
  maxDistanceKm: 80,
  levelsOfCare: [],
  preferredProgramIds: [],
});

type Profile = (dice: Dice) => Partial<Need>;

const profiles = {
  'opioids, nothing special': () => ({}),
  'takes methadone': () => ({ currentMedications: ['METHADONE'], wantedMedication: null }),
  'takes buprenorphine': () => ({ currentMedications: ['BUPRENORPHINE'], wantedMedication: null }),
  'pregnant, opioids': (dice) => ({ pregnant: true, sex: 'FEMALE', age: dice.between(18, 42) }),
  'adolescent (13 to 17)': (dice) => ({ age: dice.between(13, 17), isVeteran: false, wantedMedication: null }),
  uninsured: () => ({ payer: 'UNINSURED' }),
  'speaks Spanish': () => ({ language: 'es' }),
  'alcohol in the last 24 h': () => ({ substances: ['ALCOHOL'], lastUse: 'WITHIN_24_HOURS', wantedMedication: null }),
  'thoughts of suicide': () => ({ hasPsychiatricConcern: true }),
  'two children come along': () => ({ childrenWithThem: 2, sex: 'FEMALE' }),
} as const satisfies Record<string, Profile>;

export interface GeneratedNeed {
  readonly profile: string;
  readonly state: string;
  readonly need: Need;
}

/** Profiles and states in turn, each need somewhere near the middle of a county drawn at random: rural counties count as much as cities. */
export const generateNeeds = (map: CountyMap, seed: number): GeneratedNeed[] => {
  const dice = diceOf(seed);
  const rows: readonly (readonly [string, Profile])[] = Object.entries(profiles);
  return Array.from({ length: NEEDS }, (_, index) => {
    const [profile, facts] = rows[index % rows.length] as readonly [string, Profile];
    const state = states[Math.floor(index / rows.length) % states.length] ?? 'OH';
    const { latitude, longitude } = dice.oneOf(map.countiesOfState(state)).centroid;
    return { profile, state, need: { ...usual(dice), latitude, longitude, ...facts(dice) } };
  });
};
