import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Role } from '../../src/access';
import type { AgencyKind } from '../../src/kernel/vocabulary';
import type { Need } from '../../src/matching/engine/need';
import { DEVELOPMENT_ISSUER, mintDevelopmentToken } from '../../src/platform/auth';
import { bestOf, type MatchIds } from './bare';
import { refreshMatches } from './region';

export interface Member {
  readonly accountId: string;
  readonly membershipId: string;
  readonly agencyId: string;
  readonly role: Role;
}

/** One agency with as many of its people as there are clients: nobody signs in twice at once. */
export interface Team {
  readonly agencyId: string;
  readonly members: readonly Member[];
}

const AUDIENCE = 'handrail';
const LIFE_SECONDS = 45 * 60;
const PLACES = 1_000_000;
/** Pools that the accepted offers are spread over: few enough to meet, too many to queue up. */
const TAKING_POOLS = 200;

export const buildTeam = async (client: Client, kind: AgencyKind, role: Role, people: number): Promise<Team> => {
  const agencyId = randomUUID();
  await client.query('insert into agency (id, name, kind, state) values ($1, $2, $3, $4)', [
    agencyId,
    `Agency ${agencyId.slice(0, 4)}`,
    kind,
    'OH',
  ]);
  // A run keeps more places than any agency may: the quota is looked up for each and stands in nobody’s way.
  await client.query('insert into hold_quota values ($1, 1000000, 100)', [agencyId]);
  const members = Array.from({ length: people }, () => ({
    accountId: randomUUID(),
    membershipId: randomUUID(),
    agencyId,
    role,
  }));
  for (const { accountId, membershipId } of members) {
    await client.query(
      `with made as (insert into account (id, kind, issuer, subject, display_name) values ($1::uuid, 'STAFF', $2, $1::text, 'User') returning id)
       insert into membership (id, account_id, agency_id, role) select $3, made.id, $4, $5 from made`,
      [accountId, DEVELOPMENT_ISSUER, membershipId, agencyId, role],
    );
  }
  return { agencyId, members };
};

export const tokensOf = (dataDir: string, { members }: Team): Promise<string[]> =>
  Promise.all(
    members.map(({ accountId, agencyId, role }) =>
      mintDevelopmentToken(dataDir, AUDIENCE, { subject: accountId, agencyId, role }, LIFE_SECONDS),
    ),
  );

/** Programs of one provider with room for every offer of the run. */
export const buildTakingPools = async (client: Client, { agencyId }: Team): Promise<void> => {
  const { rows } = await client.query<{ id: string }>(
    `insert into program (agency_id, name, state, latitude, longitude, time_zone, acceptance_mode, freshness_minutes, part2_program)
     select $1, 'Taking program ' || i, 'OH', 39.33, -82.98, 'America/New_York', 'REVIEW', 1440, true from generate_series(1, $2::int) i
     returning id`,
    [agencyId, TAKING_POOLS],
  );
  const programIds = rows.map(({ id }) => id);
  await client.query(
    `insert into bed_pool (program_id, agency_id, name, level_of_care, staffed, occupied, attested_at, attested_source)
     select id, $1, 'Pool', 'ASAM_3_7', $3, 0, clock_timestamp(), 'STAFF' from unnest($2::uuid[]) id`,
    [agencyId, programIds, PLACES],
  );
  await refreshMatches(client, programIds);
  // The match is measured on the region alone.
  await client.query('delete from pool_match where agency_id = $1', [agencyId]);
};

/** Nobody is placed at an agency where nobody takes people in. */
const STAFFED = `with who as (select agency_id, uuidv7() as account_id from program where id = any($1::uuid[]) group by agency_id),
  made as (insert into account (id, kind, issuer, subject, display_name)
    select account_id, 'STAFF', $2, account_id::text, 'User' from who returning id)
  insert into membership (id, account_id, agency_id, role)
  select uuidv7(), made.id, who.agency_id, 'PROVIDER_STAFF' from made join who on who.account_id = made.id`;

/** Needs that are placed at once: so many that not everybody queues for one pool. */
const PLACED_NEEDS = 24;

/**
 * The best program of each of some needs takes people at once and has room for every referral of the run. Answers these needs:
 * the first of the given ones that any program suits.
 */
export const openInstantPrograms = async (client: Client, needs: readonly Need[]): Promise<Need[]> => {
  const placed: (MatchIds & { need: Need })[] = [];
  for (const need of needs) {
    const best = await bestOf(client, need);
    if (best.poolIds.length > 0 && placed.length < PLACED_NEEDS) placed.push({ need, ...best });
  }
  const programIds = placed.flatMap((best) => best.programIds);
  await client.query(`update program set acceptance_mode = 'INSTANT' where id = any($1::uuid[])`, [programIds]);
  await client.query(STAFFED, [programIds, DEVELOPMENT_ISSUER]);
  await client.query(
    'update bed_pool set staffed = $2, occupied = 0, attested_at = clock_timestamp() where id = any($1::uuid[])',
    [placed.flatMap(({ poolIds }) => poolIds), PLACES],
  );
  await refreshMatches(client, [...new Set(programIds)]);
  return placed.map(({ need }) => need);
};

const newReferrals = `create temp table fresh on commit drop as
  select uuidv7() as person, uuidv7() as episode, uuidv7() as referral, uuidv7() as offer, b.id as pool, b.program_id as program
  from generate_series(1, $1::int) i
  join (select id, program_id, row_number() over (order by id) - 1 as n from bed_pool where agency_id = $2) b on b.n = i % ${TAKING_POOLS}`;

/** `{from}` is the sender, `{to}` the provider. */
const fill = [
  'insert into person (id) select person from fresh',
  `insert into person_party (agency_id, person_id, basis) select '{from}', person, 'INTAKE' from fresh`,
  `insert into episode (id, person_id, opened_by_agency_id, pathway) select episode, person, '{from}', 'NALOXONE_PLUS' from fresh`,
  `insert into referral (id, episode_id, person_id, pathway, state, sender_agency_id, submitted_by, need)
   select referral, episode, person, 'NALOXONE_PLUS', 'OFFERED', '{from}', '{from}', '{}' from fresh`,
  `insert into referral_party (agency_id, referral_id, side, submitted_at)
   select unnest(array['{from}', '{to}']::uuid[]), referral, unnest(array['SENDER', 'PROVIDER']), clock_timestamp() from fresh`,
  `insert into offer (id, referral_id, program_id, pool_id, agency_id, rank, acknowledge_by, decide_by)
   select offer, referral, program, pool, '{to}', 1, clock_timestamp() + interval '30 minutes', clock_timestamp() + interval '2 hours' from fresh`,
];

/** Referrals that wait for the provider’s answer; returns their offers. */
export const makeOffers = async (client: Client, from: Team, to: Team, count: number): Promise<string[]> => {
  await client.query('begin');
  await client.query(newReferrals, [count, to.agencyId]);
  for (const text of fill) {
    await client.query(text.replaceAll('{from}', from.agencyId).replaceAll('{to}', to.agencyId));
  }
  const { rows } = await client.query<{ offer: string }>('select offer from fresh order by random()');
  await client.query('commit');
  // Whoever planned its statements while the tables were nearly empty plans them anew: connections keep their plans.
  await client.query('vacuum analyze person, person_party, episode, referral, referral_party, offer, hold');
  return rows.map(({ offer }) => offer);
};
