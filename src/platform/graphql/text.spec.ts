import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor';
import { CalendarDate, DateTime, UuidId } from './scalars';
import { inheritedKeyFault, isPoisoned, printable, textFault, valueFault } from './text';

describe('text from outside', () => {
  it.each(['Zoë\n\tO’Neil\r\n', '\u{1f468}\u200d\u{1f469}', '', 'a'.repeat(10_000)])('may be %p', (text) => {
    expect(textFault(text)).toBeNull();
  });

  it.each(['\u0000', 'a\u001b[31m', '\u007f', '\u0085', '\ud800', 'x\udc00y', 'a'.repeat(10_001)])(
    'may not be %p',
    (text) => {
      expect(textFault(text)).not.toBeNull();
    },
  );

  it('is found wherever it hides in a value, at its path', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const fault = valueFault({ kept: value, last: [{ note: 'x\u0000' }] });
        return fault !== null;
      }),
    );
    expect(valueFault({ a: [{ b: 'ok' }, { b: '\u0000' }] })?.path).toBe('a[1].b');
  });

  it('is looked for in any breadth and depth', () => {
    expect(valueFault(Array(200_000).fill(0))?.message).toBe('Too many values.');
    const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
    expect(valueFault(deep)?.message).toBe('Values are nested too deeply.');
    expect([isPoisoned(deep), isPoisoned(Array(200_000).fill([]))]).toEqual([false, false]);
  });

  it.each([
    ['{"a":[{"__proto__":1}]}', true, 'a[0].__proto__'],
    ['{"__proto__":null}', true, '__proto__'],
    ['[{"constructor":{"prototype":null}}]', true, '[0].constructor'],
    ['{"a":{"constructor":{"a":1}}}', false, 'a.constructor'],
    ['{"constructor":null}', false, 'constructor'],
    ['{"a":[{"toString":1}]}', false, 'a[0].toString'],
    ['{"hasOwnProperty":null}', false, 'hasOwnProperty'],
    ['{"prototype":{},"a":null,"b":"__proto__"}', false, undefined],
  ])('has the key of what all objects inherit: %s', (text, poisoned, path) => {
    const value: unknown = JSON.parse(text);
    expect([isPoisoned(value), inheritedKeyFault(value)?.path]).toEqual([poisoned, path]);
  });

  it('is always printable after printable', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => textFault(printable(text).slice(0, 100)) === null));
  });
});

describe('scalars', () => {
  it('take every moment of their years and answer the same moment in UTC', () => {
    const years = { min: new Date('1900-01-02T00:00:00Z'), max: new Date('2200-12-30T00:00:00Z'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        expect(DateTime.serialize(DateTime.parseValue(date.toISOString()))).toBe(date.toISOString());
        expect(CalendarDate.parseValue(date.toISOString().slice(0, 10))).toBe(date.toISOString().slice(0, 10));
      }),
    );
    expect(DateTime.parseValue('2026-03-01T00:30:00-05:00')).toEqual(new Date('2026-03-01T05:30:00Z'));
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01',
    '1899-12-31T00:00:00Z',
    '2201-01-01T00:00:00Z',
    'infinity',
    '',
    1,
    null,
    {},
  ])('take no DateTime %p', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow(/DateTime/);
  });

  it.each(['2026-02-29', '2026-2-1', '0000-01-01', 20260101, '+275760-09-13'])('take no Date %p', (value) => {
    expect(() => CalendarDate.parseValue(value)).toThrow(/Date/);
  });

  it('take an id in one spelling only', () => {
    expect(UuidId.parseValue('AAAAAAAA-0000-4000-8000-00000000000A')).toBe('aaaaaaaa-0000-4000-8000-00000000000a');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => UuidId.parseValue(text)).toThrow(/UUID/);
      }),
    );
  });
});

describe('cursors', () => {
  const key = { createdAt: '2026-03-01T05:30:00.123456Z', id: 'aaaaaaaa-0000-4000-8000-00000000000a' };

  it('come back as they went, microseconds included', () => {
    expect(decodeCursor(encodeCursor(key))).toEqual(key);
  });

  it('are refused when anything about them was changed by hand', () => {
    const cursor = encodeCursor(key);
    const forged = [
      `${cursor}=`,
      ` ${cursor}`,
      encodeCursor({ ...key, id: "1' or 1=1" }),
      encodeCursor({ ...key, createdAt: 'now' }),
      '',
    ];
    for (const text of forged) expect(() => decodeCursor(text)).toThrow('The cursor is not one of ours.');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(text)).toThrow('The cursor is not one of ours.');
      }),
    );
  });
});
