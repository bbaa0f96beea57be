import fastify from 'fastify';
import type { Need } from '../../src/matching/engine/need';
import { matchBare } from './bare';
import { openPool, openSenderPool, type SidesSetup } from './connection';
import { judging, type Placement } from './recorded-place';
import { oneByOne, replay, type Script } from './replay';

export interface BareSetup extends SidesSetup {
  readonly accept: Script;
  readonly placements: readonly Placement[];
}

/** What somebody would write in an afternoon: the same statements and the same answers, and nobody is asked who they are. */
const serve = async (setup: BareSetup): Promise<number> => {
  const pool = openPool(setup);
  const senderPool = openSenderPool(setup);
  const server = fastify();
  server.post<{ Body: { need: Need } }>('/match', async ({ body }) => {
    const client = await pool.connect();
    try {
      return await matchBare(client, body.need);
    } finally {
      client.release();
    }
  });
  const accepting = (script: Script) => async (id: string) => {
    const client = await pool.connect();
    try {
      return await replay(client, script, id);
    } finally {
      client.release();
    }
  };
  const [together, waiting] = [accepting(setup.accept), accepting(oneByOne(setup.accept))];
  server.post<{ Body: { id: string } }>('/accept', ({ body }) => together(body.id));
  server.post<{ Body: { id: string } }>('/accept-one-by-one', ({ body }) => waiting(body.id));
  const placing = (arranged: (script: Script) => Script) => {
    const plays = setup.placements.map((one) => ({ script: arranged(one.script), interlude: judging(one) }));
    return async (turn: number) => {
      const play = plays[turn % plays.length];
      if (!play) return null;
      const client = await senderPool.connect();
      try {
        return await replay(client, play.script, '', play.interlude);
      } finally {
        client.release();
      }
    };
  };
  const [placingTogether, placingWaiting] = [placing((script) => script), placing(oneByOne)];
  server.post<{ Body: { turn: number } }>('/place', ({ body }) => placingTogether(body.turn));
  server.post<{ Body: { turn: number } }>('/place-one-by-one', ({ body }) => placingWaiting(body.turn));
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return Number(new URL(address).port);
};

process.once('message', (setup: BareSetup) => {
  void serve(setup).then((port) => process.send?.({ port }));
});
process.once('disconnect', () => process.exit(0));
