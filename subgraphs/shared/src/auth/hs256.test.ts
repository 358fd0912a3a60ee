import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { errors, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fixedClock } from '../clock.ts';
import { createAccessTokenReader } from './access-token.ts';

/** How many tokens each property tries; more by hand. */
const numRuns = Number(process.env.CAUCE_TOKEN_RUNS ?? 1_000);
const secret = 'a secret for tests, long enough for HS256';
const now = new Date('2026-11-20T12:00:00.700Z');
const nowSeconds = Math.floor(now.getTime() / 1000);
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const ownHeader = base64url({ alg: 'HS256', typ: 'at+jwt' });
const goodClaims = {
  iss: 'cauce-access',
  aud: 'cauce-gateway',
  sub: '019a0000-0000-7000-8000-000000000001',
  sid: '019a0000-0000-7000-8000-000000000002',
  ver: 3,
  iat: nowSeconds - 60,
  exp: nowSeconds + 540,
};

function sign(header: string, payload: string, key = secret, hash = 'sha256'): string {
  return `${header}.${payload}.${createHmac(hash, key).update(`${header}.${payload}`).digest('base64url')}`;
}
const goodToken = sign(ownHeader, base64url(goodClaims));

const read = createAccessTokenReader(secret, fixedClock(now));
const ours = (token: string) => read(token).then(JSON.stringify, (error) => String(error.code));

const shape = z.object({
  aud: z.string(),
  sub: z.uuid(),
  sid: z.uuid(),
  ver: z.int().nonnegative(),
  exp: z.number(),
});
/** The library's verdict, with the same claims asked for. */
async function theirs(token: string): Promise<string> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      ...{ issuer: 'cauce-access', audience: 'cauce-gateway', typ: 'at+jwt', algorithms: ['HS256'], currentDate: now },
    });
    const { sub, sid, ver, exp } = shape.parse(payload);
    return JSON.stringify({ userId: sub, familyId: sid, version: ver, expiresAtMs: exp * 1000 });
  } catch (error) {
    const isExpired = error instanceof errors.JWTExpired && shape.safeParse(error.payload).success;
    return isExpired ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED';
  }
}

/** Texts near a good token: characters changed, put in, taken out; parts lost, swapped and spelled otherwise. */
const mutatedText = fc
  .tuple(
    fc.constantFrom('change', 'insert', 'remove', 'cut', 'swap', 'pad', 'classic', 'append'),
    fc.nat(goodToken.length - 1),
    fc.oneof(fc.constantFrom(...'ABCxyz019-_.=+/ \n\0é'), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 })),
  )
  .map(([how, at, text]) => {
    const [before, after] = [goodToken.slice(0, at), goodToken.slice(at)];
    const [header = '', payload = '', signature = ''] = goodToken.split('.');
    switch (how) {
      case 'change':
        return before + text + after.slice(1);
      case 'insert':
        return before + text + after;
      case 'remove':
        return before + after.slice(1);
      case 'cut':
        return before;
      case 'swap':
        return [payload, header, signature].join('.');
      case 'pad':
        return `${header}.${payload}.${signature}=`;
      case 'classic':
        return `${header}.${payload}.${signature.replaceAll('-', '+').replaceAll('_', '/')}`;
      default:
        return `${goodToken}.${text}`;
    }
  });

const seconds = fc.oneof(
  fc.integer({ min: nowSeconds - 3, max: nowSeconds + 3 }),
  fc.double({ min: nowSeconds - 1, max: nowSeconds + 1, noNaN: true }),
  fc.constantFrom(0, -1, 1e300, null, String(nowSeconds + 60), true, [nowSeconds + 60]),
);
const anything = fc.constantFrom<unknown>(null, '', 0, -1, 1.5, true, [], {}, 'cauce-access', goodClaims.sub, 'x');
/** Claims near good ones, some left out, signed as ours are. */
const signedClaims = fc
  .record({
    exp: fc.oneof(fc.constant(goodClaims.exp), seconds),
    nbf: fc.option(seconds, { nil: undefined }),
    iat: fc.oneof(fc.constant(goodClaims.iat), seconds),
    iss: fc.oneof({ weight: 6, arbitrary: fc.constant(goodClaims.iss) }, { weight: 1, arbitrary: anything }),
    aud: fc.oneof({ weight: 6, arbitrary: fc.constant(goodClaims.aud) }, { weight: 1, arbitrary: anything }),
    sub: fc.oneof({ weight: 6, arbitrary: fc.constant(goodClaims.sub) }, { weight: 1, arbitrary: anything }),
    ver: fc.oneof({ weight: 6, arbitrary: fc.nat() }, { weight: 1, arbitrary: anything }),
    lost: fc.option(fc.constantFrom('iss', 'aud', 'sub', 'sid', 'ver', 'exp', 'iat'), { nil: undefined, freq: 4 }),
  })
  .map(({ lost, ...claims }) => {
    const entries = Object.entries({ ...goodClaims, ...claims }).filter(([name]) => name !== lost);
    return sign(ownHeader, base64url(Object.fromEntries(entries)));
  });
const signedNonsense = fc
  .constantFrom('null', '[]', '"x"', '1', '{', '', '{"__proto__":{"sub":"x"}}', '\ufeff{}')
  .map((text) => sign(ownHeader, Buffer.from(text).toString('base64url')));

/** Other headers, signed with the right secret as they say, or not at all. */
const otherHeader = fc
  .tuple(
    fc.record(
      {
        alg: fc.constantFrom('HS256', 'HS384', 'HS512', 'none', 'RS256', 'hs256', 'HS256 ', ''),
        typ: fc.constantFrom('at+jwt', 'JWT', 'AT+JWT', 'application/at+jwt', ''),
        kid: fc.constantFrom('1', '../../dev/null'),
        crit: fc.constant(['b64']),
        b64: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    fc.constantFrom('sha256', 'sha384', 'sha512', null),
  )
  .map(([header, hash]) => {
    const payload = base64url(goodClaims);
    return hash === null ? `${base64url(header)}.${payload}.` : sign(base64url(header), payload, secret, hash);
  });

/** What only our issuer writes: one header, and each part in its one spelling. */
function isSpelledAsOurs(token: string): boolean {
  const parts = token.split('.');
  return parts[0] === ownHeader && parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

describe('reading access tokens without the library', () => {
  it('says of every claim that was signed what the library says', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.oneof(signedClaims, signedNonsense), async (token) => {
        const verdict = await ours(token);
        const kind = verdict.startsWith('{') ? 'accepted' : verdict;
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        expect(verdict).toBe(await theirs(token));
      }),
      { numRuns },
    );
    expect([...seen.keys()].sort()).toEqual(['TOKEN_EXPIRED', 'UNAUTHENTICATED', 'accepted']);
  });

  it('accepts no text that the library refuses, and refuses more only in another spelling than our own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutatedText, otherHeader), async (token) => {
        const [mine, library] = await Promise.all([ours(token), theirs(token)]);
        if (isSpelledAsOurs(token) || mine !== 'UNAUTHENTICATED') expect(mine).toBe(library);
      }),
      { numRuns },
    );
  });

  it('refuses whatever another secret signed', async () => {
    for (const other of [`${secret}!`, secret.slice(1), secret.toUpperCase(), 'x'])
      expect(await ours(sign(ownHeader, base64url(goodClaims), other))).toBe('UNAUTHENTICATED');
  });
});
