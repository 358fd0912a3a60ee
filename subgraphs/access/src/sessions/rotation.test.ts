import { describe, expect, it } from 'vitest';
import { createRefreshToken, readRefreshToken, successorOf } from './refresh-token.ts';
import { decideRotation, type PresentedToken } from './rotation.ts';

const now = new Date('2026-11-20T12:00:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const fresh: PresentedToken = {
  rotatedAt: null,
  expiresAt: after(60),
  familyEndedAt: null,
  familyExpiresAt: after(60),
  isUserActive: true,
  successor: null,
};
const rotated = (secondsAgo: number, successorRotatedAt: Date | null = null): PresentedToken => ({
  ...fresh,
  rotatedAt: before(secondsAgo),
  successor: { rotatedAt: successorRotatedAt },
});

describe('decideRotation', () => {
  it.each([
    ['the newest token is exchanged', fresh, 'rotate'],
    ['a retry within ten seconds gets the same answer', rotated(9), 'repeat'],
    ['a token that comes back after ten seconds is stolen', rotated(10), 'reuse'],
    ['a retry is no retry once the next token was used', rotated(2, before(1)), 'reuse'],
    ['an old token whose chain was pruned is stolen', { ...rotated(2), successor: null }, 'reuse'],
    ['nothing comes out of an ended family', { ...fresh, familyEndedAt: before(1) }, 'ended'],
    ['nothing comes out of a family whose user was shut out', { ...fresh, isUserActive: false }, 'ended'],
    ['a token ends at its time, not after it', { ...fresh, expiresAt: now }, 'expired'],
    ['a token ends with its family', { ...fresh, familyExpiresAt: now }, 'expired'],
    ['an ended family is not ended again by an old token', { ...rotated(60), familyEndedAt: before(1) }, 'ended'],
  ])('%s', (_title, token, rotation) => {
    expect(decideRotation(token, now)).toBe(rotation);
  });
});

describe('refresh tokens', () => {
  it('are 256 random bits, and only their hash needs to be kept to know them again', () => {
    const token = createRefreshToken();
    expect(Buffer.from(token.text, 'base64url')).toHaveLength(32);
    expect(readRefreshToken(token.text)).toEqual(token);
    expect(createRefreshToken().text).not.toBe(token.text);
  });

  it('have one successor, which nobody without the secret can tell', () => {
    const token = createRefreshToken();
    expect(successorOf(token, 'secret')).toEqual(successorOf(token, 'secret'));
    expect(successorOf(token, 'secret').text).not.toBe(successorOf(token, 'other').text);
    expect(successorOf(token, 'secret').text).not.toBe(successorOf(createRefreshToken(), 'secret').text);
  });

  it('are not read from text that cannot be one', () => {
    for (const text of ['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'a'.repeat(43)}\n`]) {
      expect(readRefreshToken(text)).toBeNull();
    }
  });
});
