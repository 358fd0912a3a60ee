import fc from 'fast-check';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { fixedClock } from '../clock.ts';
import { createAccessTokenIssuer, createAccessTokenReader } from './access-token.ts';
import { createInternalTokenSigner } from './internal-token.ts';
import { systemViewer } from './viewer.ts';

const secret = 'a secret for tests, long enough for HS256';
const subject = {
  userId: '019a0000-0000-7000-8000-000000000001',
  familyId: '019a0000-0000-7000-8000-000000000002',
  version: 3,
};

describe('access tokens', () => {
  it('say who, in which sign-in and with which rights version, until the announced instant', async () => {
    const clock = fixedClock(new Date('2026-11-20T12:00:00.700Z'));
    const { token, expiresAt } = await createAccessTokenIssuer(secret, clock)(subject);
    const read = createAccessTokenReader(secret, clock);
    expect(expiresAt.toISOString()).toBe('2026-11-20T12:10:00.000Z');
    expect(await read(token)).toEqual({ ...subject, expiresAtMs: expiresAt.getTime() });
    clock.advance(10 * 60 * 1000 - 1_000);
    expect(await read(token)).toMatchObject({ userId: subject.userId });
    clock.advance(1_000);
    await expect(read(token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('are refused as UNAUTHENTICATED when anything but their age is wrong', async () => {
    const clock = fixedClock(new Date());
    const { token } = await createAccessTokenIssuer(secret, clock)(subject);
    const key = new TextEncoder().encode(secret);
    const claims = { sid: subject.familyId, ver: 3 };
    const signed = (header: { alg: string; typ?: string }, audience: string, issuer = 'cauce-access') =>
      new SignJWT(claims)
        .setProtectedHeader(header)
        .setSubject(subject.userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime('5m')
        .sign(key);
    const forgeries = [
      '',
      'not a token',
      await createAccessTokenIssuer(`${secret}!`, clock)(subject).then((issued) => issued.token),
      await signed({ alg: 'HS256', typ: 'JWT' }, 'cauce-gateway'),
      await signed({ alg: 'HS256', typ: 'at+jwt' }, 'somebody-else'),
      await signed({ alg: 'HS256', typ: 'at+jwt' }, 'cauce-gateway', 'somebody-else'),
      await signed({ alg: 'HS512', typ: 'at+jwt' }, 'cauce-gateway'),
      new UnsecuredJWT(claims).setSubject(subject.userId).setExpirationTime('5m').encode(),
      await createInternalTokenSigner(secret)(systemViewer('gateway')),
      token.split('.').slice(0, 2).join('.'),
    ];
    const read = createAccessTokenReader(secret, clock);
    for (const forgery of forgeries) await expect(read(forgery)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('survive no change of a single character', async () => {
    const { token } = await createAccessTokenIssuer(secret)(subject);
    const read = createAccessTokenReader(secret);
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'ABCxyz019-_.'), async (position, char) => {
        fc.pre(token[position] !== char);
        const changed = token.slice(0, position) + char + token.slice(position + 1);
        await expect(read(changed)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      }),
    );
  });
});
