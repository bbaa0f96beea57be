/** How streets are shortened on envelopes; one spelling for all of them. */
const SHORT: Readonly<Record<string, string>> = {
  street: 'st',
  avenue: 'ave',
  road: 'rd',
  drive: 'dr',
  lane: 'ln',
  court: 'ct',
  boulevard: 'blvd',
  place: 'pl',
  circle: 'cir',
  highway: 'hwy',
  route: 'rt',
  apartment: 'apt',
  unit: 'apt',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
};

/** The key that homes on file bear until `npm run keys:rotate -- --index` has written them anew: an opt-out of then still counts. */
export const earlierKey = (address: string): string | null => {
  const words = address
    .toLowerCase()
    .replace(/#/g, ' apt ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  if (words.length < 2 || !words.some((word) => /\d/.test(word))) return null;
  return words.map((word) => (Object.hasOwn(SHORT, word) ? SHORT[word] : word)).join(' ');
};
