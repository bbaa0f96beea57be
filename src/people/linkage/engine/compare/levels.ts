import type { LinkageField } from '../linkage-record';

/**
 * How far two values agree, best first, for each field. `EXACT`: the same. `CLOSE`: a slip of the pen. The last of each row: they
 * differ. A missing value has no level and counts nothing.
 */
export const fieldLevels = {
  givenName: ['EXACT', 'CLOSE', 'NICKNAME', 'ALIKE', 'INITIAL', 'DIFFERENT'],
  familyName: ['EXACT', 'CLOSE', 'ALIKE', 'DIFFERENT'],
  birthDate: ['EXACT', 'CLOSE', 'TWO_PARTS', 'WITHIN_A_YEAR', 'DIFFERENT'],
  sex: ['EXACT', 'DIFFERENT'],
  phone: ['EXACT', 'CLOSE', 'DIFFERENT'],
  email: ['EXACT', 'CLOSE', 'SAME_NAME', 'ALIKE', 'DIFFERENT'],
  houseNumber: ['EXACT', 'CLOSE', 'DIFFERENT'],
  street: ['EXACT', 'CLOSE', 'ALIKE', 'DIFFERENT'],
  city: ['EXACT', 'CLOSE', 'ALIKE', 'DIFFERENT'],
  state: ['EXACT', 'DIFFERENT'],
  postalCode: ['EXACT', 'CLOSE', 'SAME_AREA', 'DIFFERENT'],
} as const satisfies Record<LinkageField, readonly string[]>;

/** Whether two values stand in each other’s field: given and family name, street and city. */
export const orderLevels = {
  nameOrder: ['IN_ORDER', 'CROSSED'],
  addressOrder: ['IN_ORDER', 'CROSSED'],
} as const;

/**
 * Jr., Sr. and the like, read out of the names; told by neither has no level. It weighs nothing, as father and son share name, home and
 * telephone alike: it decides who is linked without a human (`policy.suffixes`).
 */
export const suffixLevels = { nameSuffix: ['EXACT', 'ONE_SIDE', 'DIFFERENT'] } as const;

export const comparisonLevels = { ...fieldLevels, ...orderLevels, ...suffixLevels } as const;

export type Comparison = keyof typeof comparisonLevels;
export const comparisons = Object.keys(comparisonLevels) as readonly Comparison[];
export type LevelName = (typeof comparisonLevels)[Comparison][number];

/** Where a comparison stands in an array of levels. */
export const positionOf = Object.fromEntries(comparisons.map((name, position) => [name, position])) as Readonly<
  Record<Comparison, number>
>;

/** In place of a level where a value is missing. */
export const MISSING = 255;

/** One level for each comparison, at its position. */
export type Levels = Uint8Array;
export const emptyLevels = (): Levels => new Uint8Array(comparisons.length).fill(MISSING);

export const levelName = (comparison: Comparison, level: number): LevelName | 'MISSING' =>
  comparisonLevels[comparison][level] ?? 'MISSING';
