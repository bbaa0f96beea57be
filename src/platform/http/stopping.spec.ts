import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from './create-http-app';
import { edgeSettings, RegionModule } from './edge.fixture';

describe('a process that stops', () => {
  let app: NestFastifyApplication;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  afterAll(() => agent.destroy());

  const send = (body: string) =>
    new Promise<{ status: number; body: string; retryAfter: string | undefined }>((resolve, reject) => {
      const { port } = app.getHttpServer().address() as { port: number };
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const asked = request({ agent, port, host: '127.0.0.1', method: 'POST', path: '/graphql', headers }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, body: text, retryAfter: answer.headers['retry-after'] });
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });

  it('tells whoever still comes, on a connection that is open, to ask again with the same key', async () => {
    const region = RegionModule.build({ settings: edgeSettings() });
    app = await createHttpApp(region.module, { isProduction: false });
    let closing: Promise<void> | undefined;
    const fastify = app.getHttpAdapter().getInstance();
    // The first request is under way when the process is told to stop, and holds its connection open; the second comes on it.
    fastify.addHook('onSend', (_request: unknown, _reply: unknown, _payload: unknown, done: () => void) => {
      closing ??= app.close();
      setTimeout(done, 100);
    });
    await app.listen(0, '127.0.0.1');
    const first = send('{"query":"{ __typename }"}');
    const second = send('{"query":"{ __typename }"}');
    expect((await first).status).toBeLessThan(500);
    const late = await second;
    await closing;
    expect(late.status).toBe(503);
    expect(late.retryAfter).toBe('1');
    expect(JSON.parse(late.body)).toMatchObject({ errors: [{ extensions: { code: 'RETRY_LATER' } }] });
  });

  it('waits for nobody who says nothing', async () => {
    const stopping = await createHttpApp(RegionModule.build({ settings: edgeSettings() }).module, {
      isProduction: false,
    });
    await stopping.listen(0, '127.0.0.1');
    const { port } = stopping.getHttpServer().address() as { port: number };
    const sockets = ['', 'POST /graphql HTTP/1.1\r\nhost: ', 'POST /graphql HTTP/1.1\r\ncontent-length: 9\r\n'].map(
      (said) => {
        const socket = connect(port, '127.0.0.1').on('error', () => undefined);
        socket.write(said);
        return socket;
      },
    );
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const before = performance.now();
    await stopping.close();
    // Apollo would have waited ten seconds, and what it does not know of as long as they like.
    expect(performance.now() - before).toBeLessThan(8_000);
  });
});
