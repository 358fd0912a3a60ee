import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecretBox, SecretBoxError } from './secret-box.ts';

const key = randomBytes(32).toString('base64');
const box = createSecretBox(key);

describe('createSecretBox', () => {
  it('opens what it sealed, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        expect(box.open(box.seal(text, context), context)).toBe(text);
      }),
    );
  });

  it('refuses a sealed value with any single character changed', () => {
    const sealed = box.seal('clave-del-proveedor', 'provider:1');
    for (let index = 0; index < sealed.length; index += 1) {
      const other = sealed[index] === 'A' ? 'B' : 'A';
      const altered = sealed.slice(0, index) + other + sealed.slice(index + 1);
      // The last character of a base64url part holds bits that are not read; a change there alters nothing.
      const isSameBytes = sameBytes(sealed, altered);
      if (!isSameBytes) expect(() => box.open(altered, 'provider:1'), `at ${index}`).toThrow(SecretBoxError);
    }
  });

  it('refuses a value that was copied to another row', () => {
    expect(() => box.open(box.seal('x', 'provider:1'), 'provider:2')).toThrow(SecretBoxError);
  });

  it('refuses a shortened authentication tag', () => {
    const [version, id, nonce, tag, text] = box.seal('x', 'c').split('.');
    const short = [
      version,
      id,
      nonce,
      Buffer.from(tag ?? '', 'base64url')
        .subarray(0, 4)
        .toString('base64url'),
      text,
    ];
    expect(() => box.open(short.join('.'), 'c')).toThrow(SecretBoxError);
  });

  it('refuses what is no sealed value at all', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => box.open(text, '')).toThrow(SecretBoxError);
      }),
    );
  });

  it('opens values of an older key and says that they are outdated', () => {
    const newer = createSecretBox(randomBytes(32).toString('base64'), [key]);
    const sealed = box.seal('x', 'c');
    expect(newer.open(sealed, 'c')).toBe('x');
    expect(newer.isOutdated(sealed)).toBe(true);
    expect(newer.isOutdated(newer.seal('x', 'c'))).toBe(false);
    expect(() => box.open(newer.seal('x', 'c'), 'c')).toThrow('a key that is not configured');
  });

  it('seals the same text differently each time', () => {
    expect(box.seal('x', 'c')).not.toBe(box.seal('x', 'c'));
  });

  it('accepts no key but 32 bytes', () => {
    expect(() => createSecretBox('short')).toThrow(SecretBoxError);
    expect(() => createSecretBox(randomBytes(16).toString('base64'))).toThrow(SecretBoxError);
  });
});

function sameBytes(first: string, second: string): boolean {
  const [a, b] = [first.split('.'), second.split('.')];
  if (a.length !== b.length || a[0] !== b[0] || a[1] !== b[1]) return false;
  return a.every(
    (part, index) => index < 2 || Buffer.from(part, 'base64url').equals(Buffer.from(b[index] ?? '', 'base64url')),
  );
}
