import { readRules } from '../../platform/config';
import { AddressBook, type PostalWords } from './address-key';
import { homeLikeness, type Likeness } from './home-likeness';

const book = new AddressBook(readRules('postal-words.json') as PostalWords);
const placed = (address: string) => ({ address, countyFips: '39141', countyName: 'Ross' });
const likeness = (one: string, other: string): Likeness => homeLikeness(placed(one), placed(other), book);

it.each([
  ['four twelve north paint street', '412 N Paint St'],
  ['Four Hundred and Twelve N. Paint St, Apt two', '412 N Paint St Apt 2'],
  ['four one two N Paint', '412 N Paint St'],
  ['Paint Street four hundred twelve', '412 Paint St'],
  ['Paint Street four twelve apt three', '412 Paint St Apt 3'],
  ['four twelve Paint St rear', '412 Paint St Rear'],
  ['eighty eight Hickory Lane, apt three', '88 Hickory Ln Apt 3'],
  ['Apt twenty-one, eighty-eight Hickory Lane', '88 Hickory Ln Apt 21'],
  ['one oh five Oak St', '105 Oak St'],
  ['twelve thirty four Oak St', '1234 Oak St'],
  ['twenty-one hundred Oak St', '2100 Oak St'],
  ['one thousand two hundred five Oak St', '1205 Oak St'],
  ['hundred ten Oak St', '110 Oak St'],
  ['cuatrocientos ochenta y ocho Oak St', '488 Oak St'],
  ['Calle Paint ciento doce', '112 Paint St'],
  ['Calle Oak veintidós', '22 Oak St'],
  ['Box twelve', 'Box 12'],
])('%s may be %s, and is not the house next to it', (inWords, home) => {
  expect(likeness(inWords, home)).toBe('DOUBT');
  expect(
    likeness(
      inWords,
      home.replace(/\d+/, (number) => String(Number(number) + 2)),
    ),
  ).toBe('OTHER');
});

it('a number in the name of a street is no house number', () => {
  expect(likeness('12 Five Points Rd', '5 Points Rd')).toBe('OTHER');
  expect(likeness('Old Seven Mile Rd', '7 Mile Rd')).toBe('OTHER');
  expect(likeness('O Street', '0 Street')).toBe('OTHER');
  expect(likeness('eighty and Hickory Ln', '88 Hickory Ln')).toBe('OTHER');
});
