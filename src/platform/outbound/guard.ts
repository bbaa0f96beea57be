import { lookup as resolve, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Addresses } from './addresses';

/** Where calls may lead at all, whatever is spoken there. */
export interface GuardSettings {
  /** CIDR ranges of the operator's own network that listed names may lead to; without them only the open network. */
  readonly privateRanges: readonly string[];
  /** Plain connections to this machine, for development and specs. */
  readonly mayUseLoopback: boolean;
}

/** The call was not made, or not to its end. The message names a reason and never the address or what was sent. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused';
}

const LOOPBACK = ['127.0.0.0/8', '::1'];

export const isLoopbackName = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Looks names up for whoever connects, and lets no name lead inside. */
export class Guard {
  readonly #addresses: Addresses;

  /** `dns` is a seam for specs. */
  constructor(
    { privateRanges, mayUseLoopback }: GuardSettings,
    private readonly dns: typeof resolve = resolve,
  ) {
    this.#addresses = new Addresses([...privateRanges, ...(mayUseLoopback ? LOOPBACK : [])]);
  }

  /** Node asks no look-up for a literal address: it is checked before. */
  checkLiteral(host: string): void {
    if (isIP(host) !== 0 && !this.#addresses.mayConnect(host)) throw notOutside();
  }

  /** Called by the socket itself: what is checked here is what it connects to. */
  readonly lookup: LookupFunction = (hostname, options, answer) => {
    this.dns(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) answer(error, []);
      // One inside is one too many: a name that leads both ways is a trap, not a mistake.
      else if (found.length === 0 || found.some(({ address }) => !this.#addresses.mayConnect(address))) {
        answer(notOutside(), []);
      } else if (options.all) answer(null, found);
      else answer(null, found[0]?.address ?? '', found[0]?.family);
    });
  };
}

const notOutside = (): OutboundRefused => new OutboundRefused('The host leads to an address inside.');
