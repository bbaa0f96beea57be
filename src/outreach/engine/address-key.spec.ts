import { readRules } from '../../platform/config';
import { AddressBook, addressKey, type PostalWords } from './address-key';
import { earlierKey } from './earlier-key';
import { meantNumbers, sureNumber } from './meant-home';
import { namesTold } from './namesake';

const book = new AddressBook(readRules('postal-words.json') as PostalWords);
const keyOf = (address: string): string | null => addressKey(address, book);

describe('one spelling of a home', () => {
  it.each([
    [
      '12 main st apt 2',
      ...[
        '12 Main Street, Apartment 2, Chillicothe OH 45601',
        '12 Main St. #2 Chillicothe, Ohio 45601-1234',
        '12 MAIN STREET UNIT 02',
      ],
      ...[
        'Apt 2, 12 Main Street',
        '12 Main Str Ste #2',
        '12 main st 2',
        '12 Máin St., apt2, 2nd Floor',
        '12 Main St\nNo use. Lot 2\nUSA',
        '12 Main St Apt 2 Chillicothe OH',
      ],
    ],
    ['12 n main st', '12 North Main Street', '12 N. MAIN ST', '12 Norte Main St, Chillicothe'],
    ['12 main st n', '12 Main St North', '12 Main St. N., Apt'],
    ['12 main st', '12 Main St North Canton OH 44720', '12 Main Street, North Canton, United States of America'],
    ['pobox 12', 'P.O. Box 12, Chillicothe', 'Post Office Box #12', 'P O Box 12', 'PO Box 12 Chillicothe Ohio 45601'],
    ['rr 2 box 15', 'RR 2 Box 15', 'Rural Route 2, Box #15', 'R.R. 2, Chillicothe, Box 15'],
    ['rr 2', 'RFD 2'],
    [
      '1234 hwy 104',
      '1234 State Route 104',
      '1234 SR-104 Chillicothe OH',
      '1234 St. Rt. 104, Chillicothe',
      '1234 Route 104',
    ],
    ['1234 hwy 23 n', '1234 US-23 N', '1234 U.S. Highway 23 North', '1234 US Route 23 N, Apt'],
    ['77 cr 12 apt b', '77 County Road 12 Apt B', '77 Co. Rd. 12, Unit b', '77 CR12 #B'],
    ['12 1 2 e 2nd st', '12 1/2 E 2nd St', '12½ East Second Street'],
    ['100 ne 5th ave', '100 Northeast 5th Ave', '100 N.E. Fifth Avenue', '100 North East 5th Av'],
    ['40 oak ln apt 5', 'Lot 5, 40 Oak Lane', '40 Oak Ln Trlr #5', '40 Oak Ln Mobile Home 5'],
    [
      '40 oak ln apt 2b bldg 3',
      '40 Oak Ln Bldg 3 Apt 2-B',
      '40 Oak Lane, Building 3, Apartment 02 B',
      '40 Oak Ln Apt 2b Tower 3',
    ],
    ['40 oak ln apt b2', '40 Oak Ln Apt B-2', '40 Oak Ln # B2'],
    ['40 oak ln fl 2', '40 Oak Ln 2nd Floor', '40 Oak Ln, Fl 2', '40 Oak Ln Floor 2nd'],
    ['40 oak ln rear', '40 Oak Ln rear', 'Rear, 40 Oak Lane'],
    ['12 mlk blvd', '12 Martin Luther King Jr. Blvd', '12 MLK Boulevard'],
    ['12b main st', '12-B Main St', '12b Main Street'],
    ['12 b st', '12 B Street'],
    ['12 oneil rd', '12 O’Neil Rd', "12 O'NEIL ROAD"],
    ['12 ml run rd', '12 Mill Run Rd', '12 Mill Run Road, Columbus'],
    ['12 broadway', '12 Broadway', '12 Broadway, Chillicothe, Ohio', 'Apt, 12 Broadway OH'],
    ['apt 2 chillicothe', 'Apartment 2, Chillicothe OH 45601', 'Apt. 2 Chillicothe'],
    ['12 oak ct', '12 Oak Ct', '12 Oak Court, Waterbury, CT', '12 Oak Ct, Waterbury CT 06702'],
    ['12 ave b', '12 Avenue B', '12 Ave. B'],
    ['12 b', '12 B'],
    ['12 n', '12 North'],
    ['12 hwy', '12 Highway'],
  ])('is %s', (key, ...spellings) => {
    expect(spellings.map(keyOf)).toEqual(spellings.map(() => key));
  });

  it('keeps apart what is another home', () => {
    const homes = [
      '12 Main St',
      '14 Main St',
      '12 Main St Apt 2',
      '12 Main St Apt 12',
      '12 N Main St',
      '12 Main St N',
      '12 Main Ave',
    ];
    const more = [
      '12 Main St Rear',
      '12 Main St Fl 2',
      '12 Main St Bldg 2',
      '12 State Route 2',
      '12 County Road 2',
      'PO Box 12',
      'RR 12',
    ];
    const keys = [...homes, ...more].map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is none where it says too little', () => {
    expect(['home', 'behind the mill', '', '45601', ' , ', 'Apt'].map(keyOf)).toEqual(Array(6).fill(null));
  });

  it('was another before, by which homes on file are still found', () => {
    expect(earlierKey('12 Main Street #4')).toBe(earlierKey('12 MAIN ST., Apartment 4'));
    expect([earlierKey('home'), earlierKey('behind the mill'), earlierKey('')]).toEqual([null, null, null]);
  });
});

it.each([
  ['412 N Paint St Apt 2', '412', ['412']],
  ['#412 N Paint St Apt 2', null, ['412', '2']],
  ['Paint St 412', null, ['412']],
  ['Box 12', null, ['12']],
  ['88Quarry Rd', null, ['88']],
  ['412B N Paint St', '412', ['412']],
  ['eighty eight Hickory Lane, apt three', null, ['88', '3']],
  ['home', null, []],
  ['', null, []],
])('the house number of %s is %s', (address, sure, meant) => {
  expect([sureNumber(address, book), meantNumbers(address, book)]).toEqual([sure, meant]);
});

it('nobody is named by what only stands in for a name', () => {
  const of = (givenName: string | null, familyName: string | null) =>
    Object.values(namesTold({ givenName, familyName }));
  const nobody = [of('John', 'Doe'), of('Doe', 'Jane'), of(null, 'Roe'), of('Unknown', 'Unknown 2'), of('XX', 'n/a')];
  expect(nobody).toEqual(nobody.map(() => [null, null]));
  expect([of('Sarah', 'Doe'), of('Robert', ''), of('Unk.', 'Miller')]).toEqual([
    ['Sarah', 'Doe'],
    ['Robert', null],
    [null, 'Miller'],
  ]);
});
