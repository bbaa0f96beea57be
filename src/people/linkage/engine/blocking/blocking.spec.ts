import fc from 'fast-check';
import { defaultLinkagePolicy } from '../default-policy';
import { anyRecord, readAll } from '../linkage.fixture';
import { BlockIndex, MOST_RECORDS } from './block-index';
import { blockingKeysOf } from './blocking-keys';
import { candidatePairs } from './candidate-pairs';

const { keys } = defaultLinkagePolicy.blocking;
const keysOf = (record: object): string[] => blockingKeysOf(readAll([record])[0]!, keys);

describe('blocking keys', () => {
  it('find crossed names and swapped days under the same key', () => {
    const [a, b] = [
      keysOf({ givenName: 'Isla', familyName: 'Hall', birthDate: '1980-02-03' }),
      keysOf({ givenName: 'Hall', familyName: 'Isla', birthDate: '1980-03-02' }),
    ];
    expect(a.filter((key) => b.includes(key)).map((key) => key.split(':')[0])).toEqual([
      'SOUND_OF_NAMES',
      'NAME_AND_DAY',
      'NAME_AND_DAY',
      'INITIALS_AND_BIRTH_YEAR',
    ]);
    expect(keysOf({ givenName: 'Ann', birthDate: '1980-03-02' })).toContain('NAME_AND_DAY:an|2-3');
    const twice = keysOf({ givenName: 'Ann', familyName: 'Ann', birthDate: '1980-03-02' });
    expect(new Set(twice).size).toBe(twice.length);
  });
  it('are none for a record without values', () => expect(keysOf({})).toEqual([]));
});

describe('BlockIndex', () => {
  it('finds what a map finds', () => {
    const anyKeys = fc.array(fc.uniqueArray(fc.string({ maxLength: 2 }), { maxLength: 12 }), { maxLength: 60 });
    fc.assert(
      fc.property(anyKeys, fc.string({ maxLength: 2 }), fc.integer({ min: 1, max: 9 }), (rows, key, most) => {
        const expected = rows.flatMap((row, at) => (row.includes(key) ? [at] : []));
        const found: number[] = [];
        new BlockIndex(rows.length, (at) => rows[at]!).block(key, most, (record, size) => {
          found.push(record);
          expect(size).toBe(expected.length);
        });
        expect(found).toEqual(expected.length > most ? [] : expected);
      }),
    );
  });
  it('says when there are too many records', () => {
    expect(() => new BlockIndex(MOST_RECORDS + 1, () => [])).toThrow(RangeError);
  });
});

describe('candidatePairs', () => {
  const pairsOf = (records: ReturnType<typeof readAll>, split: number | null, largestBlock = 100): string[] => {
    const pairs: string[] = [];
    const told = candidatePairs(records, split, { keys, largestBlock }, (left, right) =>
      pairs.push(`${left}-${right}`),
    );
    expect(told).toBe(pairs.length);
    return pairs.sort();
  };

  it('are all pairs that share a key, once', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 8 }), fc.nat(8), (rows, at) => {
        const records = readAll(rows);
        const own = records.map((record) => blockingKeysOf(record, keys));
        const split = Math.min(at, rows.length);
        const all = own.flatMap((mine, left) =>
          own.flatMap((theirs, right) =>
            left < right && mine.some((key) => theirs.includes(key)) ? [[left, right] as const] : [],
          ),
        );
        expect(pairsOf(records, null)).toEqual(all.map((pair) => pair.join('-')).sort());
        const across = all.filter(([left, right]) => left < split && right >= split);
        expect(pairsOf(records, split)).toEqual(across.map((pair) => pair.join('-')).sort());
      }),
    );
  });

  it('leave out a key that too many share', () => {
    const records = readAll(Array.from({ length: 5 }, () => ({ phone: '7405550100' })));
    expect([pairsOf(records, null, 4).length, pairsOf(records, null, 5).length]).toEqual([0, 10]);
  });
});
