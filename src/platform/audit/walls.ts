import { createHash } from 'node:crypto';
import { serialized } from './audit-entry';

/** Something in the database that keeps rows apart, in place or in sight: a policy, a trigger, a right, the body of a function. */
export interface Wall {
  readonly kind: string;
  readonly name: string;
  /** All that the catalogue says of it. */
  readonly definition: string;
}

/** Every wall of a migrated database, by kind and name, with the digest of what it is. */
export interface WallList {
  /** Major version of the PostgreSQL that wrote the definitions down. */
  readonly postgres: number;
  readonly walls: Readonly<Record<string, string>>;
}

export const wallFaults = {
  WALL_CHANGED: 'It is not what the migrations made: whoever changed it decides who reads or changes what.',
  WALL_MISSING: 'The migrations made it, and it is gone.',
  WALL_ADDED: 'No migration made it.',
} as const;

export interface WallDifference {
  readonly fault: keyof typeof wallFaults;
  /** Kind and name, as in the list. */
  readonly wall: string;
}

/** Half of a SHA-256 is more than anybody can meet by trying. */
const digestOf = ({ definition }: Wall): string =>
  createHash('sha256')
    .update(serialized(['handrail-wall-1', definition]))
    .digest('hex')
    .slice(0, 32);

export const listOf = (postgres: number, walls: readonly Wall[]): WallList => {
  const named = walls.map((wall) => [`${wall.kind} ${wall.name}`, digestOf(wall)] as const);
  return { postgres, walls: Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1))) };
};

/** What the database has otherwise than the migrations left it, by name. */
export const wallDifferences = (expected: WallList, found: WallList): WallDifference[] => {
  const isComparable = (name: string): boolean => found.postgres === expected.postgres || !name.startsWith('server ');
  return [...new Set([...Object.keys(expected.walls), ...Object.keys(found.walls)])]
    .filter((name) => isComparable(name) && expected.walls[name] !== found.walls[name])
    .sort()
    .map((wall) => ({ fault: faultOf(expected.walls[wall], found.walls[wall]), wall }));
};

const faultOf = (expected: string | undefined, found: string | undefined): keyof typeof wallFaults => {
  if (expected === undefined) return 'WALL_ADDED';
  return found === undefined ? 'WALL_MISSING' : 'WALL_CHANGED';
};
