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

/** Listens on a connection of its own until that ends or `signal` says so. Throws when it cannot be opened. */
export const listenOnce = async (listening: Listening, signal: AbortSignal): Promise<void> => {
  const client = new Client({
    connectionString: listening.url,
    application_name: listening.name,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
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
    await client.end().catch(() => undefined);
  }
};
