import { readRules } from '../platform/config';
import { AddressBook, addressKey, isElsewhere, type PostalWords } from './engine/address-key';

let read: AddressBook | undefined;
const book = (): AddressBook => (read ??= new AddressBook(readRules('postal-words.json') as PostalWords));

/** One spelling for the spellings of one home, by the words of this installation; null: too little to tell it from another. */
export const homeKey = (address: string): string | null => addressKey(address, book());

/** Whether homes of one key may be one: they are not where both tell their town, and these differ. */
export const mayBeOneHome = (one: string | null, other: string | null): boolean =>
  one === null || other === null || !isElsewhere(one, other, book());
