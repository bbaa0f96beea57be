import { request } from 'node:http';
import { connect as connectSocket, createServer, type AddressInfo, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';

/** Reading the list also empties it, else the guard would fail the very test that provokes it. */
const attempted = (): string[] => {
  const key = Symbol.for('handrail.outside-attempts');
  return (Socket.prototype as unknown as Record<symbol, string[]>)[key]?.splice(0) ?? [];
};

/** An address set aside for documentation (RFC 5737): nobody answers there. */
const outside = '192.0.2.1';

it.each([
  ['a socket', () => connectSocket(9, outside)],
  ['a socket with options', () => new Socket().connect({ port: 9, host: outside })],
  ['TLS', () => connectTls(9, outside)],
  ['HTTP', () => request({ host: outside, port: 9 }).end()],
])('%s to another machine is refused and remembered', (_, reach) => {
  expect(reach).toThrow(`A test tried to reach ${outside}`);
  expect(attempted()).toEqual([outside]);
});

it('fetch to another machine is refused and remembered, also by name', async () => {
  await expect(fetch('http://handrail.invalid/')).rejects.toThrow('fetch failed');
  expect(attempted()).toEqual(['handrail.invalid']);
});

it('this machine may be reached under all its names', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  for (const host of ['127.0.0.1', 'localhost', '::ffff:127.0.0.1']) {
    const socket = connectSocket(port, host);
    await once(socket, 'connect');
    socket.destroy();
  }
  server.close();
  expect(attempted()).toEqual([]);
});
