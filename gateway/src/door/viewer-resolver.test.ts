import { randomUUID } from 'node:crypto';
import { createAccessTokenIssuer } from '@cauce/shared/auth/access-token';
import { anonymousViewer } from '@cauce/shared/auth/viewer';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createViewerResolver } from './viewer-resolver.ts';

const secret = 'a secret that is long enough for tests';
const issue = createAccessTokenIssuer(secret);
const claims = { userId: randomUUID(), familyId: randomUUID(), version: 1 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function createAccess() {
  let lookUps = 0;
  const viewers = createViewerResolver(
    {
      async bySession({ userId }) {
        lookUps += 1;
        return { ...anonymousViewer, kind: 'user', id: userId, userId };
      },
      byApiKey: () => Promise.reject(new Error('no keys here')),
    },
    secret,
  );
  return { viewers, lookUps: () => lookUps };
}

it('knows a token that it has verified, and refuses it from the moment it ends', async () => {
  const { token, expiresAt } = await issue(claims);
  const { viewers, lookUps } = createAccess();
  // Remembered just before its end, it is still remembered after it.
  vi.setSystemTime(expiresAt.getTime() - 1_000);
  const first = await viewers.resolve({ kind: 'accessToken', value: token });
  expect(await viewers.resolve({ kind: 'accessToken', value: token })).toBe(first);
  expect(lookUps()).toBe(1);
  vi.setSystemTime(expiresAt);
  await expect(viewers.resolve({ kind: 'accessToken', value: token })).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
});

it('remembers nothing of a token that is not good', async () => {
  const { token } = await issue(claims);
  const { viewers, lookUps } = createAccess();
  const forged = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
  for (const value of [forged, forged, `${token}x`]) {
    await expect(viewers.resolve({ kind: 'accessToken', value })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  expect(lookUps()).toBe(0);
  expect((await viewers.resolve({ kind: 'accessToken', value: token })).id).toBe(claims.userId);
});

it('looks the rights up again once it was told to forget them', async () => {
  const { token } = await issue(claims);
  const { viewers, lookUps } = createAccess();
  await viewers.resolve({ kind: 'accessToken', value: token });
  viewers.forget(claims.familyId);
  await viewers.resolve({ kind: 'accessToken', value: token });
  expect(lookUps()).toBe(2);
});
