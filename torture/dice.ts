import { createHash } from 'node:crypto';
import { diceOf, type Dice } from '../bench/evaluation/dice';

export type { Dice };

/**
 * The dice of one hand in one seed. Each hand has its own, so that what one person does next does not hang on how often another
 * has thrown, which no two runs agree on.
 */
export const diceFor = (seed: number, hand: string): Dice => {
  const digest = createHash('sha256').update(`${seed} ${hand}`).digest();
  return diceOf(1 + (digest.readUInt32BE(0) % 2_147_483_645));
};

/** Whether something happens that happens in `share` of all cases. */
export const isBy = (dice: Dice, share: number): boolean => dice.next() < share;

/** One of the names, each as often as its weight says. */
export const weighted = <Name extends string>(dice: Dice, weights: Readonly<Record<Name, number>>): Name => {
  const names = Object.keys(weights) as Name[];
  let left = dice.next() * names.reduce((sum, name) => sum + weights[name], 0);
  return names.find((name) => (left -= weights[name]) < 0) ?? (names[names.length - 1] as Name);
};
