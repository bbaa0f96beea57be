import type { ClientBase } from 'pg';
import type { Need } from '../../src/matching/engine/need';
import type { Job } from '../options';
import { readMatch, type MatchIds } from './bare';
import { openPool, openSenderPool, type SidesSetup } from './connection';
import { drive } from './drive';
import type { Placement } from './recorded-place';
import { replay, type Script } from './replay';

export interface FloorSetup extends SidesSetup {
  readonly accept: Script;
  readonly placements: readonly Placement[];
  readonly needs: readonly Need[];
  /** For each need, what was found for it. */
  readonly found: readonly MatchIds[];
}
export interface FloorRound {
  readonly clients: number;
  readonly seconds: number;
  readonly job: Job;
  /** Offers to accept, where that is the job. */
  readonly offerIds: readonly string[];
}

/** PostgreSQL’s part of a job, done for one record; false: no record is left. */
type Play = (client: ClientBase, turn: number, offerIds: readonly string[]) => Promise<boolean>;

const playsOf = (setup: FloorSetup): Readonly<Record<Job, Play>> => ({
  match: async (client, turn) => {
    const which = turn % setup.needs.length;
    await readMatch(client, setup.needs[which] as Need, setup.found[which] as MatchIds);
    return true;
  },
  place: async (client, turn) => {
    const { script } = setup.placements[turn % setup.placements.length] as Placement;
    await replay(client, script, '');
    return true;
  },
  accept: async (client, turn, offerIds) => {
    const offerId = offerIds[turn];
    if (offerId === undefined) return false;
    await replay(client, setup.accept, offerId);
    return true;
  },
});

/** PostgreSQL’s own floor: the statements alone, from connections that wait for nothing else. */
const floorOf = (setup: FloorSetup): ((round: FloorRound) => Promise<number[]>) => {
  const providers = { pool: openPool(setup), clients: [] as ClientBase[] };
  const senders = { pool: openSenderPool(setup), clients: [] as ClientBase[] };
  const plays = playsOf(setup);
  return async ({ clients: wanted, seconds, job, offerIds }) => {
    const { pool, clients } = job === 'place' ? senders : providers;
    while (clients.length < wanted) clients.push(await pool.connect());
    let next = 0;
    return drive(wanted, seconds, (index) => plays[job](clients[index] as ClientBase, next++, offerIds));
  };
};

process.once('message', (setup: FloorSetup) => {
  const round = floorOf(setup);
  process.on('message', (message: FloorRound) => {
    void round(message).then((latencies) => process.send?.({ latencies }));
  });
  process.send?.({ isReady: true });
});
process.once('disconnect', () => process.exit(0));
