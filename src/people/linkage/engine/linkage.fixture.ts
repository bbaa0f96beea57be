import fc from 'fast-check';
import type { LinkageRecord } from './linkage-record';
import type { LinkageWords } from './linkage-words';
import { RecordReader, type PreparedRecord } from './prepared-record';

export const someWords: LinkageWords = {
  nicknames: [
    ['robert', 'rob', 'bob'],
    ['francisco', 'paco', 'pancho'],
    ['alexander', 'alex'],
    ['alexandra', 'alex'],
  ],
  spelledOut: { st: 'street', ave: 'avenue', n: 'north' },
  streetTypes: ['street', 'avenue'],
  states: { ohio: 'oh', westvirginia: 'wv' },
};

/** One for all: records that are compared must have been read by the same reader. */
const reader = new RecordReader(someWords);

export const readAll = (records: readonly LinkageRecord[]): PreparedRecord[] =>
  records.map((record) => reader.read(record));

export const readPair = (a: LinkageRecord, b: LinkageRecord): [PreparedRecord, PreparedRecord] => [
  reader.read(a),
  reader.read(b),
];

const oneOf = (...values: readonly string[]): fc.Arbitrary<string | null> =>
  fc.option(fc.oneof(fc.constantFrom(...values), fc.constantFrom(...values), fc.string({ maxLength: 9 })), { freq: 5 });

/** Records that often agree, nearly agree, are crossed, or miss something. */
export const anyRecord: fc.Arbitrary<LinkageRecord> = fc.record({
  givenName: oneOf('Robert', 'Bob', 'Rovert', 'R', 'Maria Jose', 'Maria', 'Garcia', 'Ann'),
  familyName: oneOf('Garcia', 'Garcia Lopez', 'Lopez', 'Gracia', 'Robert', 'Smith', 'Smyth'),
  birthDate: oneOf('1980-02-03', '1980-03-02', '1981-02-03', '19800204', '02/03/1980', '1975-11-30'),
  sex: oneOf('F', 'male', 'm', 'unknown'),
  phone: oneOf('(740) 555-0100', '17405550100', '7405550101', '6145550199'),
  email: oneOf('bob@mail.example', 'bobb@mail.example', 'roberto@mail.example', 'roberto@post.example'),
  houseNumber: oneOf('12', '12a', '21', '7'),
  street: oneOf('Main St', 'Main Street', 'Maine Ave', 'Springfield', '12 Main St, Springfield, OH 45501'),
  city: oneOf('Springfield', 'Sprinfield', 'Main St', 'Dayton'),
  state: oneOf('OH', 'Ohio', 'WV'),
  postalCode: oneOf('45501', '45501-1234', '45502', '45519', '25401'),
});

/** A small town that many tests share: everybody’s fields differ from everybody else’s. */
export const person = (number: number): LinkageRecord => {
  const letters = (seed: number, count: number): string =>
    Array.from({ length: count }, (_, at) =>
      String.fromCharCode(97 + ((seed * (at + 3) * 7 + at * 5 + seed) % 26)),
    ).join('');
  return {
    givenName: letters(number + 1, 6),
    familyName: letters(number * 3 + 2, 8),
    birthDate: `${1930 + ((number * 7) % 80)}-${String(1 + ((number * 5) % 12)).padStart(2, '0')}-${String(1 + ((number * 11) % 28)).padStart(2, '0')}`,
    sex: number % 2 === 0 ? 'f' : 'm',
    phone: `740555${String(1000 + ((number * 37) % 9000))}`,
    houseNumber: String(1 + ((number * 13) % 900)),
    street: `${letters(number * 5 + 1, 7)} street`,
    city: letters((number % 9) + 1, 7),
    postalCode: String(45_000 + ((number * 17) % 900)),
  };
};

export const people = (count: number): LinkageRecord[] => Array.from({ length: count }, (_, number) => person(number));
