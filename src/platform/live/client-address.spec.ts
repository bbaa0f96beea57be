import type { IncomingMessage } from 'node:http';
import { clientAddress, proxyList } from './client-address';

describe('where a handshake comes from', () => {
  const proxies = proxyList(['10.0.0.7', '10.1.0.0/16', 'fd00::/8']);
  const from = (remoteAddress: string | undefined, forwarded?: string): string =>
    clientAddress(
      { socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } } as unknown as IncomingMessage,
      proxies,
    );

  it.each([
    ['a client itself, whatever it claims', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['behind a proxy', '10.0.0.7', '203.0.113.9', '203.0.113.9'],
    [
      'behind two, with a word of its own before',
      '::ffff:10.0.0.7',
      '198.51.100.1, 203.0.113.9, 10.1.2.3',
      '203.0.113.9',
    ],
    ['behind a proxy of the sixth version', 'fd00::1', '2001:db8::5', '2001:db8::5'],
    ['behind a proxy that says nothing', '10.0.0.7', undefined, '10.0.0.7'],
    ['behind a proxy that says nonsense', '10.0.0.7', 'unknown', '10.0.0.7'],
    ['a socket that is gone', undefined, '203.0.113.9', ''],
  ])('is read for %s', (_, remote, forwarded, address) => {
    expect(from(remote, forwarded)).toBe(address);
  });
});
