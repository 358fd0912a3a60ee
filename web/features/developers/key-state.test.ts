import { expect, it } from 'vitest';
import { keyState } from './key-state.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

it.each([
  [{ revokedAt: null, expiresAt: null }, 'standing'],
  [{ revokedAt: null, expiresAt: '2027-11-20T12:00:00Z' }, 'standing'],
  [{ revokedAt: null, expiresAt: '2026-12-01T12:00:00Z' }, 'ending'],
  [{ revokedAt: null, expiresAt: '2026-11-20T12:00:00Z' }, 'expired'],
  [{ revokedAt: '2026-11-19T12:00:00Z', expiresAt: '2027-11-20T12:00:00Z' }, 'revoked'],
] as const)('a key %o is %s', (key, state) => {
  expect(keyState(key, now)).toBe(state);
});
