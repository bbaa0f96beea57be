import fc from 'fast-check';
import { editDistance } from './damerau-levenshtein';
import { compact, digitsOf, fold, wordsOf } from './fold';
import { jaroWinkler } from './jaro-winkler';
import { soundKey } from './sound-key';

const anyWord = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 }),
);

/** The definition, without a limit and without reuse of rows. */
const slowDistance = (a: string, b: string): number => {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_cell, j) => i + j),
  );
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const costs = [
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + Number(a[i - 1] !== b[j - 1]),
      ];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      table[i]![j] = Math.min(...costs, isSwap ? table[i - 2]![j - 2]! + 1 : Infinity);
    }
  }
  return table[a.length]![b.length]!;
};

describe('editDistance', () => {
  it.each([
    ['same', 'same', 0],
    ['ca', 'ac', 1],
    ['smith', 'smyth', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['19800203', '19800302', 2],
  ])('%s to %s is %i', (a, b, distance) => expect(editDistance(a, b, 9)).toBe(distance));

  it('is the definition up to the limit, and one more beyond it', () => {
    fc.assert(
      fc.property(anyWord, anyWord, fc.nat(4), (a, b, most) => {
        expect(editDistance(a, b, most)).toBe(Math.min(slowDistance(a, b), most + 1));
      }),
    );
  });

  it('stops at the limit, and not a row before a neighbour swap could still save it', () => {
    expect(editDistance('abcdefgh', 'stuvwxyz', 2)).toBe(3);
    expect(editDistance('ab', 'ba', 0)).toBe(1);
    expect(editDistance('abcd', 'badc', 2)).toBe(2);
  });

  it('has room for long words', () => expect(editDistance('x'.repeat(300), `${'x'.repeat(299)}y`, 2)).toBe(1));
});

describe('jaroWinkler', () => {
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dixon', 'dicksonx', 0.8133],
    ['dwayne', 'duane', 0.84],
    ['same', 'same', 1],
    ['abc', 'xyz', 0],
    ['', 'abc', 0],
  ])('%s and %s: %d', (a, b, similarity) => expect(jaroWinkler(a, b)).toBeCloseTo(similarity, 4));

  it('is symmetric and between 0 and 1', () => {
    fc.assert(
      fc.property(anyWord, anyWord, (a, b) => {
        const similarity = jaroWinkler(a, b);
        expect(jaroWinkler(b, a)).toBe(similarity);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has room for long words', () => expect(jaroWinkler('x'.repeat(200), 'x'.repeat(201))).toBeGreaterThan(0.99));
});

describe('soundKey', () => {
  it.each([
    ['smith', 'smyth'],
    ['catherine', 'katherine'],
    ['vasquez', 'basques'],
    ['phillips', 'filips'],
    ['wright', 'rite'],
    ['hernandez', 'ernandes'],
    ['thompson', 'tomson'],
  ])('%s sounds like %s', (a, b) => expect(soundKey(a).slice(0, 2)).toBe(soundKey(b).slice(0, 2)));

  it('tells apart what sounds different', () => expect(soundKey('garcia')).not.toBe(soundKey('miller')));
  it('keeps numbers and nothing', () => expect([soundKey('7'), soundKey('')]).toEqual(['7', '']));
});

describe('fold', () => {
  it('drops accents and case', () => expect(fold('MuÑoz')).toBe('munoz'));
  it('joins at apostrophes and parts at other signs', () =>
    expect(wordsOf(" O'Brien-Smith ")).toEqual(['obrien', 'smith']));
  it('keeps letters and digits', () => expect([compact('12-A '), digitsOf('(740) 555')]).toEqual(['12a', '740555']));
});
