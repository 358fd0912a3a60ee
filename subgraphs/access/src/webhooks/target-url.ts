import { isIP } from 'node:net';
import { isPublicAddress } from '@cauce/shared/http/public-address';

const longest = 2_000;

/**
 * What is wrong with the address of a webhook, or null. Tells early what can be told from the text; names are looked
 * up, and refused, on every delivery, since they may lead elsewhere tomorrow.
 */
export function findUrlProblem(
  text: string,
  isPrivateNetworkAllowed: boolean,
): { code: string; message: string } | null {
  if (text.length > longest) return { code: 'TOO_BIG', message: `must have at most ${longest} characters` };
  if (!URL.canParse(text)) return { code: 'INVALID_FORMAT', message: 'must be an absolute URL' };
  const url = new URL(text);
  const isOpen = url.protocol === 'https:' || (isPrivateNetworkAllowed && url.protocol === 'http:');
  if (!isOpen) return { code: 'NOT_HTTPS', message: 'must begin with https://' };
  if (url.username !== '' || url.password !== '') {
    return { code: 'HAS_CREDENTIALS', message: 'must not hold a user name or a password' };
  }
  if (!isPrivateNetworkAllowed && isPrivateHost(url.hostname)) {
    return { code: 'PRIVATE_ADDRESS', message: 'must lead to the public internet' };
  }
  return null;
}

/** URL parsing has made 0x7f.1 and 2130706433 plain addresses by now. */
function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return isIP(bare) === 0 ? /(^|\.)(localhost|local|internal)$/i.test(bare) : !isPublicAddress(bare);
}
