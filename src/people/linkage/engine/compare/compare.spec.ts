import fc from 'fast-check';
import { defaultLinkagePolicy } from '../default-policy';
import type { LinkageRecord } from '../linkage-record';
import { anyRecord, readPair } from '../linkage.fixture';
import { RecordComparer } from './compare-records';
import { emptyLevels, levelName, MISSING, positionOf, type Comparison } from './levels';

const { likeness } = defaultLinkagePolicy;

const levelsOf = (a: LinkageRecord, b: LinkageRecord): Uint8Array => {
  const levels = emptyLevels();
  const [left, right] = readPair(a, b);
  new RecordComparer(likeness).compare(left, right, levels);
  return levels;
};

const level = (comparison: Comparison, a: LinkageRecord, b: LinkageRecord): string =>
  levelName(comparison, levelsOf(a, b)[positionOf[comparison]]!);

describe('comparing records', () => {
  it.each([
    ['givenName', 'Robert', 'ROBERT', 'EXACT'],
    ['givenName', 'elk i', 'Elki', 'EXACT'],
    ['givenName', 'Robert', 'Rovert', 'CLOSE'],
    ['givenName', 'Maria Jose', 'Maria', 'CLOSE'],
    ['givenName', 'Robert', 'Bob', 'NICKNAME'],
    ['givenName', 'Alex', 'Alexandra', 'NICKNAME'],
    ['givenName', 'Sofia', 'foSia', 'ALIKE'],
    ['givenName', 'Maria Jose', 'Maria Elena', 'ALIKE'],
    ['givenName', 'Robert', 'R.', 'INITIAL'],
    ['givenName', 'Robert', 'Susan', 'DIFFERENT'],
    ['givenName', 'Jo', 'Jy', 'DIFFERENT'],
    ['familyName', 'Garcia Lopez', 'Lopez', 'CLOSE'],
    ['familyName', 'Schwarz', 'Schwartz', 'CLOSE'],
    ['familyName', 'Lee', 'Leigh', 'DIFFERENT'],
    ['familyName', 'Catherall', 'Kathrel', 'ALIKE'],
    ['birthDate', '1980-02-03', '02/03/1980', 'EXACT'],
    ['birthDate', '1980-02-03', '1980-03-02', 'CLOSE'],
    ['birthDate', '1980-02-03', '1980-02-08', 'CLOSE'],
    ['birthDate', '1989-02-03', '1990-02-03', 'CLOSE'],
    ['birthDate', '1980-02-03', '1980-02-16', 'TWO_PARTS'],
    ['birthDate', '1980-02-03', '1980-12-24', 'WITHIN_A_YEAR'],
    ['birthDate', '1980-02-03', '1955-11-24', 'DIFFERENT'],
    ['givenName', 'Robert', 'Robert Jose', 'CLOSE'],
    ['givenName', 'Alexander', 'Robert', 'DIFFERENT'],
    ['sex', 'female', 'F', 'EXACT'],
    ['sex', 'female', 'M', 'DIFFERENT'],
    ['phone', '17405550100', '(740) 555-0100', 'EXACT'],
    ['phone', '7405550100', '5550100', 'CLOSE'],
    ['phone', '7405550100', '7405550101', 'CLOSE'],
    ['phone', '7405550100', '6145559876', 'DIFFERENT'],
    ['email', 'ann@mail.example', 'ANN@mail.example', 'EXACT'],
    ['email', 'ann@mail.example', 'anne@mail.example', 'CLOSE'],
    ['email', 'ann.lee6@mail.example', 'ann.lee34@mail.example', 'ALIKE'],
    ['email', 'ann.lee6@mail.example', 'ann.lee6@mall.example', 'CLOSE'],
    ['email', 'roberto@mail.example', 'roberto@elsewhere.example', 'SAME_NAME'],
    ['email', 'roberto@mail.example', 'robertogarcia@mail.example', 'ALIKE'],
    ['email', 'ann@mail.example', 'zoe@letters.test', 'DIFFERENT'],
    ['email', 'jo@mail.example', 'jo@letters.test', 'DIFFERENT'],
    ['houseNumber', '12', '12a', 'CLOSE'],
    ['houseNumber', '1', '2', 'DIFFERENT'],
    ['street', 'Main St', 'Main Street', 'EXACT'],
    ['street', 'Main St', 'Main Ave', 'CLOSE'],
    ['street', 'Main St', 'Oak St', 'DIFFERENT'],
    ['city', 'Springfield', 'Sprinfield', 'CLOSE'],
    ['state', 'Ohio', 'OH', 'EXACT'],
    ['postalCode', '45501', '45510', 'CLOSE'],
    ['postalCode', '45501', '45576', 'SAME_AREA'],
    ['postalCode', '45501', '25401', 'DIFFERENT'],
  ] as const)('%s: “%s” and “%s” are %s', (field, a, b, expected) => {
    expect(level(field, { [field]: a }, { [field]: b })).toBe(expected);
  });

  it('counts nothing that is missing', () => {
    const levels = levelsOf({ givenName: 'Ann', street: 'Main' }, { familyName: 'Lee', city: '' });
    const values = Object.entries(positionOf).filter(([name]) => !name.endsWith('Order'));
    expect(values.map(([, position]) => levels[position])).toEqual(values.map(() => MISSING));
  });

  it('sees crossed names, also when one is missing', () => {
    const [a, b] = [
      { givenName: 'Isla', familyName: 'Hall' },
      { givenName: 'Hall', familyName: 'Isla' },
    ];
    expect([level('nameOrder', a, b), level('givenName', a, b), level('familyName', a, b)]).toEqual([
      'CROSSED',
      'EXACT',
      'EXACT',
    ]);
    expect(level('nameOrder', { givenName: 'Isla' }, b)).toBe('CROSSED');
    expect(level('familyName', { givenName: 'Isla' }, b)).toBe('MISSING');
  });

  it('leaves names in order when both readings agree', () => {
    const twice = { givenName: 'Thomas', familyName: 'Thomas' };
    expect(level('nameOrder', twice, twice)).toBe('IN_ORDER');
  });

  it('sees a street in the column of the city', () => {
    const [a, b] = [
      { street: 'Oak Ridge', city: 'Dayton' },
      { street: 'Dayton', city: 'Oak Ridge' },
    ];
    expect([level('addressOrder', a, b), level('street', a, b), level('city', a, b)]).toEqual([
      'CROSSED',
      'EXACT',
      'EXACT',
    ]);
  });

  it('is the same both ways', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (a, b) => expect(levelsOf(a, b)).toEqual(levelsOf(b, a))),
      { numRuns: 500 },
    );
  });

  it('remembers without forgetting which pair it was', () => {
    const comparer = new RecordComparer(likeness);
    const levels = emptyLevels();
    fc.assert(
      fc.property(anyRecord, anyRecord, (a, b) => {
        const [left, right] = readPair(a, b);
        comparer.compare(left, right, levels);
        const first = levels.slice();
        comparer.compare(left, right, levels);
        expect(levels).toEqual(first);
      }),
    );
  });
});
