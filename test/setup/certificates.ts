import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';

const read = (name: string): string => readFileSync(join(__dirname, 'tls', name), 'utf8');

/** Of a server called localhost, signed by an authority that nobody trusts by itself: made for tests, and good for a hundred years. */
export const certificate = { cert: read('server.pem'), key: read('server-key.pem') } as const;

/** What `NODE_EXTRA_CA_CERTS` does for a process that starts: from here on the authority of `certificate` is trusted. */
export const trustTestAuthority = (): jest.SpyInstance => {
  const connect = tls.connect.bind(tls) as (options: tls.ConnectionOptions) => tls.TLSSocket;
  return jest.spyOn(tls, 'connect').mockImplementation(((options: tls.ConnectionOptions, ...more: (() => void)[]) => {
    const socket = connect({ ...options, ca: read('ca.pem') });
    for (const heard of more) socket.once('secureConnect', heard);
    return socket;
  }) as typeof tls.connect);
};
