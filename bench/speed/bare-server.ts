import fastify from 'fastify';
import type { Need } from '../../src/matching/engine/need';
import { matchBare } from './bare';
import { openPool, type Setup } from './connection';
import { oneByOne, replay, type Script } from './replay';

export interface BareSetup extends Setup {
  readonly accept: Script;
}

/** What somebody would write in an afternoon: the same statements and the same answers, and nobody is asked who they are. */
const serve = async (setup: BareSetup): Promise<number> => {
  const pool = openPool(setup);
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
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return Number(new URL(address).port);
};

process.once('message', (setup: BareSetup) => {
  void serve(setup).then((port) => process.send?.({ port }));
});
process.once('disconnect', () => process.exit(0));
