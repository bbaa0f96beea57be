import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

export interface Listening {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly channel: string;
  /** Called for every notification. What it carries is not passed on: it may be lost, so it only says “look”. */
  readonly onNews: () => void;
  /** Called once the database listens for us: from here on nothing happens unheard. */
  readonly onListening: () => Promise<void>;
}

/** For a server to answer, before the line is taken for dead. */
const PATIENCE_MS = 5_000;
/** For it to hear that we go: on a line that is dead nobody does. */
const FAREWELL_MS = 1_000;

/** Listens on a connection of its own until that ends or `signal` says so. Throws when it cannot be opened. */
export const listenOnce = async (listening: Listening, signal: AbortSignal): Promise<void> => {
  const client = new Client({
    connectionString: listening.url,
    application_name: listening.name,
    keepAlive: true,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  });
  const ended = new Promise<void>((resolve) => {
    client.on('end', resolve);
    // A connection that dies says so before it ends; unheard, it would end the process.
    client.on('error', () => {
      resolve();
    });
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
  client.on('notification', listening.onNews);
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(listening.channel)}`);
    await listening.onListening();
    await ended;
  } finally {
    const gone = client.end().catch(() => undefined);
    await Promise.race([gone, pause(FAREWELL_MS, undefined, { ref: false })]);
    client.connection.stream.destroy();
  }
};
