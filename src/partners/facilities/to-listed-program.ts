import type { ListedPool, ListedProgram } from '../../capacity';
import { levelsOfCare } from '../../kernel/vocabulary';
import type { DirectoryAgency, DirectoryEntry, DirectoryPool } from './directory-entry';

/** What the database takes for a name. */
const NAME_LIMIT = 200;

const named = (name: string): string => (name.length <= NAME_LIMIT ? name : `${name.slice(0, NAME_LIMIT - 1)}…`);

/** One pool per level of care, named after it: the name is what makes it the same pool on the next import. */
const toListedPool = ({ levelOfCare, sexes, minAge, maxAge }: DirectoryPool): ListedPool => ({
  name: levelsOfCare[levelOfCare],
  levelOfCare,
  sexes,
  minAge,
  maxAge,
});

export const toListedAgency = ({ agency }: DirectoryEntry): DirectoryAgency => ({
  ...agency,
  name: named(agency.name),
});

export const toListedProgram = ({ program, pools }: DirectoryEntry, agencyId: string): ListedProgram => ({
  sourceKey: program.sourceKey,
  agencyId,
  name: named(program.name),
  street: program.street,
  city: program.city,
  state: program.state,
  postalCode: program.zip,
  phone: program.phones[0] ?? null,
  countyFips: program.countyFips,
  latitude: program.place?.latitude ?? null,
  longitude: program.place?.longitude ?? null,
  timeZone: program.timeZone,
  acceptanceMode: program.acceptanceMode,
  // The longest that domain and database allow; the provider may promise more.
  freshnessMinutes: 1440,
  // Facilities of this directory hold themselves out as treating substance use (42 CFR 2.11). Until a human at the
  // provider says otherwise its records are treated as protected.
  part2Program: true,
  services: [...program.services],
  medicationsOffered: [...program.medicationsOffered],
  medicationsAccepted: [...program.medicationsAccepted],
  // Empty where the directory does not say; matching then turns no payer away.
  payers: [...program.payers],
  languages: [...program.languages],
  substances: [...program.substances],
  // The other closed groups have no pools that anybody could be sent to.
  servesOnly: program.servesOnly === 'VETERANS' ? 'VETERANS' : null,
  acceptedPathways: [],
  admitsPregnant: program.admitsPregnant,
  pools: pools.map(toListedPool),
});
