import type { LinkageRecord } from '../linkage-record';

type Address = Pick<LinkageRecord, 'houseNumber' | 'street' | 'city' | 'state' | 'postalCode'>;

const NUMBER_FIRST = /^#?\s*(\d+[a-z]?(?:[-/]\d+)?)[\s,]+(?=\S*\p{L})/iu;
const STATE_AND_CODE = /[\s,]+([a-z]{2})[\s,]+(\d{4,5}(?:-\d{4})?)$/i;
const CODE = /[\s,]+(\d{5}(?:-\d{4})?)$/;

const isBlank = (text: string | null | undefined): boolean => (text ?? '').trim() === '';

interface Tail {
  readonly rest: string;
  readonly state: string | null;
  readonly postalCode: string | null;
}

const splitTail = (line: string): Tail => {
  const both = STATE_AND_CODE.exec(line);
  if (both) return { rest: line.slice(0, both.index), state: both[1] as string, postalCode: both[2] as string };
  const code = CODE.exec(line);
  if (code) return { rest: line.slice(0, code.index), state: null, postalCode: code[1] as string };
  return { rest: line, state: null, postalCode: null };
};

/** A whole address in the column of the street: `12 Main St, Springfield, OH 45501`. */
const spread = (address: Address, line: string): Address => {
  const { rest, state, postalCode } = splitTail(line);
  const [street, ...others] = rest.split(',').map((part) => part.trim()) as [string, ...string[]];
  const city = others.filter((part) => part !== '').at(-1) ?? null;
  return { ...address, street, city, state: isBlank(address.state) ? state : (address.state as string), postalCode };
};

const splitNumber = (address: Address, street: string): Address => {
  const [prefix, number] = NUMBER_FIRST.exec(street) ?? [];
  if (prefix === undefined) return address;
  const isOwn = isBlank(address.houseNumber) || address.houseNumber?.trim() === number;
  return isOwn ? { ...address, houseNumber: number as string, street: street.slice(prefix.length) } : address;
};

/**
 * Puts the parts of an address where they belong, when all of it, or the house number with the street, was written into one column.
 * What stands in a column of its own is never overwritten.
 */
export const settleAddress = (address: Address): Address => {
  const line = (address.street ?? '').trim();
  if (line === '') return address;
  const isWhole = isBlank(address.city) && isBlank(address.postalCode);
  const settled = isWhole ? spread(address, line) : address;
  return splitNumber(settled, settled.street as string);
};
