import { addressKey, type AddressBook } from './address-key';
import { homeParts, type HomeParts } from './home-parts';
import { mayBeOne, meantParts } from './meant-home';
import { isSlip } from './slip';

/** SAME: one home. DOUBT: it may be one, and a human looks at both. OTHER: something that both tell differs. */
export type Likeness = 'SAME' | 'DOUBT' | 'OTHER';

/** An address, and the county it is in as far as told. */
export interface PlacedHome {
  readonly address: string;
  readonly countyFips: string;
  /** For example `Ross`. */
  readonly countyName: string;
}

/** The worst of what its parts say. */
const worstOf = (found: readonly Likeness[]): Likeness => {
  if (found.includes('OTHER')) return 'OTHER';
  return found.includes('DOUBT') ? 'DOUBT' : 'SAME';
};

const isAlikeWord = (one: string, other: string): boolean =>
  !/\d/.test(one + other) && Math.max(one.length, other.length) >= 5 && isSlip(one, other);

const startAlike = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((word, at) => at >= other.length || word === other[at]);
const wholeName = ({ core, suffix }: HomeParts): string[] => [...core, ...(suffix === null ? [] : [suffix])];

/** Where a suffix is missing the name may go on into the town (“412 Paint Chillicothe”), or end in what looks like one (“12 Mill Run”). */
const ofName = (one: HomeParts, other: HomeParts): Likeness => {
  const [a, b] = [one.core.join(''), other.core.join('')];
  if (a === b) return one.core.length === other.core.length && one.suffix === other.suffix ? 'SAME' : 'DOUBT';
  if (isAlikeWord(a, b)) return 'DOUBT';
  const isOpen = one.suffix === null || other.suffix === null;
  const isOneName = startAlike(wholeName(one), wholeName(other)) || (isOpen && startAlike(one.core, other.core));
  return isOneName ? 'DOUBT' : 'OTHER';
};

const ofDirection = (one: HomeParts, other: HomeParts): Likeness => {
  if (one.before === other.before && one.after === other.after) return 'SAME';
  const toldBy = ({ before, after }: HomeParts) => [before, after].filter((word) => word !== null);
  const isWithin = (few: HomeParts, many: HomeParts) => toldBy(few).every((word) => toldBy(many).includes(word));
  return isWithin(one, other) || isWithin(other, one) ? 'DOUBT' : 'OTHER';
};

const OPPOSITES: readonly (readonly [string, string])[] = [
  ['uppr', 'lowr'],
  ['uppr', 'bsmt'],
  ['frnt', 'rear'],
];
const areOpposite = (one: string, other: string): boolean =>
  OPPOSITES.some((pair) => one !== other && pair.includes(one) && pair.includes(other));
const isOtherUnit = (one: string, other: string): boolean => {
  const kind = one.slice(0, one.indexOf(' ') + 1);
  return kind === '' ? areOpposite(one, other) : other.startsWith(kind) && other !== one;
};

/** Only a unit that both tell, and tell otherwise, is another one. */
const ofUnits = ({ units: one }: HomeParts, { units: other }: HomeParts): Likeness => {
  if (one.some((unit) => other.some((its) => isOtherUnit(unit, its)))) return 'OTHER';
  return one.length === other.length && one.every((unit) => other.includes(unit)) ? 'SAME' : 'DOUBT';
};

const codeIn = (address: string): string | null => /(?<=\D)\d{5}(?=(-\d{4})?\W*$)/.exec(address)?.[0] ?? null;

type Agreement = 'AGREE' | 'NEAR' | 'DIFFER' | 'NONE';
const ofCodes = (one: string | null, other: string | null): Agreement => {
  if (one === null || other === null) return 'NONE';
  if (one === other) return 'AGREE';
  const [digits, others] = [one.split(/(?=.)/), other.split(/(?=.)/)];
  const wrong = digits.filter((digit, at) => digit !== others[at]).length;
  const isSwapped = digits.sort().join('') === others.sort().join('');
  return wrong === 1 || isSwapped ? 'NEAR' : 'DIFFER';
};

/** “Ross County” and “Ross” say nothing that the county does not say. */
const townOf = (town: readonly string[], { countyName }: PlacedHome): readonly string[] => {
  const county = countyName.toLowerCase().split(/[^a-z]+/);
  const isTown = !town.some((word) => ['county', 'cnty', 'condado'].includes(word));
  return isTown ? town.filter((word) => !county.includes(word)) : [];
};
const isAlikeTown = (one: string, other: string): boolean =>
  one.slice(0, 3) === other.slice(0, 3) || isAlikeWord(one, other);
const ofTowns = (one: readonly string[], other: readonly string[]): Agreement => {
  if (one.length === 0 || other.length === 0) return 'NONE';
  return one.some((word) => other.some((its) => isAlikeTown(word, its))) ? 'AGREE' : 'DIFFER';
};

/** In one county the county speaks for them; else their towns or codes must. */
const BY_PLACE: Readonly<Record<Agreement, Readonly<Record<Agreement, Likeness>>>> = {
  // By code, then by town.
  AGREE: { AGREE: 'SAME', NEAR: 'SAME', DIFFER: 'SAME', NONE: 'SAME' },
  NEAR: { AGREE: 'SAME', NEAR: 'SAME', DIFFER: 'DOUBT', NONE: 'DOUBT' },
  DIFFER: { AGREE: 'DOUBT', NEAR: 'DOUBT', DIFFER: 'OTHER', NONE: 'OTHER' },
  NONE: { AGREE: 'SAME', NEAR: 'SAME', DIFFER: 'OTHER', NONE: 'SAME' },
};
const ofPlace = (
  one: PlacedHome,
  other: PlacedHome,
  towns: readonly [readonly string[], readonly string[]],
): Likeness => {
  const [code, town] = [
    ofCodes(codeIn(one.address), codeIn(other.address)),
    ofTowns(townOf(towns[0], one), townOf(towns[1], other)),
  ];
  const likeness = BY_PLACE[code][town];
  if (one.countyFips === other.countyFips || likeness === 'OTHER') return likeness;
  return code === 'AGREE' || town === 'AGREE' ? 'DOUBT' : 'OTHER';
};

/** Boxes and rural routes, and what has no number: by the one spelling of all of it. */
const ofKeys = (one: string | null, other: string | null): Likeness => {
  if (one === null || other === null) return 'OTHER';
  if (one === other) return 'SAME';
  return one.startsWith(`${other} `) || other.startsWith(`${one} `) ? 'DOUBT' : 'OTHER';
};

const ofParts = (a: HomeParts, b: HomeParts): Likeness =>
  worstOf([a.number === b.number ? 'SAME' : 'OTHER', ofName(a, b), ofDirection(a, b), ofUnits(a, b)]);

/** As it is written. */
const toldLikeness = (one: PlacedHome, other: PlacedHome, book: AddressBook): Likeness => {
  const [a, b] = [homeParts(one.address, book), homeParts(other.address, book)];
  const place = ofPlace(one, other, [a?.town ?? [], b?.town ?? []]);
  if (a && b) return worstOf([ofParts(a, b), place]);
  return worstOf([a || b ? 'OTHER' : ofKeys(addressKey(one.address, book), addressKey(other.address, book)), place]);
};

/** As it may be meant. */
const areMeant = (one: PlacedHome, other: PlacedHome, book: AddressBook): boolean => {
  const [a, b] = [meantParts(one.address, book), meantParts(other.address, book)];
  if (ofPlace(one, other, [a?.town ?? [], b?.town ?? []]) === 'OTHER') return false;
  return a && b ? ofParts(a, b) !== 'OTHER' : mayBeOne(one.address, other.address, book);
};

/**
 * Whether two addresses are of one home, for whoever must not ring there again. Another number, another street, two directions or two
 * units make another home; what only one of them tells makes none. What is one only under another reading is in doubt.
 */
export const homeLikeness = (one: PlacedHome, other: PlacedHome, book: AddressBook): Likeness => {
  const told = toldLikeness(one, other, book);
  return told === 'OTHER' && areMeant(one, other, book) ? 'DOUBT' : told;
};
