import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** As long as a request that was sent while the process was told to stop may take to come in. */
const GRACE_MS = 1_000;

/**
 * A server that closes waits for every connection, and looks no more for those on which nobody says anything: one that was opened and
 * not used, or a request that never comes to its end, would hold the process until the client goes. Nothing was asked on them.
 */
export const closeSilentSockets = (fastify: FastifyInstance): void => {
  const silent = new Set<Socket>();
  let isOver = false;
  const rest = (socket: Socket): void => {
    if (isOver) socket.destroy();
    else if (!socket.destroyed) silent.add(socket);
  };
  fastify.server.on('connection', (socket: Socket) => {
    rest(socket);
    socket.once('close', () => silent.delete(socket));
  });
  fastify.server.on('request', ({ socket }, answer) => {
    silent.delete(socket);
    answer.once('close', () => {
      rest(socket);
    });
  });
  fastify.server.on('upgrade', ({ socket }) => silent.delete(socket));
  fastify.addHook('preClose', (done) => {
    setTimeout(() => {
      isOver = true;
      for (const socket of silent) socket.destroy();
    }, GRACE_MS).unref();
    done();
  });
};
