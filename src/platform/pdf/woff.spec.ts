import { readFileSync } from 'node:fs';
import { unpacked } from './woff';

const woff = readFileSync(require.resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff'));

/** The sum of a table as OpenType takes it: of its words, over 32 bits. */
const sumOf = (table: Buffer): number => {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  return sum;
};

describe('the font inside a packed file', () => {
  const font = unpacked(woff);
  const lines = Array.from({ length: font.readUInt16BE(4) }, (_, at) => font.subarray(12 + 16 * at, 28 + 16 * at));
  const tables = lines.map((line) => {
    const [checksum, offset, length] = [line.readUInt32BE(4), line.readUInt32BE(8), line.readUInt32BE(12)];
    return { tag: line.toString('latin1', 0, 4), checksum, data: font.subarray(offset, offset + length), offset };
  });

  it('is as long as the packed file says', () => {
    expect(font.length).toBe(woff.readUInt32BE(16));
    expect(font.readUInt32BE(0)).toBe(woff.readUInt32BE(4));
  });

  it('holds every table whole, by the sums that the maker took', () => {
    expect(tables.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['cmap', 'glyf', 'head', 'loca', 'name']));
    for (const { tag, checksum, offset, data } of tables) {
      expect(offset % 4).toBe(0);
      const padded = Buffer.concat([data], Math.ceil(data.length / 4) * 4);
      // In the head stands what makes the sum of the whole come out, and is left out of its own.
      if (tag === 'head') padded.writeUInt32BE(0, 8);
      expect({ tag, sum: sumOf(padded) }).toEqual({ tag, sum: checksum });
    }
  });
});
