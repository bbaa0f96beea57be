import 'reflect-metadata';
import { Client } from 'pg';
import type { Need } from '../src/matching/engine/need';
import { measureLive } from './live/measure-live';
import { BadOption, optionsOf, usage, type Job, type Options } from './options';
import { compete, type Round } from './speed/compete';
import type { BareSetup } from './speed/bare-server';
import { BareServer, CLIENTS, findIds, Floor, HandrailApi, type Contestant } from './speed/contestants';
import type { FloorSetup } from './speed/floor';
import { HttpClient } from './speed/http-client';
import { needs, referredNeeds } from './speed/jobs';
import { buildTakingPools, buildTeam, makeOffers, openInstantPrograms, tokensOf, type Team } from './speed/people';
import { recordAccept, recordPlacements, withApplication, type Asker } from './speed/recorded-commands';
import { POOLS, PROVIDERS, seedRegion } from './speed/region';
import { roundTripsOf, type Script } from './speed/replay';
import { report } from './speed/report';
import { apiEnvironment, ask, freePort, openStage, untilReady, type Stage } from './speed/stage';
import { measureWalls } from './walls/measure-walls';

const OFFERS_PER_SECOND = 1500;
const BARE = 'fastify + pg';
/** Where the bare server that pipelines stands among the contestants. */
const PIPELINED = 1;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Cast {
  readonly officers: Team;
  readonly staff: Team;
  /** What officers refer for and a program takes at once. */
  readonly placedNeeds: readonly Need[];
}

const seed = async (owner: Client, { isCountryWide }: Options): Promise<Cast> => {
  await seedRegion(owner, isCountryWide);
  const placedNeeds = await openInstantPrograms(owner, referredNeeds);
  const officers = await buildTeam(owner, 'LAW_ENFORCEMENT', 'OFFICER', CLIENTS);
  const staff = await buildTeam(owner, 'TREATMENT_PROVIDER', 'PROVIDER_STAFF', CLIENTS);
  await buildTakingPools(owner, staff);
  await owner.query('vacuum analyze');
  return { officers, staff, placedNeeds };
};

const askerOf = ({ members }: Team, tokens: readonly string[]): Asker => ({
  member: members[0] as Team['members'][number],
  token: tokens[0] ?? '',
});

const sizeOf = (script: Script): string => `${script.steps.length} statements in ${roundTripsOf(script)} round trips`;

/** Everyone who takes part, on one database, warm. */
const assemble = async (stage: Stage, owner: Client, { officers, staff, placedNeeds }: Cast): Promise<Contestant[]> => {
  const { database, dataDir } = stage;
  const port = await freePort();
  const environment = apiEnvironment(stage, port);
  const [officerTokens, staffTokens] = [await tokensOf(dataDir, officers), await tokensOf(dataDir, staff)];
  const offerIds = await makeOffers(owner, officers, staff, 2);
  const { accept, placements } = await withApplication({ ...environment, NODE_ENV: 'development' }, async (send) => ({
    accept: await recordAccept(send, askerOf(staff, staffTokens), offerIds),
    placements: await recordPlacements(send, askerOf(officers, officerTokens), placedNeeds),
  }));
  const [placement] = placements;
  if (placement) say(`An instant hold is ${sizeOf(placement.script)}.`);
  say(`An acceptance is ${sizeOf(accept)}; neither counts what says who asks.`);
  const setup = { ownerUrl: database.ownerUrl, agencyId: staff.agencyId, senderAgencyId: officers.agencyId };
  const bare = stage.start('bare-server', { NODE_ENV: 'production' });
  const floor = stage.start('floor', { NODE_ENV: 'production' });
  stage.start('api-server', environment);
  const bareAt = await ask<{ port: number }>(bare, { ...setup, accept, placements } satisfies BareSetup);
  const found = await findIds(setup);
  await ask(floor, { ...setup, accept, placements, needs, found } satisfies FloorSetup);
  await untilReady(port);
  return [
    new BareServer(new HttpClient(bareAt.port), BARE, true, placedNeeds),
    new BareServer(new HttpClient(bareAt.port), 'fastify + pg, pipelined', false, placedNeeds),
    new HandrailApi(new HttpClient(port), officerTokens, staffTokens, placedNeeds),
    new Floor(floor),
  ];
};

const titles: Readonly<Record<Job, string>> = {
  match: 'Match: the ten best with programs and pools',
  place: 'Instant hold: a referral submitted, matched and placed at a program that takes people at once',
  accept: 'Acceptance: an offer accepted, a place kept',
};
/** Of the bare server’s rate. */
const targets: Readonly<Partial<Record<Job, number>>> = { match: 0.4, place: 0.8 };

const roundOf = (job: Job, owner: Client, { officers, staff }: Cast): Round<Contestant> => {
  if (job !== 'accept') return (contestant, seconds) => contestant[job](seconds);
  return async (contestant, seconds) =>
    contestant.accept(seconds, await makeOffers(owner, officers, staff, seconds * OFFERS_PER_SECOND));
};

const run = async (stage: Stage, owner: Client, options: Options): Promise<void> => {
  const cast = await seed(owner, options);
  const contestants = await assemble(stage, owner, cast);
  // A match is three statements, the last two together: there is nothing to pipeline.
  const matching = contestants.filter((_, index) => index !== PIPELINED);
  for (const job of options.jobs) {
    const series = await compete(job === 'match' ? matching : contestants, options, roundOf(job, owner, cast));
    const atLeast = targets[job];
    const target = atLeast === undefined ? null : { of: 'Handrail', against: BARE, atLeast };
    say(report(titles[job], series, options.seconds, target));
  }
};

const measure = async (options: Options): Promise<void> => {
  const { isCountryWide, isThrowaway, rounds, seconds, rate, awaySeconds } = options;
  if (options.isLive) say(await measureLive({ rate, seconds: rounds * seconds, awaySeconds }, isThrowaway));
  if (options.hasWalls) say(await measureWalls(options));
  if (options.jobs.length === 0) return;
  say(
    `${PROVIDERS} providers, ${POOLS} pools over ${isCountryWide ? 'the country' : 'four states'}, ${CLIENTS} clients, ${rounds} rounds of ${seconds} s, PostgreSQL ${isThrowaway ? 'without durability' : 'durable'}.`,
  );
  const stage = await openStage(isThrowaway);
  const owner = new Client({ connectionString: stage.database.ownerUrl });
  owner.on('error', () => undefined);
  try {
    await owner.connect();
    await run(stage, owner, options);
  } finally {
    await owner.end().catch(() => undefined);
    await stage.close();
  }
};

const main = async (): Promise<void> => {
  const options = optionsOf(process.argv.slice(2));
  if (options === null) say(usage);
  else await measure(options);
};

// It measures and never judges: whatever it finds, the exit code is 0. Only a command line it cannot read is refused.
main().catch((error: unknown) => {
  if (!(error instanceof BadOption)) {
    console.error(error);
    return;
  }
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
});
