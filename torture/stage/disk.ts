import { execFile } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Room for the cluster, its write-ahead log, and what a run writes. */
const SIZE = '600m';
const CHUNK = Buffer.alloc(1024 * 1024, 1);

/** A small disk of the database’s own, which can be filled to the last byte. */
export interface Disk {
  fill(): void;
  free(): Promise<void>;
  unmount(): Promise<void>;
}

/** Needs root and a system that mounts; null where it does not, and then nothing is filled. */
export const mountDisk = async (folder: string): Promise<Disk | null> => {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=755`, 'tmpfs', folder]);
  } catch {
    return null;
  }
  const filler = join(folder, 'filler');
  const fill = (): void => {
    const { bavail, bsize } = statfsSync(folder);
    try {
      for (let left = bavail * bsize; left > 0; left -= CHUNK.length) {
        writeFileSync(filler, CHUNK.subarray(0, Math.min(left, CHUNK.length)), { flag: 'a' });
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  };
  const free = (): Promise<void> => {
    rmSync(filler, { force: true });
    return Promise.resolve();
  };
  const unmount = async (): Promise<void> => {
    // Lazily: what still looks into it lets go by itself.
    await run('umount', ['-l', folder]).catch(() => undefined);
  };
  return { fill, free, unmount };
};
