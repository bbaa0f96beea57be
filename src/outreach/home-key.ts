import { counties } from '../agencies';
import { readRules } from '../platform/config';
import { AddressBook, addressKey, type PostalWords } from './engine/address-key';
import { homeLikeness, type Likeness } from './engine/home-likeness';
import { meantNumbers, sureNumber } from './engine/meant-home';

let read: AddressBook | undefined;
const book = (): AddressBook => (read ??= new AddressBook(readRules('postal-words.json') as PostalWords));

/** One spelling for the spellings of one home, by the words of this installation; null: too little to tell it from another. */
export const homeKey = (address: string): string | null => addressKey(address, book());

/** Its house number; null: it has none, or may have another. */
export const houseNumber = (address: string): string | null => sureNumber(address, book());

/** Its house number, else all that may be it. */
export const houseNumbers = (address: string): string[] => meantNumbers(address, book());

/** Whether two homes are one, each an address and the county it is in. */
export const likenessOf = (one: AtHome, other: AtHome): Likeness => homeLikeness(placed(one), placed(other), book());

export interface AtHome {
  readonly address: string;
  readonly countyFips: string;
}

const placed = ({ address, countyFips }: AtHome) => ({
  address,
  countyFips,
  countyName: counties().county(countyFips)?.name ?? '',
});
