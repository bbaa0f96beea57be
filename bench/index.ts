import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import type { BareSetup } from './speed/bare-server';
import { BareServer, CLIENTS, findIds, Floor, HandrailApi, type Contestant } from './speed/contestants';
import type { FloorSetup } from './speed/floor';
import { HttpClient } from './speed/http-client';
import { needs } from './speed/jobs';
import { buildTakingPools, buildTeam, makeOffers, tokensOf, type Team } from './speed/people';
import { recordAccept } from './speed/recorded-accept';
import { POOLS, PROVIDERS, seedRegion } from './speed/region';
import { roundTripsOf } from './speed/replay';
import { report, type Series } from './speed/report';
import { ask, freePort, openStage, untilReady, type Stage } from './speed/stage';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    country: { type: 'boolean', default: false },
    throwaway: { type: 'boolean', default: false },
  },
});
const ROUNDS = Number(options.rounds);
const SECONDS = Number(options.seconds);
const WARM_UP_SECONDS = 3;
const OFFERS_PER_SECOND = 1500;
const BARE = 'fastify + pg';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Cast {
  readonly officers: Team;
  readonly staff: Team;
}

const seed = async (owner: Client): Promise<Cast> => {
  await seedRegion(owner, options.country);
  const officers = await buildTeam(owner, 'LAW_ENFORCEMENT', 'OFFICER', CLIENTS);
  const staff = await buildTeam(owner, 'TREATMENT_PROVIDER', 'PROVIDER_STAFF', CLIENTS);
  await buildTakingPools(owner, staff);
  await owner.query('vacuum analyze');
  return { officers, staff };
};

/** Everyone who takes part, on one database, warm. */
const assemble = async (stage: Stage, owner: Client, { officers, staff }: Cast): Promise<Contestant[]> => {
  const { database, dataDir } = stage;
  const port = await freePort();
  const environment = {
    ...{ NODE_ENV: 'production', PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn', INTROSPECTION: 'off' },
    ...{ HANDRAIL_DATA_DIR: dataDir, HANDRAIL_WORKER: 'off', HANDRAIL_SAMPLE_REGION: 'off' },
    ...{ DATABASE_URL: database.appUrl, MIGRATION_DATABASE_URL: database.ownerUrl },
  };
  const [officerTokens, staffTokens] = [await tokensOf(dataDir, officers), await tokensOf(dataDir, staff)];
  const asker = { member: staff.members[0] as Team['members'][number], token: staffTokens[0] ?? '' };
  const accept = await recordAccept(
    { ...environment, NODE_ENV: 'development' },
    asker,
    await makeOffers(owner, officers, staff, 2),
  );
  say(
    `An acceptance is ${accept.steps.length} statements in ${roundTripsOf(accept)} round trips, without what says who asks.`,
  );
  const setup = { ownerUrl: database.ownerUrl, agencyId: staff.agencyId };
  const bare = stage.start('bare-server', { NODE_ENV: 'production' });
  const floor = stage.start('floor', { NODE_ENV: 'production' });
  stage.start('api-server', environment);
  const bareAt = await ask<{ port: number }>(bare, { ...setup, accept } satisfies BareSetup);
  await ask(floor, { ...setup, accept, needs, found: await findIds(setup) } satisfies FloorSetup);
  await untilReady(port);
  return [
    new BareServer(new HttpClient(bareAt.port), BARE, '/accept-one-by-one'),
    new BareServer(new HttpClient(bareAt.port), 'fastify + pg, pipelined', '/accept'),
    new HandrailApi(new HttpClient(port), officerTokens, staffTokens),
    new Floor(floor),
  ];
};

type Round = (contestant: Contestant, seconds: number) => Promise<number[]>;

/** In turn, round after round: whatever else the machine does falls on all alike. */
const compete = async (contestants: readonly Contestant[], round: Round): Promise<Series[]> => {
  for (const contestant of contestants) await round(contestant, WARM_UP_SECONDS);
  const series = contestants.map(({ name }) => ({ name, rounds: [] as number[][] }));
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const [index, contestant] of contestants.entries()) {
      series[index]?.rounds.push(await round(contestant, SECONDS));
    }
  }
  return series;
};

const run = async (stage: Stage, owner: Client): Promise<void> => {
  const cast = await seed(owner);
  const contestants = await assemble(stage, owner, cast);
  // A match is three statements, the last two together: there is nothing to pipeline.
  const [bare, , ...others] = contestants;
  const matches = await compete(bare ? [bare, ...others] : others, (contestant, seconds) => contestant.match(seconds));
  say(
    report('Match: the ten best with programs and pools', matches, SECONDS, {
      ...{ of: 'Handrail', against: BARE, atLeast: 0.4 },
    }),
  );
  const holds = await compete(contestants, async (contestant, seconds) => {
    const offerIds = await makeOffers(owner, cast.officers, cast.staff, seconds * OFFERS_PER_SECOND);
    return contestant.accept(seconds, offerIds);
  });
  say(
    report('Instant hold: an offer accepted, a place kept', holds, SECONDS, {
      ...{ of: 'Handrail', against: BARE, atLeast: 0.8 },
    }),
  );
};

const main = async (): Promise<void> => {
  say(
    `${PROVIDERS} providers, ${POOLS} pools over ${options.country ? 'the country' : 'four states'}, ${CLIENTS} clients, ${ROUNDS} rounds of ${SECONDS} s, PostgreSQL ${options.throwaway ? 'without durability' : 'durable'}.`,
  );
  const stage = await openStage(options.throwaway);
  const owner = new Client({ connectionString: stage.database.ownerUrl });
  owner.on('error', () => undefined);
  try {
    await owner.connect();
    await run(stage, owner);
  } finally {
    await owner.end().catch(() => undefined);
    await stage.close();
  }
};

// It measures and never judges: the exit code is not a test’s.
main().catch((error: unknown) => {
  console.error(error);
});
