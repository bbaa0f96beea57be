import { counties, stateOfFips, timeZoneOf } from '../../src/agencies/counties';
import { levelOfCareCrosswalk } from '../../src/capacity/level-of-care-crosswalk';
import type { Candidate } from '../../src/matching/engine/candidate';
import type { DirectoryEntry, DirectoryPool } from '../../src/partners/facilities/directory-entry';
import { directoryEntries } from '../../src/partners/facilities/directory-entries';
import { Reject } from '../../src/partners/facilities/directory-row';
import type { DirectoryReferences } from '../../src/partners/facilities/to-directory-entry';
import { diceOf, type Dice } from './dice';

const map = counties();
const references: DirectoryReferences = {
  countyAt: (latitude, longitude) => map.countyAt(latitude, longitude),
  isCounty: (fips) => map.isCounty(fips),
  stateOfFips,
  timeZoneOf,
  levelsOfSettings: (codes) => levelOfCareCrosswalk().levelsOfSettings(codes),
};

/** A census up to twelve hours old with at least one place free: what is left to judge is the rules about the person. */
const census = (
  dice: Dice,
  asOf: Date,
): Pick<Candidate, 'staffed' | 'occupied' | 'held' | 'attestedAt' | 'freshnessMinutes'> => ({
  staffed: 10,
  occupied: dice.between(4, 9),
  held: 0,
  attestedAt: new Date(asOf.getTime() - dice.between(5, 720) * 60_000),
  freshnessMinutes: 1440,
});

const noHistory = { offersPut: 0, offersAnswered: 0, medianAnswerMinutes: null } as const;

const candidateOf = (
  { agency, program }: DirectoryEntry,
  pool: DirectoryPool,
  room: ReturnType<typeof census>,
): Candidate => ({
  ...room,
  ...noHistory,
  poolId: `${program.sourceKey}#${pool.levelOfCare}`,
  programId: program.sourceKey,
  agencyId: agency.sourceKey,
  acceptanceMode: program.acceptanceMode,
  levelOfCare: pool.levelOfCare,
  services: program.services,
  medicationsOffered: program.medicationsOffered,
  medicationsAccepted: program.medicationsAccepted,
  payers: program.payers,
  substances: program.substances,
  // The other closed groups have no pools.
  servesOnly: program.servesOnly === 'VETERANS' ? 'VETERANS' : null,
  minAge: pool.minAge,
  maxAge: pool.maxAge,
  sexes: pool.sexes,
  admitsPregnant: pool.admitsPregnant,
  languages: program.languages,
  acceptedPathways: [],
  intakeWindows: [],
  localWeekMinute: 0,
  latitude: program.place?.latitude ?? null,
  longitude: program.place?.longitude ?? null,
  isLastinglyDeclined: false,
});

/** Every pool of the directory, as the engine takes it. */
export const readPools = async (file: string, asOf: Date, seed: number): Promise<Candidate[]> => {
  const dice = diceOf(seed);
  const pools: Candidate[] = [];
  for await (const entry of directoryEntries(file, references)) {
    if (entry instanceof Reject) continue;
    for (const pool of entry.pools) pools.push(candidateOf(entry, pool, census(dice, asOf)));
  }
  return pools;
};
