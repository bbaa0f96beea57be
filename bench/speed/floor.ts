import type { ClientBase } from 'pg';
import type { Need } from '../../src/matching/engine/need';
import { readMatch, type MatchIds } from './bare';
import { openPool, type Setup } from './connection';
import { drive } from './drive';
import { replay, type Script } from './replay';

export interface FloorSetup extends Setup {
  readonly accept: Script;
  readonly needs: readonly Need[];
  /** For each need, what was found for it. */
  readonly found: readonly MatchIds[];
}
export interface FloorRound {
  readonly clients: number;
  readonly seconds: number;
  /** Offers to accept; none: match instead. */
  readonly offerIds: readonly string[] | null;
}

/** PostgreSQL’s own floor: the statements alone, from connections that wait for nothing else. */
const floorOf = (setup: FloorSetup): ((round: FloorRound) => Promise<number[]>) => {
  const pool = openPool(setup);
  const clients: ClientBase[] = [];
  return async ({ clients: wanted, seconds, offerIds }) => {
    while (clients.length < wanted) clients.push(await pool.connect());
    let next = 0;
    return drive(wanted, seconds, async (index) => {
      const client = clients[index] as ClientBase;
      const turn = next++;
      if (offerIds === null) {
        const which = turn % setup.needs.length;
        await readMatch(client, setup.needs[which] as Need, setup.found[which] as MatchIds);
        return true;
      }
      const offerId = offerIds[turn];
      if (offerId === undefined) return false;
      await replay(client, setup.accept, offerId);
      return true;
    });
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
