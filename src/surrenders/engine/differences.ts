import type { AlertKind } from './vocabulary';

/** What is written on the bag and read off the scale. */
export interface Sealing {
  readonly sealNumber: string;
  readonly sealedGrossWeightGrams: number;
}

/** By how much two scales may differ: whichever of the two is more. */
export interface Tolerance {
  readonly grams: number;
  readonly percent: number;
}

/** Scales show milligrams; sums of binary fractions must not decide at the limit. */
const MILLIGRAMS = 1000;
const inMilligrams = (grams: number): number => Math.round(grams * MILLIGRAMS);

export const isWeightDifferent = (recorded: number, found: number, { grams, percent }: Tolerance): boolean => {
  const allowed = Math.max(inMilligrams(grams), (inMilligrams(recorded) * percent) / 100);
  return Math.abs(inMilligrams(recorded) - inMilligrams(found)) > allowed;
};

/** What has to be looked into when something changes hands. */
export const differences = (recorded: Sealing, found: Sealing, tolerance: Tolerance): AlertKind[] => [
  ...(recorded.sealNumber.trim() === found.sealNumber.trim() ? [] : (['SEAL_DIFFERS'] as const)),
  ...(isWeightDifferent(recorded.sealedGrossWeightGrams, found.sealedGrossWeightGrams, tolerance)
    ? (['WEIGHT_DIFFERS'] as const)
    : []),
];
