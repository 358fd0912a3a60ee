import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApiKey, parseApiKey } from './api-key-format.ts';

describe('API key format', () => {
  it('gives back the key id and the hash that were stored when the key was made', () => {
    const { text, keyId, secretHash } = createApiKey();
    expect(text).toMatch(/^cauce_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
    expect(parseApiKey(text)).toEqual({ keyId, secretHash });
    expect(secretHash).toMatch(/^[0-9a-f]{64}$/);
    expect(text).not.toContain(secretHash);
  });

  it('never makes the same key twice', () => {
    const made = Array.from({ length: 200 }, () => createApiKey().text);
    expect(new Set(made).size).toBe(made.length);
  });

  it('refuses a key with one character changed, dropped or added', () => {
    const { text } = createApiKey();
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'0Az_-'), (position, char) => {
        fc.pre(text[position] !== char);
        expect(parseApiKey(text.slice(0, position) + char + text.slice(position + 1))).toBeNull();
        expect(parseApiKey(text.slice(0, position) + text.slice(position + 1))).toBeNull();
        expect(parseApiKey(text.slice(0, position) + char + text.slice(position))).toBeNull();
      }),
    );
  });

  it('refuses any other text', () => {
    fc.assert(fc.property(fc.string(), (text) => parseApiKey(text) === null));
    fc.assert(fc.property(fc.string(), (text) => parseApiKey(`cauce_${text}`) === null));
  });
});
