import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../platform/database/embedded';
import { withClient } from '../platform/database/embedded/client';
import { migrate } from '../platform/database/migrate';
import { readWalls, WALLS_FILE } from '../platform/database/wall-catalogue';

/** `npm run walls`: writes down what the migrations make of an empty database, to which `audit:verify` holds every other. */
const run = async (): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'handrail-walls-'));
  // As root the server runs as another user, who must get through; what is secret inside is closed by itself.
  chmodSync(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, isThrowaway: true, log: () => undefined });
  try {
    await migrate(server.ownerUrl);
    const list = await withClient(server.ownerUrl, readWalls);
    writeFileSync(WALLS_FILE, `${JSON.stringify(list, null, 2)}\n`);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
