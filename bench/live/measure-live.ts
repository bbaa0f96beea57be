import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { HttpClient } from '../speed/http-client';
import { buildTakingPools, buildTeam, makeOffers, tokensOf } from '../speed/people';
import { apiEnvironment, freePort, openStage, untilReady, type Stage } from '../speed/stage';
import { Subscriber, type Heard } from './subscriber';
import { WebhookReceiver } from './webhook-receiver';

/** Half of them on each process. */
const SUBSCRIBERS = 4;
const WARM_UP = 50;
/** For what is still on its way: where nothing more has come for so long, what is missing counts as lost. */
const SETTLE_MS = 60_000;
const RETRY_MS = 200;

export interface LiveRun {
  /** Commands a second. */
  readonly rate: number;
  readonly seconds: number;
  /** After that the receiver of webhooks is away for so long, while commands go on. */
  readonly awaySeconds: number;
}

interface Sent {
  readonly offerId: string;
  /** When the answer of the command was there: it was committed a moment before. */
  readonly at: number;
}

const percentile = (values: readonly number[], share: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(0);
};

/** The receiver of webhooks is on this machine. */
const environmentOf = (stage: Stage, port: number) => ({ ...apiEnvironment(stage, port), OUTBOUND_HOSTS: 'localhost' });

/** Two API processes and one worker, as in production but for the sample keys. */
const startProcesses = async (stage: Stage): Promise<number[]> => {
  const ports = [await freePort(), await freePort()];
  for (const port of ports) stage.start('api-server', environmentOf(stage, port));
  stage.start('../../src/worker', { ...environmentOf(stage, 0), NODE_ENV: 'development' });
  for (const port of ports) await untilReady(port);
  return ports;
};

/** As a client should: whoever is told to send it again does, with the same key. */
const acknowledge = async (http: HttpClient, token: string, offerId: string): Promise<Sent> => {
  const query = 'mutation ($id: ID!, $key: String) { acknowledgeOffer(id: $id, idempotencyKey: $key) { __typename } }';
  const headers = { authorization: `Bearer ${token}` };
  // A connection that was kept too long is cut while it is used again: the same as being told to ask again.
  const { status, body } = await http
    .post('/graphql', { query, variables: { id: offerId, key: offerId } }, headers)
    .catch(() => ({ status: 0, body: 'RETRY_LATER' }));
  if (body.includes('RETRY_LATER')) {
    await pause(RETRY_MS);
    return acknowledge(http, token, offerId);
  }
  if (status !== 200 || !body.includes('"Offer"')) throw new Error(`an offer was not acknowledged: ${body}`);
  return { offerId, at: performance.now() };
};

/** At an even pace, whatever the answers take. */
const drive = async (
  rate: number,
  offerIds: readonly string[],
  send: (id: string, turn: number) => Promise<Sent>,
): Promise<Sent[]> => {
  const startedAt = performance.now();
  const sent: Promise<Sent>[] = [];
  for (const [turn, offerId] of offerIds.entries()) {
    await pause(Math.max(0, startedAt + (turn * 1000) / rate - performance.now()));
    sent.push(send(offerId, turn));
  }
  return Promise.all(sent);
};

const delays = (subscribers: readonly { readonly heard: readonly Heard[] }[], sent: readonly Sent[]): number[] =>
  subscribers.flatMap(({ heard }) => {
    const first = new Map([...heard].reverse().map(({ offerId, at }) => [offerId, at]));
    return sent.flatMap(({ offerId, at }) => {
      const heardAt = first.get(offerId);
      return heardAt === undefined ? [] : [Math.max(0, heardAt - at)];
    });
  });

/** Until all are there, or no more come. */
const settled = async (wanted: number, counted: () => number): Promise<void> => {
  let [seen, since] = [counted(), performance.now()];
  while (seen < wanted && performance.now() - since < SETTLE_MS) {
    await pause(200);
    const now = counted();
    if (now !== seen) [seen, since] = [now, performance.now()];
  }
};

const shares = [0.5, 0.95, 0.99, 1];

/** Offers told more than once. */
const twice = (heard: readonly Heard[]): number => heard.length - new Set(heard.map(({ offerId }) => offerId)).size;

/** From the start of a command’s transaction to when its event was read by a process, on average; milliseconds. */
const meanLag = async (ports: readonly number[]): Promise<string> => {
  const texts = await Promise.all(ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()));
  const total = (what: string): number =>
    texts.reduce(
      (sum, text) => sum + Number(new RegExp(`^handrail_live_lag_seconds_${what} (\\S+)`, 'm').exec(text)?.[1]),
      0,
    );
  return ((total('sum') / total('count')) * 1000).toFixed(0);
};

type Drive = (offerIds: readonly string[]) => Promise<Sent[]>;

/** Away for as long as these commands take, and told of all of them afterwards: news that comes then brings what waited. */
const whileAway = async (receiver: WebhookReceiver, driven: Drive, offerIds: readonly string[], rate: number) => {
  const [meanwhile, after] = [offerIds.slice(0, -rate), offerIds.slice(-rate)];
  const before = receiver.heard.length;
  await receiver.close();
  const missed = await driven(meanwhile);
  const toldMeanwhile = receiver.heard.length - before;
  await receiver.open();
  const backAt = performance.now();
  const sent = [...missed, ...(await driven(after))];
  await settled(sent.length, () => delays([receiver], sent).length);
  const found = delays([receiver], sent);
  const lastAt = receiver.heard.at(-1)?.at ?? NaN;
  return [
    '## Webhooks: a receiver that was away, and commands that went on',
    '| away s | commands meanwhile | told meanwhile | commands after | delivered | lost | twice | all there after its return, s |',
    '|---:|---:|---:|---:|---:|---:|---:|---:|',
    `| ${(meanwhile.length / rate).toFixed(0)} | ${missed.length} | ${toldMeanwhile} | ${after.length} | ${found.length} | ${sent.length - found.length} | ${twice(receiver.heard)} | ${((lastAt - backAt) / 1000).toFixed(1)} |`,
    '',
  ];
};

const run = async (stage: Stage, owner: Client, { rate, seconds, awaySeconds }: LiveRun): Promise<string> => {
  const officers = await buildTeam(owner, 'LAW_ENFORCEMENT', 'OFFICER', 1);
  const staff = await buildTeam(owner, 'TREATMENT_PROVIDER', 'PROVIDER_STAFF', SUBSCRIBERS);
  await buildTakingPools(owner, staff);
  const offerIds = await makeOffers(
    owner,
    officers,
    staff,
    WARM_UP + (seconds + awaySeconds + Math.min(awaySeconds, 1)) * rate,
  );
  await owner.query('vacuum analyze');
  const ports = await startProcesses(stage);
  const tokens = await tokensOf(stage.dataDir, staff);
  const clients = ports.map((port) => new HttpClient(port));
  const subscribers = tokens.map((token, n) => new Subscriber(ports[n % ports.length] ?? 0, token));
  const receiver = new WebhookReceiver();
  await receiver.subscribe(owner, ports[0] ?? 0, { dataDir: stage.dataDir, agencyId: staff.agencyId });
  await pause(1_000);
  const send = (id: string, turn: number): Promise<Sent> =>
    acknowledge(clients[turn % clients.length] as HttpClient, tokens[turn % tokens.length] ?? '', id);
  const driven: Drive = (ids) => drive(rate, ids, send);
  const measured = WARM_UP + seconds * rate;
  await driven(offerIds.slice(0, WARM_UP));
  const sent = await driven(offerIds.slice(WARM_UP, measured));
  const listeners = [...subscribers, receiver];
  await settled(sent.length * listeners.length, () => delays(listeners, sent).length);
  const found = delays(subscribers, sent);
  const shown = shares.map((share) => percentile(found, share));
  const pushed = delays([receiver], sent);
  const lag = await meanLag(ports);
  const doubles = twice(receiver.heard);
  const away = awaySeconds > 0 ? await whileAway(receiver, driven, offerIds.slice(measured), rate) : [];
  await receiver.close();
  await Promise.all(subscribers.map((one) => one.close()));
  return [
    `## Live news: from the answer of a command to a subscriber, ${rate} commands/s over two API processes`,
    '| commands | told | lost | p50 ms | p95 ms | p99 ms | longest ms | until read by the API, mean ms |',
    '|---:|---:|---:|---:|---:|---:|---:|---:|',
    `| ${sent.length} | ${found.length} | ${sent.length * SUBSCRIBERS - found.length} | ${shown.join(' | ')} | ${lag} |`,
    '',
    '## Webhooks: from the answer of a command to a receiver on this machine, in the same run',
    '| commands | delivered | lost | twice | p50 ms | p95 ms | p99 ms | longest ms |',
    '|---:|---:|---:|---:|---:|---:|---:|---:|',
    `| ${sent.length} | ${pushed.length} | ${sent.length - pushed.length} | ${doubles} | ${shares.map((share) => percentile(pushed, share)).join(' | ')} |`,
    '',
    ...away,
  ].join('\n');
};

/** On a database of its own. */
export const measureLive = async (live: LiveRun, isThrowaway: boolean): Promise<string> => {
  const stage = await openStage(isThrowaway);
  const owner = new Client({ connectionString: stage.database.ownerUrl });
  owner.on('error', () => undefined);
  try {
    await owner.connect();
    return await run(stage, owner, live);
  } finally {
    await owner.end().catch(() => undefined);
    await stage.close();
  }
};
