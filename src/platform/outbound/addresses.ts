import { BlockList, isIPv4, isIPv6 } from 'node:net';

type Family = 'ipv4' | 'ipv6';
type Ranges = Readonly<Record<Family, BlockList>>;

const familyOf = (address: string): Family => (isIPv6(address) ? 'ipv6' : 'ipv4');

/** A list for each family: in a common one Node would take every IPv4 address for one of `::ffff:0:0/96`. */
const listOf = (ranges: readonly string[]): Ranges => {
  const lists: Ranges = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = familyOf(address);
    lists[family].addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return lists;
};

/** Where clouds answer with the keys of the machine (metadata), and what lies on the same wire. No setting opens these. */
const never = listOf([
  ...['169.254.0.0/16', '168.63.129.16', 'fe80::/10', 'fd00:ec2::254'],
  ...['0.0.0.0/8', '::', '224.0.0.0/4', 'ff00::/8'],
]);

/** Everything not reachable from everywhere: IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890). */
const inside = listOf([
  ...['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24'],
  ...['192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '240.0.0.0/4'],
  // Addresses that carry an IPv4 address within them could name any of the above: none of them is used.
  ...['::1', '::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/23'],
  ...['100::/64', '2001:db8::/32', '3fff::/20', '5f00::/16', 'fc00::/7', 'fec0::/10'],
]);

/** Which addresses may be connected to: those of the open network, and private ones only where a range allows them. */
export class Addresses {
  readonly #allowed: Ranges;

  /** `privateRanges`: CIDR ranges of the operator's own network, for example of its identity provider. */
  constructor(privateRanges: readonly string[]) {
    this.#allowed = listOf(privateRanges);
  }

  mayConnect(address: string): boolean {
    if (!isIPv4(address) && !isIPv6(address)) return false;
    const family = familyOf(address);
    const isIn = (ranges: Ranges): boolean => ranges[family].check(address, family);
    return !isIn(never) && (isIn(this.#allowed) || !isIn(inside));
  }
}
