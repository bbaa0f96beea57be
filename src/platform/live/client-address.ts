import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

/** Addresses and CIDR ranges, as the settings have checked them. */
export const proxyList = (ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
};

/** Where a handshake comes from: the nearest address that is not a proxy of ours, as Fastify finds it for requests. */
export const clientAddress = ({ socket, headers }: IncomingMessage, proxies: BlockList): string => {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  let address = socket.remoteAddress ?? '';
  while (isIP(address) > 0 && proxies.check(address, familyOf(address))) {
    const before = forwarded.pop()?.trim();
    // What a proxy did not write as an address names nobody.
    if (before === undefined || isIP(before) === 0) break;
    address = before;
  }
  return address;
};
