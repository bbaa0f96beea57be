import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, readText } from './postmaster';
import type { ServerPlace } from './server-place';

/** A pid is reused, a pid with its start time is not. Field 22 of Linux's stat, counted after the name in brackets. */
const startedAt = (pid: number): string => {
  const stat = readText(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
};

const nameOf = (pid: number): string => `${pid}-${startedAt(pid)}`;

const isPresent = (name: string): boolean => {
  const pid = Number(name.split('-')[0]);
  return isAlive(pid) && nameOf(pid) === name.split('.')[0];
};

/**
 * Says "this process uses the server". Leaving answers whether nobody is left, in which case the leaver stops it.
 * One that was killed cannot leave; its file is seen to be without a process and taken away.
 */
export const attend = (place: ServerPlace): { leave(): boolean } => {
  mkdirSync(place.attendants, { recursive: true });
  const own = `${nameOf(process.pid)}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(join(place.attendants, own), '');
  const leave = (): boolean => {
    rmSync(join(place.attendants, own), { force: true });
    const others = readdirSync(place.attendants);
    const gone = others.filter((name) => !isPresent(name));
    for (const name of gone) rmSync(join(place.attendants, name), { force: true });
    return gone.length === others.length;
  };
  return { leave };
};
