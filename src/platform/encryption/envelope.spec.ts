import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { newId } from '../database/new-id';
import { FieldUnreadable, keyIdOf, openWith, sealWith } from './envelope';

const aKey = () => ({ id: newId(), secret: createSecretKey(randomBytes(32)) });

describe('a sealed value', () => {
  const key = aKey();
  const seal = (text: string, place = 'person.phone:1'): Buffer => sealWith(key, place, Buffer.from(text));
  const open = (envelope: Buffer, place = 'person.phone:1', { secret } = key): string =>
    openWith(secret, place, envelope).toString();
  const reasonOf = (act: () => unknown): string => {
    try {
      act();
      return 'OPENED';
    } catch (error) {
      return error instanceof FieldUnreadable ? error.reason : 'OTHER';
    }
  };

  it('opens to what it was, whatever it was, and names its key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const envelope = seal(text);
        expect([open(envelope), keyIdOf(envelope)]).toEqual([text, key.id]);
      }),
    );
  });

  it('does not open in another row or column, nor with another key', () => {
    const envelope = seal('740-555-0100');
    expect(reasonOf(() => open(envelope, 'person.phone:2'))).toBe('NOT_AUTHENTIC');
    expect(reasonOf(() => open(envelope, 'account.email:1'))).toBe('NOT_AUTHENTIC');
    expect(reasonOf(() => open(envelope, 'person.phone:1', aKey()))).toBe('NOT_AUTHENTIC');
  });

  it('does not open once a bit of nonce, text or tag is turned, nor shortened, nor lengthened', () => {
    const envelope = seal('740-555-0100');
    for (let bit = 17 * 8; bit < envelope.length * 8; bit++) {
      const turned = Buffer.from(envelope);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(reasonOf(() => open(turned))).toBe('NOT_AUTHENTIC');
    }
    for (let length = 0; length < envelope.length; length++) {
      expect(reasonOf(() => open(envelope.subarray(0, length)))).toMatch(/NOT_AN_ENVELOPE|NOT_AUTHENTIC/);
    }
    expect(reasonOf(() => open(Buffer.concat([envelope, Buffer.of(0)])))).toBe('NOT_AUTHENTIC');
    expect(reasonOf(() => open(Buffer.from('740-555-0100 in plain text, long enough to be one')))).toBe(
      'NOT_AN_ENVELOPE',
    );
  });

  it('never has a nonce, and so never a text, twice', () => {
    const envelopes = Array.from({ length: 1_000 }, () => seal('740-555-0100').toString('hex'));
    expect(new Set(envelopes).size).toBe(1_000);
  });
});
