import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** As long as a request that was sent while the process was told to stop may take to come in. */
const GRACE_MS = 1_000;

/**
 * A server that closes waits for every connection, and looks no more for those on which nobody says anything: one that was opened and
 * not used, or a request that never comes to its end, would hold the process until the client goes. Nothing was asked on them.
 */
export const closeSilentSockets = (fastify: FastifyInstance): void => {
  /** Requests that came in whole on each connection and are not answered yet. */
  const asked = new Map<Socket, number>();
  let isOver = false;
  const count = (socket: Socket, change: 1 | -1): void => {
    const open = asked.get(socket);
    if (open === undefined) return;
    asked.set(socket, open + change);
    if (isOver && open + change === 0) socket.destroy();
  };
  fastify.server.on('connection', (socket: Socket) => {
    asked.set(socket, 0);
    socket.once('close', () => asked.delete(socket));
  });
  fastify.server.on('request', ({ socket }, answer) => {
    count(socket, 1);
    answer.once('close', () => {
      count(socket, -1);
    });
  });
  // A WebSocket has its own farewell.
  fastify.server.on('upgrade', ({ socket }) => asked.delete(socket));
  fastify.addHook('preClose', (done) => {
    setTimeout(() => {
      isOver = true;
      for (const [socket, open] of asked) if (open === 0) socket.destroy();
    }, GRACE_MS).unref();
    done();
  });
};
