import { isClosed } from '../agencies';
import { sql, type Statement } from '../platform/database/statement';
import type { CandidateRow } from './candidate-row';
import type { Need } from './engine/need';
import type { Prefilter } from './engine/prefilter';

/** A candidate, or nothing beside the time of the read: the one row of a read that found nobody still tells the time. */
export type ReadRow = { readonly asOf: number } & (CandidateRow | { readonly poolId: null });

const words = (column: string): string => `array_to_string(m.${column}, ' ')`;

const facts = `
  m.pool_id as "poolId", m.program_id as "programId", m.agency_id as "agencyId", m.acceptance_mode as "acceptanceMode",
  m.level_of_care as "levelOfCare", ${words('services')} as "services",
  ${words('medications_offered')} as "medicationsOffered", ${words('medications_accepted')} as "medicationsAccepted",
  ${words('payers')} as "payers", ${words('substances')} as "substances", m.serves_only as "servesOnly",
  m.min_age as "minAge", m.max_age as "maxAge", ${words('sexes')} as "sexes",
  m.admits_pregnant as "admitsPregnant", ${words('languages')} as "languages",
  ${words('accepted_pathways')} as "acceptedPathways", m.intake_windows::text as "intakeWindows", m.time_zone as "timeZone",
  m.latitude as "latitude", m.longitude as "longitude", b.staffed as "staffed", b.occupied as "occupied", b.held as "held",
  extract(epoch from b.attested_at)::float8 * 1000 as "attestedAt", m.freshness_minutes as "freshnessMinutes",
  coalesce(a.offers_put, 0) as "offersPut", coalesce(a.offers_answered, 0) as "offersAnswered",
  a.median_answer_minutes as "medianAnswerMinutes"`;

const beside = `join bed_pool b on b.id = m.pool_id and b.is_active and not ${isClosed('m.agency_id')}
  left join program_answers a on a.program_id = m.program_id`;
const pools = `pool_match m ${beside}`;

/** `passesPrefilter` of the engine in SQL, on the parameters of `prefilterValues`: what the match row says … */
const suitsPerson = `m.level_of_care = any($1::text[])
  and ($2::int is null or ((m.min_age is null or m.min_age <= $2) and (m.max_age is null or m.max_age >= $2)))
  and ($3::text is null or $3 = any(m.sexes))
  and (not $4::boolean or m.admits_pregnant)
  and ($5::text is null or m.payers = '{}' or $5 = any(m.payers))
  and (m.accepted_pathways = '{}' or $6::text = any(m.accepted_pathways))
  and m.services @> $7::text[]
  and ($8::text[] = '{}' or (m.medications_offered || m.medications_accepted) @> $8)`;
/** … and what the pool’s counters say. Attestations have a minute to spare. */
const hasRoom = `b.staffed - b.occupied - b.held > 0
  and b.attested_at between t.at - make_interval(mins => $9::int + 1) and t.at + make_interval(mins => $9::int + 1)`;

/** Nearest first, on a plane: good enough to say whom a bound leaves out. */
const near = '(m.latitude - $10) ^ 2 + ((m.longitude - $11) * $12::float8) ^ 2, m.pool_id';

const read = (inner: string): Statement<ReadRow> =>
  sql(`with moment as materialized (select app.now() as at)
    select extract(epoch from t.at)::float8 * 1000 as "asOf", c.* from moment t left join lateral (${inner}) c on true`);

const inCells = 'm.cell = any($14::int[])';
const anywhere = 'm.cell is not null';

/**
 * `offset 0` keeps the two halves apart: the planner takes the times of attestation for far more telling than they are, and would
 * start from every pool of the country (measured: 80 ms instead of 6).
 */
const suited = (where: string): Statement<ReadRow> =>
  read(`select ${facts}, false as "isLastinglyDeclined"
    from (select * from pool_match m where ${where} and ${suitsPerson} offset 0) m ${beside}
    where ${hasRoom} order by ${near} limit $13`);

const everyPool = (where: string, person: string): Statement<ReadRow> =>
  read(`select ${facts}, d.person_id is not null as "isLastinglyDeclined" from ${pools}
    left join lasting_decline d on d.program_id = m.program_id and d.person_id = ${person}::uuid
    where ${where} order by ((${suitsPerson} and ${hasRoom}) is true) desc, ${near} limit $13`);

/** Pools the prefilter lets through. */
export const suitedInCells = suited(inCells);
export const suitedAnywhere = suited(anywhere);
/** Pools within reach whatever stands against them; those the prefilter lets through come first and are never left out for the others. */
export const everyPoolInCells = everyPool(inCells, '$15');
export const everyPoolAnywhere = everyPool(anywhere, '$14');

export const countInCells = sql<{ pools: number }>(
  'select count(*)::int as pools from pool_match m where m.cell = any($1::int[])',
);
export const countAnywhere = sql<{ pools: number }>(
  'select count(*)::int as pools from pool_match m where m.cell is not null',
);

/** Every pool of one program; $2 is the person. */
export const poolsOfProgram = read(`select ${facts}, d.person_id is not null as "isLastinglyDeclined" from ${pools}
  left join lasting_decline d on d.program_id = m.program_id and d.person_id = $2::uuid
  where m.program_id = $1`);

/** Pools by their ids, for nobody in particular. */
export const poolsByIds = read(
  `select ${facts}, false as "isLastinglyDeclined" from ${pools} where m.pool_id = any($1::uuid[])`,
);

/** $1 … $12. */
export const prefilterValues = (prefilter: Prefilter, { latitude, longitude }: Need): unknown[] => [
  prefilter.levelsOfCare,
  prefilter.age,
  prefilter.sex,
  prefilter.mustAdmitPregnant,
  prefilter.payer,
  prefilter.pathway,
  prefilter.services,
  prefilter.medications,
  prefilter.attestedWithinMinutes,
  latitude,
  longitude,
  Math.cos((latitude * Math.PI) / 180),
];
