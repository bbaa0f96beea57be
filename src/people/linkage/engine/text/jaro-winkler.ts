// Taken out once: in some environments, Jest’s among them, looking up a global costs more than what it computes.
const { max, min } = Math;

/** Letters of a common beginning that count, and what each is worth, as Winkler gave them. */
const PREFIX_LENGTH = 4;
const PREFIX_WEIGHT = 0.1;

const flags = { left: new Uint8Array(64), right: new Uint8Array(64) };

const reset = (left: number, right: number): void => {
  if (flags.left.length < left) flags.left = new Uint8Array(left * 2);
  if (flags.right.length < right) flags.right = new Uint8Array(right * 2);
  flags.left.fill(0, 0, left);
  flags.right.fill(0, 0, right);
};

/** Marks the letters found in the other word no further away than half the longer word; answers how many. */
const markMatches = (shorter: string, longer: string): number => {
  const reach = max(0, (longer.length >> 1) - 1);
  let matches = 0;
  for (let i = 0; i < shorter.length; i += 1) {
    const last = min(longer.length - 1, i + reach);
    for (let j = max(0, i - reach); j <= last; j += 1) {
      if (flags.right[j] === 1 || shorter.charCodeAt(i) !== longer.charCodeAt(j)) continue;
      flags.left[i] = 1;
      flags.right[j] = 1;
      matches += 1;
      break;
    }
  }
  return matches;
};

const countOutOfOrder = (shorter: string, longer: string): number => {
  let outOfOrder = 0;
  let j = 0;
  for (let i = 0; i < shorter.length; i += 1) {
    if (flags.left[i] === 0) continue;
    while (flags.right[j] === 0) j += 1;
    if (shorter.charCodeAt(i) !== longer.charCodeAt(j)) outOfOrder += 1;
    j += 1;
  }
  return outOfOrder;
};

const jaro = (shorter: string, longer: string): number => {
  reset(shorter.length, longer.length);
  const matches = markMatches(shorter, longer);
  if (matches === 0) return 0;
  const transpositions = countOutOfOrder(shorter, longer) / 2;
  return (matches / shorter.length + matches / longer.length + (matches - transpositions) / matches) / 3;
};

const commonPrefix = (a: string, b: string): number => {
  let length = 0;
  while (length < PREFIX_LENGTH && length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
};

/**
 * Similarity of two words from 0 to 1 (Jaro 1989, Winkler 1990). The greedy pairing of letters can depend on which word comes first,
 * so the words are put in order before: the answer is symmetric.
 */
export const jaroWinkler = (a: string, b: string): number => {
  if (a === b) return 1;
  const isOrdered = a.length < b.length || (a.length === b.length && a < b);
  const similarity = isOrdered ? jaro(a, b) : jaro(b, a);
  return similarity + commonPrefix(a, b) * PREFIX_WEIGHT * (1 - similarity);
};
