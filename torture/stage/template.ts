import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbedded } from '../../src/platform/database/embedded';
import type { Addresses } from './database-server';
import { closeIfInterrupted } from './closing';
import { startObserving } from '../history/observer';

const MIGRATE = join(__dirname, '..', '..', 'src', 'cli', 'migrate.js');
export const MIGRATORS = 5;

/** One `npm run migrate`; resolves with its exit code and what it complained of. */
export const migrateOnce = (
  ownerUrl: string,
  addresses: Addresses,
): Promise<{ code: number | null; complaint: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [MIGRATE], {
      env: { ...process.env, NODE_ENV: 'development', MIGRATION_DATABASE_URL: ownerUrl, ...addresses },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('exit', (code) => {
      resolve({ code, complaint: complaint.trim() });
    });
  });

/** As many at once as the fault asks for; throws when one does not end well. */
export const migrateTogether = async (ownerUrl: string, addresses: Addresses): Promise<void> => {
  const ended = await Promise.all(Array.from({ length: MIGRATORS }, () => migrateOnce(ownerUrl, addresses)));
  const failed = ended.find(({ code }) => code !== 0);
  if (failed) throw new Error(`one of ${MIGRATORS} migrating processes failed: ${failed.complaint}`);
};

/** A migrated, observed, empty database, to be copied for every seed; made by five processes that migrate at once. */
export const makeTemplate = async (): Promise<{ folder: string; remove(): void }> => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-torture-template-'));
  chmodSync(folder, 0o755);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const server = await startEmbedded({ dataDir: folder, log: () => undefined });
    const forget = closeIfInterrupted(() => server.stop().finally(remove));
    try {
      await migrateTogether(server.ownerUrl, {
        DATABASE_URL: server.appUrl,
        COMMAND_DATABASE_URL: server.commandUrl,
      });
      const owner = new Client({ connectionString: server.ownerUrl });
      await owner.connect();
      try {
        await startObserving(owner);
      } finally {
        await owner.end();
      }
    } finally {
      forget();
      await server.stop();
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, remove };
};
