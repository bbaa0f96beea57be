import { Client } from 'pg';
import { withOurPath } from '../session-path';

/** One short-lived connection, closed whatever happens. A server that dies under it is an error of the call, not of the process. */
export const withClient = async <Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> => {
  const client = new Client({ connectionString: withOurPath(url) });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};
