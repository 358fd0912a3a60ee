import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isPublicAddress } from './public-address.ts';

/** A connection was refused because it would have led into a private network. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/**
 * Connections to the public internet only. A name is resolved once, when the connection is made, and the address that
 * was checked is the one that is connected to: a name server that answers differently the second time gains nothing.
 */
export function createPublicAgent(lookup: LookupFunction = systemLookup): Agent {
  const connect = buildConnector({ lookup: publicLookup(lookup), timeout: 10_000 });
  return new Agent({
    connect: (options, callback) => {
      // An address written as such is never looked up. URL parsing has made 0x7f.1 and 2130706433 plain by now.
      if (isIP(options.hostname.replace(/^\[|\]$/g, '')) !== 0 && !isPublicAddress(options.hostname)) {
        callback(new PrivateAddressError('The address is not on the public internet'), null);
        return;
      }
      connect(options, (error, socket) => {
        if (error) callback(error, null);
        else if (socket.remoteAddress !== undefined && !isPublicAddress(unmapped(socket.remoteAddress))) {
          socket.destroy();
          callback(new PrivateAddressError('The connection led off the public internet'), null);
        } else callback(null, socket);
      });
    },
  });
}

/**
 * A lookup that answers public addresses only. Refuses a name as soon as one of its addresses is private: a mixed answer
 * is an attack or a mistake.
 */
export function publicLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(new PrivateAddressError('The name leads off the public internet'), '', 0);
      }
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

/** A dual-stack socket reports a plain IPv4 peer in its mapped form. */
function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}
