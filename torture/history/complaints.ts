import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../src/platform/logging/fault';

const ERROR_LEVEL = 50;

interface Line {
  readonly level?: number;
  readonly msg?: string;
  readonly fault?: Partial<Fault>;
}

const read = (text: string): Line | null => {
  try {
    return JSON.parse(text) as Line;
  } catch {
    // What a program says before its log is open: why it could not start. It is started again.
    return null;
  }
};

const complaintOf = ({ level = 0, msg = '', fault = {} }: Line): string | null => {
  if (level < ERROR_LEVEL) return null;
  const [where = ''] = fault.stack?.split('\n') ?? [];
  return [msg, fault.name, fault.code, fault.message, where.trim()].filter(Boolean).join(' ');
};

/** What the programs wrote down as an error of their own, and how often. Under faults from outside there should be none. */
export const complaintsOf = (logs: string): Map<string, number> => {
  const found = new Map<string, number>();
  for (const name of readdirSync(logs).filter((file) => file !== 'postgres.log')) {
    for (const text of readFileSync(join(logs, name), 'utf8').split('\n')) {
      const line = read(text);
      const complaint = line && complaintOf(line);
      if (complaint) found.set(complaint, (found.get(complaint) ?? 0) + 1);
    }
  }
  return found;
};
