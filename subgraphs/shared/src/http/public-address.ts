import { BlockList, isIP } from 'node:net';

/**
 * Whether an IP address is on the public internet: not loopback, private, link-local (where clouds keep their
 * metadata), shared, documentation, benchmarking, multicast or reserved, nor an IPv6 address that leads to such an
 * IPv4 one. False for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 4) return !closedIpv4.check(bare, 'ipv4');
  if (family === 6) return openIpv6.check(bare, 'ipv6') && !closedIpv6.check(bare, 'ipv6');
  return false;
}

/** IANA's special-purpose registry, and all multicast and future space. */
const closedIpv4 = listOf('ipv4', [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]);

/** The only space that is handed out; what is outside of it is special, the mapped and translated IPv4 included. */
const openIpv6 = listOf('ipv6', ['2000::/3']);
/** Inside it: Teredo and other protocol space, documentation, 6to4 (which carries an IPv4 address). */
const closedIpv6 = listOf('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '2620:4f:8000::/48']);

function listOf(family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
