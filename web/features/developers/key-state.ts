import type { ApiKeyRowFragment } from '../../graphql/generated/graphql.ts';

export type KeyState = 'standing' | 'ending' | 'expired' | 'revoked';

const soonMs = 14 * 24 * 60 * 60 * 1000;

/** Where a key stands; `ending` when it expires within two weeks. */
export function keyState(
  { revokedAt, expiresAt }: Pick<ApiKeyRowFragment, 'revokedAt' | 'expiresAt'>,
  now: number,
): KeyState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt === null) return 'standing';
  const leftMs = Date.parse(expiresAt) - now;
  return leftMs <= 0 ? 'expired' : leftMs < soonMs ? 'ending' : 'standing';
}
