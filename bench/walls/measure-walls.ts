import { Client } from 'pg';
import type { Need } from '../../src/matching/engine/need';
import type { Options } from '../options';
import { compete } from '../speed/compete';
import { CLIENTS, HandrailApi } from '../speed/contestants';
import { HttpClient } from '../speed/http-client';
import { referredNeeds } from '../speed/jobs';
import { buildTeam, openInstantPrograms, tokensOf } from '../speed/people';
import { seedRegion } from '../speed/region';
import { report } from '../speed/report';
import { apiEnvironment, freePort, openStage, untilReady, type Stage } from '../speed/stage';
import { ROWS, walls, WITHOUT } from './walls';

/** The same region without row-level security: its name. */
const OPEN_COPY = 'without_row_level_security';

const unguard = `do $$ declare t record; begin
  for t in select oid::regclass as name from pg_class where relrowsecurity loop
    execute format('alter table %s disable row level security', t.name);
  end loop;
end $$`;

const named = (url: string, database: string): string => {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
};

const using = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const copyWithoutRows = async ({ ownerUrl }: Stage['database']): Promise<void> => {
  const name = new URL(ownerUrl).pathname.slice(1);
  await using(named(ownerUrl, 'postgres'), (client) => client.query(`create database ${OPEN_COPY} template ${name}`));
  await using(named(ownerUrl, OPEN_COPY), async (client) => {
    await client.query(unguard);
    await client.query('vacuum analyze');
  });
};

/** Nothing is taken down. */
const NONE = 'all walls';

interface Cast {
  readonly tokens: readonly string[];
  readonly placedNeeds: readonly Need[];
}

const start = async (stage: Stage, wall: string, { tokens, placedNeeds }: Cast): Promise<HandrailApi> => {
  const port = await freePort();
  const { appUrl, commandUrl, ownerUrl } = stage.database;
  const open = {
    DATABASE_URL: named(appUrl, OPEN_COPY),
    COMMAND_DATABASE_URL: named(commandUrl, OPEN_COPY),
    MIGRATION_DATABASE_URL: named(ownerUrl, OPEN_COPY),
  };
  stage.start('api-server', {
    ...apiEnvironment(stage, port),
    ...(wall === ROWS ? open : {}),
    [WITHOUT]: wall,
  });
  await untilReady(port);
  return new HandrailApi(new HttpClient(port), tokens, [], placedNeeds, wall === NONE ? NONE : `without ${wall}`);
};

const seed = async (stage: Stage, isCountryWide: boolean): Promise<Cast> => {
  const cast = await using(stage.database.ownerUrl, async (owner) => {
    await seedRegion(owner, isCountryWide);
    const placedNeeds = await openInstantPrograms(owner, referredNeeds);
    const officers = await buildTeam(owner, 'LAW_ENFORCEMENT', 'OFFICER', CLIENTS);
    await owner.query('vacuum analyze');
    return { placedNeeds, tokens: await tokensOf(stage.dataDir, officers) };
  });
  await copyWithoutRows(stage.database);
  return cast;
};

/** What each wall costs: the whole application beside itself with one wall taken down, in turns on the same machine. */
export const measureWalls = async (options: Options): Promise<string> => {
  const stage = await openStage(options.isThrowaway);
  try {
    const cast = await seed(stage, options.isCountryWide);
    const contestants = [await start(stage, NONE, cast)];
    for (const wall of [ROWS, ...Object.keys(walls)]) contestants.push(await start(stage, wall, cast));
    const tables: string[] = [];
    for (const [job, title] of [
      ['match', 'Match, and without one wall at a time'],
      ['place', 'Instant hold, and without one wall at a time'],
    ] as const) {
      const series = await compete(contestants, options, (contestant, seconds) => contestant[job](seconds));
      tables.push(report(title, series, options.seconds, null));
    }
    return tables.join('\n');
  } finally {
    await stage.close();
  }
};
