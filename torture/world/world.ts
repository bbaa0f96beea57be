import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { buildTeam, tokensOf, type Team } from '../../bench/speed/people';
import { refreshMatches } from '../../bench/speed/region';
import type { Role } from '../../src/access';
import type { AgencyKind } from '../../src/kernel/vocabulary';
import type { Dice } from '../dice';
import { openPartnerSystem, type Door, type Setting } from './partner-systems';

export interface WorldPool {
  readonly id: string;
  readonly programId: string;
}

/** Somebody who signs in. */
export interface WorldPerson {
  readonly name: string;
  readonly role: Role;
  readonly token: string;
  /** Of their own agency; empty for all but providers. */
  readonly pools: readonly WorldPool[];
  /** Of a partner system: where it pushes in place of asking. */
  readonly door?: Door;
}

export interface World {
  readonly people: readonly WorldPerson[];
  readonly programIds: readonly string[];
}

interface Part {
  readonly kind: AgencyKind;
  readonly role: Role;
  readonly count: number;
}

const TEAM: Part = { kind: 'OUTREACH_TEAM', role: 'COORDINATOR', count: 2 };
const POLICE: Part = { kind: 'LAW_ENFORCEMENT', role: 'OFFICER', count: 3 };
const PROVIDER: Part = { kind: 'TREATMENT_PROVIDER', role: 'PROVIDER_STAFF', count: 2 };
/** Two that take people at once, two that review; few places, so that people meet. */
const MODES = ['INSTANT', 'REVIEW', 'REVIEW', 'INSTANT'] as const;

const buildProgram = async (owner: Client, agencyId: string, mode: string, places: number): Promise<WorldPool> => {
  const [programId, poolId] = [randomUUID(), randomUUID()];
  await owner.query(
    `insert into program (id, agency_id, name, state, county_fips, latitude, longitude, time_zone, acceptance_mode, freshness_minutes,
       part2_program, medications_offered, medications_accepted, payers, languages, admits_pregnant)
     values ($1, $2, 'Program', 'OH', '39141', 39.33, -82.98, 'America/New_York', $3, 1440, true, '{BUPRENORPHINE,NALTREXONE}',
       '{METHADONE,BUPRENORPHINE,NALTREXONE}', '{MEDICAID,SELF_PAY,UNINSURED}', '{en}', true)`,
    [programId, agencyId, mode],
  );
  await owner.query(
    `insert into bed_pool (id, program_id, agency_id, name, level_of_care, staffed, occupied, attested_at, attested_source)
     values ($1, $2, $3, 'Beds', 'ASAM_3_7', $4, 0, clock_timestamp(), 'STAFF')`,
    [poolId, programId, agencyId, places],
  );
  await refreshMatches(owner, [programId]);
  return { id: poolId, programId };
};

const people = async (
  dataDir: string,
  team: Team,
  name: string,
  pools: readonly WorldPool[] = [],
): Promise<WorldPerson[]> => {
  const tokens = await tokensOf(dataDir, team);
  return tokens.map((token, n) => ({
    name: `${name}-${n + 1}`,
    role: team.members[n]?.role ?? 'OFFICER',
    token,
    pools,
  }));
};

/** A police department, its coordinating team and four providers with a handful of beds in one town. */
export const buildWorld = async (setting: Setting, dice: Dice): Promise<World> => {
  const { owner, dataDir } = setting;
  const build = ({ kind, role, count }: Part): Promise<Team> => buildTeam(owner, kind, role, count);
  const [team, police] = [await build(TEAM), await build(POLICE)];
  await owner.query('update agency set coordinating_agency_id = $1 where id = $2', [team.agencyId, police.agencyId]);
  const all = [...(await people(dataDir, team, 'coordinator')), ...(await people(dataDir, police, 'officer'))];
  const programIds: string[] = [];
  for (const [n, mode] of MODES.entries()) {
    const provider = await build(PROVIDER);
    const pool = await buildProgram(owner, provider.agencyId, mode, dice.between(2, 5));
    programIds.push(pool.programId);
    all.push(...(await people(dataDir, provider, `provider-${n + 1}`, [pool])));
    const door = await openPartnerSystem(setting, provider.agencyId);
    all.push({ name: `system-${n + 1}`, role: 'PROVIDER_STAFF', token: '', pools: [pool], door });
  }
  return { people: all, programIds };
};
