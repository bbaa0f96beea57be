import { diceOf, type Dice } from '../../evaluation/dice';

const ONSETS = ['b', 'br', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'mar', 'n', 'p', 'r', 's', 'st', 't', 'v', 'w'];
const MIDDLES = ['a', 'e', 'i', 'o', 'u', 'al', 'an', 'ar', 'el', 'en', 'er', 'in', 'on', 'or', 'ei', 'ia'];
const ENDS = ['son', 'ton', 'ley', 'man', 'ez', 'ski', 'la', 'na', 'ra', 'do', 'ter', 'well', 'den', 'ck', 's', 'th'];

const word = (dice: Dice): string => {
  const middle = dice.next() < 0.5 ? dice.oneOf(ONSETS) + dice.oneOf(MIDDLES) : '';
  return dice.oneOf(ONSETS) + dice.oneOf(MIDDLES) + middle + dice.oneOf(ENDS);
};

/** Made-up words, the first far more common than the last: the n-th is drawn as often as 1 in n + 10, about as US names are. */
export class SkewedWords {
  private readonly words: readonly string[];
  private readonly upTo: Float64Array;

  constructor(count: number, seed: number) {
    const dice = diceOf(seed);
    const found = new Set<string>();
    while (found.size < count) found.add(word(dice));
    this.words = [...found];
    let sum = 0;
    this.upTo = Float64Array.from(this.words, (_, rank) => (sum += 1 / (rank + 10)));
  }

  draw(dice: Dice): string {
    const target = dice.next() * (this.upTo.at(-1) ?? 0);
    let low = 0;
    let high = this.words.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.upTo[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    return this.words[low] ?? '';
  }
}
