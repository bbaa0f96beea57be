import type { Comparison } from './compare/levels';
import type { LevelRates } from './policy';

/**
 * What to expect of the fields before a file was seen: starting points from common knowledge of names, dates and addresses in the
 * United States, not findings. Every file moves them as far as its own pairs carry.
 */
export const defaultRates: Readonly<Record<Comparison, LevelRates>> = {
  givenName: { m: [0.8, 0.08, 0.03, 0.02, 0.01, 0.06], u: [0.01, 0.004, 0.003, 0.03, 0.01, 0.943] },
  familyName: { m: [0.82, 0.09, 0.03, 0.06], u: [0.002, 0.003, 0.02, 0.975] },
  birthDate: { m: [0.88, 0.06, 0.02, 0.01, 0.03], u: [0.00004, 0.0015, 0.004, 0.02, 0.97446] },
  sex: { m: [0.98, 0.02], u: [0.5, 0.5] },
  phone: { m: [0.6, 0.08, 0.32], u: [0.0001, 0.0003, 0.9996] },
  email: { m: [0.7, 0.12, 0.03, 0.03, 0.12], u: [0.0001, 0.0001, 0.0002, 0.01, 0.9896] },
  houseNumber: { m: [0.75, 0.07, 0.18], u: [0.01, 0.06, 0.93] },
  street: { m: [0.72, 0.09, 0.04, 0.15], u: [0.002, 0.002, 0.03, 0.966] },
  city: { m: [0.75, 0.07, 0.03, 0.15], u: [0.03, 0.01, 0.03, 0.93] },
  state: { m: [0.93, 0.07], u: [0.2, 0.8] },
  postalCode: { m: [0.74, 0.06, 0.05, 0.15], u: [0.005, 0.01, 0.04, 0.945] },
  // Crossed values agree as rarely among strangers as values in order do: the penalty is the rarity of crossing alone.
  nameOrder: { m: [0.98, 0.02], u: [1, 1] },
  addressOrder: { m: [0.99, 0.01], u: [1, 1] },
  // Weighs nothing: see `suffixLevels`.
  nameSuffix: { m: [1, 1, 1], u: [1, 1, 1] },
};
