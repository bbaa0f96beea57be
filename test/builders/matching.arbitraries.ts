import fc from 'fast-check';
import {
  keysOf,
  levelsOfCare,
  medications,
  pathways,
  payers,
  services,
  sexes,
  substances,
} from '../../src/kernel/vocabulary';
import type { Candidate, IntakeWindow } from '../../src/matching/engine/candidate';
import type { LastUse, Need } from '../../src/matching/engine/need';

/** The moment every generated run is made at. */
export const RUN_AT = new Date('2026-11-02T15:00:00.000Z');

const lastUses: readonly LastUse[] = ['WITHIN_24_HOURS', 'WITHIN_72_HOURS', 'WITHIN_30_DAYS', 'LONGER', 'UNKNOWN'];
const allLanguages = ['en', 'es', 'so', 'ne'] as const;

/** An adult in Chillicothe who uses opioids and has no special circumstances. */
export const buildNeed = (facts: Partial<Need> = {}): Need => ({
  pathway: 'FIRST_RESPONDER_REFERRAL',
  age: 34,
  sex: 'FEMALE',
  pregnant: false,
  injects: false,
  substances: ['OPIOIDS'],
  lastUse: 'WITHIN_24_HOURS',
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
  latitude: 39.3331,
  longitude: -82.9824,
  maxDistanceKm: 80,
  levelsOfCare: [],
  preferredProgramIds: [],
  ...facts,
});

/** A pool that takes anybody, has everything, is around the corner and has three places free. */
export const buildCandidate = (facts: Partial<Candidate> = {}): Candidate => ({
  poolId: 'pool-1',
  programId: 'program-1',
  agencyId: 'agency-1',
  acceptanceMode: 'REVIEW',
  levelOfCare: 'ASAM_3_7',
  services: keysOf(services),
  medicationsOffered: keysOf(medications),
  medicationsAccepted: keysOf(medications),
  payers: keysOf(payers),
  substances: [],
  servesOnly: null,
  minAge: null,
  maxAge: null,
  sexes: keysOf(sexes),
  admitsPregnant: true,
  languages: [...allLanguages],
  acceptedPathways: [],
  intakeWindows: [],
  localWeekMinute: 600,
  latitude: 39.35,
  longitude: -82.97,
  staffed: 10,
  occupied: 6,
  held: 1,
  attestedAt: new Date(RUN_AT.getTime() - 60 * 60_000),
  freshnessMinutes: 1440,
  offersPut: 20,
  offersAnswered: 15,
  medianAnswerMinutes: 25,
  isLastinglyDeclined: false,
  ...facts,
});

/** Mostly the first, sometimes the second: keeps enough pairs eligible for a property to say something. */
const mostly = <Usual, Seldom>(
  usual: fc.Arbitrary<Usual>,
  seldom: fc.Arbitrary<Seldom>,
): fc.Arbitrary<Usual | Seldom> => fc.oneof({ arbitrary: usual, weight: 4 }, { arbitrary: seldom, weight: 1 });

const someOf = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values]);
const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const allOrSome = <T>(values: readonly T[]): fc.Arbitrary<T[]> => mostly(fc.constant([...values]), someOf(values));
const perhaps = fc.boolean();
const seldomTrue = mostly(fc.constant(false), fc.constant(true));

/** Evenly spread, to a millionth: `fc.double` is even over bit patterns and would crowd around zero. */
export const evenly = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map((millionths) => millionths / 1e6);

/** Anywhere on Earth, poles and antimeridian among them. Degrees, WGS 84. */
export const anyLatitude = mostly(evenly(-90, 90), fc.constantFrom(-90, 90, 89.99, -89.99, 0));
export const anyLongitude = mostly(evenly(-180, 180), fc.constantFrom(-180, 180, 179.999, -179.999, 0));
const nearLatitude = evenly(38.8, 39.9);
const nearLongitude = evenly(-83.6, -82.3);

export const anyNeed: fc.Arbitrary<Need> = fc.record({
  pathway: oneOf(keysOf(pathways)),
  age: fc.option(fc.integer({ min: 12, max: 90 })),
  sex: fc.option(oneOf(keysOf(sexes))),
  pregnant: mostly(fc.constant<boolean | null>(false), fc.option(perhaps)),
  injects: fc.option(perhaps),
  substances: someOf(keysOf(substances)),
  lastUse: oneOf(lastUses),
  currentMedications: mostly(fc.constant([]), someOf(keysOf(medications))),
  wantedMedication: fc.option(oneOf(keysOf(medications))),
  hasMedicalComplaint: seldomTrue,
  hasPsychiatricConcern: seldomTrue,
  childrenWithThem: mostly(fc.constant(0), fc.integer({ min: 0, max: 4 })),
  payer: fc.option(oneOf(keysOf(payers))),
  language: mostly(fc.constant('en'), oneOf([...allLanguages, 'ES'])),
  usesWheelchair: seldomTrue,
  needsSignLanguage: seldomTrue,
  isVeteran: perhaps,
  latitude: mostly(nearLatitude, anyLatitude),
  longitude: mostly(nearLongitude, anyLongitude),
  maxDistanceKm: mostly(
    fc.integer({ min: 60, max: 250 }),
    fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(20_040)),
  ),
  levelsOfCare: mostly(fc.constant([]), someOf(keysOf(levelsOfCare))),
  preferredProgramIds: mostly(fc.constant([]), someOf(['program-0', 'program-1', 'program-2'])),
});

const anyWindow: fc.Arbitrary<IntakeWindow> = fc
  .record({
    weekday: fc.integer({ min: 1, max: 7 }),
    opens: fc.integer({ min: 0, max: 1439 }),
    length: fc.integer({ min: 1, max: 1440 }),
  })
  .map(({ weekday, opens, length }) => ({ weekday, opens, closes: opens + length }));

const anyRoom = fc
  .record({ staffed: fc.integer({ min: 0, max: 40 }), taken: fc.nat(100), held: fc.nat(100) })
  .map(({ staffed, taken, held }) => {
    const occupied = Math.floor((staffed * taken) / 101);
    return { staffed, occupied, held: Math.floor(((staffed - occupied) * held) / 101) };
  });

const anyAttestation = fc.option(
  fc.integer({ min: -60, max: 1800 }).map((minutes) => new Date(RUN_AT.getTime() - minutes * 60_000)),
  { freq: 10 },
);

const anyHistory = fc
  .record({ offersPut: fc.nat(200), share: fc.nat(100), median: fc.option(fc.integer({ min: 0, max: 2000 })) })
  .map(({ offersPut, share, median }) => {
    const offersAnswered = Math.floor((offersPut * share) / 100);
    return { offersPut, offersAnswered, medianAnswerMinutes: offersAnswered === 0 ? null : median };
  });

export const anyCandidate: fc.Arbitrary<Candidate> = fc
  .record({
    poolId: fc.nat(1_000_000).map((id) => `pool-${String(id)}`),
    programId: fc.nat(5).map((id) => `program-${String(id)}`),
    agencyId: fc.nat(3).map((id) => `agency-${String(id)}`),
    acceptanceMode: oneOf(['INSTANT', 'REVIEW'] as const),
    levelOfCare: oneOf(keysOf(levelsOfCare)),
    services: allOrSome(keysOf(services)),
    medicationsOffered: allOrSome(keysOf(medications)),
    medicationsAccepted: allOrSome(keysOf(medications)),
    payers: allOrSome(keysOf(payers)),
    substances: mostly(fc.constant([]), someOf(keysOf(substances))),
    servesOnly: mostly(fc.constant(null), fc.constant('VETERANS' as const)),
    minAge: mostly(fc.constant(null), fc.option(fc.integer({ min: 0, max: 65 }))),
    maxAge: mostly(fc.constant(null), fc.option(fc.integer({ min: 17, max: 99 }))),
    sexes: allOrSome(keysOf(sexes)),
    admitsPregnant: mostly(fc.constant(true), fc.constant(false)),
    languages: allOrSome(allLanguages),
    acceptedPathways: mostly(fc.constant([]), someOf(keysOf(pathways))),
    intakeWindows: mostly(fc.constant([]), fc.array(anyWindow, { maxLength: 4 })),
    localWeekMinute: fc.integer({ min: 0, max: 10_079 }),
    latitude: mostly(fc.option(nearLatitude, { freq: 20 }), anyLatitude),
    longitude: mostly(fc.option(nearLongitude, { freq: 20 }), anyLongitude),
    room: anyRoom,
    attestedAt: anyAttestation,
    freshnessMinutes: fc.integer({ min: 60, max: 2880 }),
    history: anyHistory,
    isLastinglyDeclined: mostly(fc.constant(false), fc.constant(true)),
  })
  .map(({ room, history, ...rest }) => ({ ...rest, ...room, ...history }));

/** Candidates with pool ids of their own, as they come from the store. */
export const anyCandidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(anyCandidate, {
  maxLength: 25,
  selector: ({ poolId }) => poolId,
});
