import { randomBytes } from 'node:crypto';

const COUNTER_END = 0x1000;
let last = { ms: 0, count: 0 };

/** Milliseconds and a counter within them; a crowded millisecond borrows from the next. */
const tick = (): { ms: number; count: number } => {
  const now = Date.now();
  if (now > last.ms) last = { ms: now, count: 0 };
  else if (last.count + 1 < COUNTER_END) last = { ms: last.ms, count: last.count + 1 };
  else last = { ms: last.ms + 1, count: 0 };
  return last;
};

/**
 * UUID version 7 with a counter (RFC 9562 §6.2, method 1): in the order of their making within one process, so that the steps
 * of one transaction keep their order, and inserts stay at the end of the index.
 */
export const newId = (): string => {
  const { ms, count } = tick();
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | count, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
