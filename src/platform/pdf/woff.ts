import { inflateSync } from 'node:zlib';

interface Table {
  /** Four letters. */
  readonly tag: number;
  readonly checksum: number;
  readonly data: Buffer;
}

/** Bytes of the headers, and of a line in their directories. */
const WOFF = { header: 44, line: 20 } as const;
const SFNT = { header: 12, line: 16 } as const;

const tableAt = (woff: Buffer, line: number): Table => {
  const field = (at: number): number => woff.readUInt32BE(line + 4 * at);
  const [tag, offset, packedLength, length, checksum] = [field(0), field(1), field(2), field(3), field(4)];
  const packed = woff.subarray(offset, offset + packedLength);
  return { tag, checksum, data: packedLength < length ? inflateSync(packed) : packed };
};

const evenly = (bytes: number): number => Math.ceil(bytes / 4) * 4;

const headerOf = (flavor: number, count: number): Buffer => {
  const header = Buffer.alloc(SFNT.header);
  const power = Math.floor(Math.log2(count));
  header.writeUInt32BE(flavor, 0);
  for (const [at, value] of [count, 16 * 2 ** power, power, 16 * (count - 2 ** power)].entries()) {
    header.writeUInt16BE(value, 4 + 2 * at);
  }
  return header;
};

/** The font inside a WOFF 1.0 file (https://www.w3.org/TR/WOFF/), with its tables as they were before they were packed. */
export const unpacked = (woff: Buffer): Buffer => {
  const [flavor, count] = [woff.readUInt32BE(4), woff.readUInt16BE(12)];
  const tables = Array.from({ length: count }, (_, at) => tableAt(woff, WOFF.header + WOFF.line * at));
  const directory = Buffer.alloc(SFNT.line * count);
  let offset = SFNT.header + directory.length;
  for (const [at, { tag, checksum, data }] of tables.entries()) {
    for (const [place, value] of [tag, checksum, offset, data.length].entries()) {
      directory.writeUInt32BE(value, SFNT.line * at + 4 * place);
    }
    offset += evenly(data.length);
  }
  const padded = tables.map(({ data }) => Buffer.concat([data], evenly(data.length)));
  return Buffer.concat([headerOf(flavor, count), directory, ...padded]);
};
