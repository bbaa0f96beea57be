import type { Client } from 'pg';
import { PoolMatchStore } from '../../src/capacity/pool-match.store';
import { keysOf, levelsOfCare, medications, payers, services } from '../../src/kernel/vocabulary';
import type { Statement } from '../../src/platform/database/statement';
import type { Tx } from '../../src/platform/database/tx';

export const PROVIDERS = 20_000;
export const POOLS = 2 * PROVIDERS;

const quoted = (words: readonly string[]): string => `array[${words.map((word) => `'${word}'`).join(', ')}]`;

/** In [0, 1), the same for the same figures on every machine. */
const dice = `create function pg_temp.dice(i bigint, k bigint) returns float8 language sql immutable as
  $$ select (hashint8extended(i * 1000 + k, 20261102) & 2147483647) / 2147483648.0 $$`;

const some = (words: readonly string[], salt: number, share: number): string =>
  `array(select w from unnest(${quoted(words)}) with ordinality as t(w, n) where pg_temp.dice(i, ${salt} + n) < ${share})`;

const oneOf = (words: readonly string[], die: string): string =>
  `(${quoted(words)})[1 + floor(${die} * ${words.length})::int]`;

const numbered = `create temp table numbered as
  select i, uuidv7() as agency, uuidv7() as program, (${quoted(['OH', 'WV', 'KY', 'MA'])})[1 + i % 4] as state
  from generate_series(1, ${PROVIDERS}) i`;

const insertAgencies = `insert into agency (id, name, kind, state)
  select agency, 'Provider ' || i, 'TREATMENT_PROVIDER', state from numbered`;

/** Where the programs of a state lie: south, north, west, east. */
type Box = readonly [string, number, number, number, number];

/** All of them in four states: some 3,000 pools within 80 km of anybody. */
const fourStates: readonly Box[] = [
  ['OH', 38.4, 41.9, -84.8, -80.5],
  ['WV', 37.2, 40.6, -82.6, -77.7],
  ['KY', 36.5, 39.1, -89.5, -82.0],
  ['MA', 41.2, 42.9, -73.5, -69.9],
];
/** As many as the country’s directory lists, over the country: some 100 pools within 80 km. */
const country = fourStates.map(([name]): Box => [name, 25, 49, -124, -67]);

const insertPrograms = (
  boxes: readonly Box[],
): string => `insert into program (id, agency_id, name, phone, state, latitude, longitude, time_zone, acceptance_mode,
    freshness_minutes, part2_program, services, medications_offered, medications_accepted, payers, languages, admits_pregnant, intake_windows)
  select program, agency, 'Program ' || i, '740-555-0100', state,
    south + pg_temp.dice(i, 1) * (north - south), west + pg_temp.dice(i, 2) * (east - west), 'America/New_York',
    case when pg_temp.dice(i, 3) < 0.3 then 'INSTANT' else 'REVIEW' end, 1440, true,
    ${some(keysOf(services), 100, 0.4)}, ${some(keysOf(medications), 200, 0.5)}, ${some(keysOf(medications), 210, 0.7)},
    ${some(keysOf(payers), 220, 0.7)}, case when pg_temp.dice(i, 4) < 0.2 then '{en,es}'::text[] else '{en}' end,
    pg_temp.dice(i, 5) < 0.8,
    case when pg_temp.dice(i, 6) < 0.3
      then (select jsonb_agg(jsonb_build_object('weekday', d, 'opens', 0, 'closes', 1440)) from generate_series(1, 7) d) else '[]' end
  from numbered join (values ${boxes.map(([name, ...sides]) => `('${name}', ${sides.join(', ')})`).join(', ')})
    as box(name, south, north, west, east) on name = state`;

const insertPools = `insert into bed_pool (id, program_id, agency_id, name, level_of_care, sexes, min_age, staffed, occupied, attested_at, attested_source)
  select uuidv7(), program, agency, 'Pool ' || n, ${oneOf(keysOf(levelsOfCare), 'pg_temp.dice(i, 300 + n)')},
    case when pg_temp.dice(i, 310 + n) < 0.7 then '{FEMALE,MALE,OTHER}'::text[] when pg_temp.dice(i, 310 + n) < 0.85 then '{FEMALE}' else '{MALE}' end,
    case when pg_temp.dice(i, 320 + n) < 0.85 then 18 end, 20,
    least(20, floor(pg_temp.dice(i, 330 + n) * 30)::int), clock_timestamp() - pg_temp.dice(i, 340 + n) * interval '16 hours', 'STAFF'
  from numbered cross join generate_series(1, 2) n`;

const insertAnswers = `insert into program_answers (program_id, agency_id, offers_put, offers_answered, median_answer_minutes)
  select program, agency, 40, 10 + floor(pg_temp.dice(i, 7) * 30)::int, 5 + pg_temp.dice(i, 8) * 200 from numbered where i % 2 = 0`;

/** The product’s own copy into the match rows. */
export const refreshMatches = (client: Client, programIds: readonly string[]): Promise<void> => {
  const query = async ({ text }: Statement<unknown>, params: unknown[]) =>
    (await client.query<never>(text, params)).rows;
  return new PoolMatchStore().refresh({ query } as unknown as Tx, programIds);
};

/** Providers, programs and pools with fresh and stale censuses, full and free, made up and the same every time. */
export const seedRegion = async (client: Client, isCountryWide = false): Promise<void> => {
  const programs = insertPrograms(isCountryWide ? country : fourStates);
  for (const text of [dice, numbered, insertAgencies, programs, insertPools, insertAnswers]) {
    await client.query(text);
  }
  const { rows } = await client.query<{ program: string }>('select program from numbered');
  await refreshMatches(
    client,
    rows.map(({ program }) => program),
  );
};
