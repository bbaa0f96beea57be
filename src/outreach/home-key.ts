import { readRules } from '../platform/config';
import { AddressBook, addressKey, type PostalWords } from './engine/address-key';

let book: AddressBook | undefined;

/** One spelling for the spellings of one home, by the words of this installation; null: too little to tell it from another. */
export const homeKey = (address: string): string | null =>
  addressKey(address, (book ??= new AddressBook(readRules('postal-words.json') as PostalWords)));
