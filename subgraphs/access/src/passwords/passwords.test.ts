import { describe, expect, it } from 'vitest';
import { createPasswords, type DeriveKey, deriveArgon2id } from './passwords.ts';

const passwords = createPasswords();

describe('passwords', () => {
  it('are stored as argon2id with OWASP parameters and a salt of their own', async () => {
    const [first, second] = await Promise.all([passwords.hash('río-que-corre'), passwords.hash('río-que-corre')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(first).not.toBe(second);
    expect(await passwords.verify('río-que-corre', first)).toBe(true);
    expect(await passwords.verify('rio-que-corre', first)).toBe(false);
  });

  it('are the same however the keyboard spells an accent', async () => {
    const stored = await passwords.hash('ca\u00f1averal-\u00e1');
    expect(await passwords.verify('can\u0303averal-a\u0301', stored)).toBe(true);
  });

  it('are derived by the argon2id of RFC 9106', async () => {
    const tag = await deriveArgon2id({
      message: Buffer.alloc(32, 1),
      nonce: Buffer.alloc(16, 2),
      secret: Buffer.alloc(8, 3),
      associatedData: Buffer.alloc(12, 4),
      memory: 32,
      passes: 3,
      parallelism: 4,
      tagLength: 32,
    });
    expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
  });

  it('cost one derivation with the same parameters whether the person exists or not', async () => {
    const costs: Parameters<DeriveKey>[0][] = [];
    const counting = createPasswords((parameters) => {
      costs.push(parameters);
      return deriveArgon2id(parameters);
    });
    const stored = await counting.hash('the right one');
    costs.length = 0;
    expect(await counting.verify('the wrong one', stored)).toBe(false);
    expect(await counting.verify('the wrong one', null)).toBe(false);
    expect(await counting.verify('the wrong one', 'something unreadable')).toBe(false);
    const today = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
    expect(costs).toMatchObject([today, today, today]);
  });

  it('made with other parameters are still checked, and known to be outdated', async () => {
    const light = await deriveArgon2id({
      message: Buffer.from('an old one'),
      nonce: Buffer.from('0123456789abcdef'),
      parallelism: 1,
      tagLength: 32,
      memory: 8192,
      passes: 1,
    });
    const stored = `$argon2id$v=19$m=8192,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$${light.toString('base64').replace('=', '')}`;
    expect(await passwords.verify('an old one', stored)).toBe(true);
    expect(passwords.isOutdated(stored)).toBe(true);
    expect(passwords.isOutdated(await passwords.hash('a new one'))).toBe(false);
  });
});
