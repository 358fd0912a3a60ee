import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApiKey } from '../auth/api-key-format.ts';
import { auditSnapshot } from './audit-snapshot.ts';

describe('auditSnapshot', () => {
  it('keeps what changed and loses what must never be written down', () => {
    const apiKey = createApiKey().text;
    const state = {
      id: '7',
      name: 'Ana',
      url: `https://hooks.example/in?token=${'t'.repeat(20)}`,
      at: new Date('2026-11-20T12:00:00Z'),
      passwordHash: '$argon2id$v=19$x',
      secretEncrypted: 'box',
      nested: [{ refreshToken: 'r', note: `use ${apiKey}` }],
    };
    const text = JSON.stringify(auditSnapshot(state));
    expect(JSON.parse(text)).toMatchObject({ id: '7', name: 'Ana', at: '2026-11-20T12:00:00.000Z' });
    for (const secret of ['argon2id', '"box"', '"r"', apiKey, 'ttttt']) expect(text).not.toContain(secret);
  });

  it('never lets a value under a secret name through, however deep it lies', () => {
    const secretName = fc.constantFrom(
      'password',
      'newPassword',
      'clientSecret',
      'accessToken',
      'authorization',
      'apiKey',
    );
    const nested = fc.array(fc.constantFrom('site', 'rows', 'config', 'items'), { maxLength: 8 });
    fc.assert(
      fc.property(secretName, nested, fc.uuid(), (name, path, secret) => {
        const state = path.reduce<unknown>((inner, key) => ({ [key]: [inner] }), { [name]: secret });
        expect(JSON.stringify(auditSnapshot(state))).not.toContain(secret);
      }),
    );
  });

  it('keeps the size of a state that is too large, and nothing for no state', () => {
    const large = auditSnapshot(Array.from({ length: 1_500 }, (_, index) => ({ index, text: 'x'.repeat(40) })));
    expect(large).toEqual({ omittedBytes: expect.any(Number) });
    expect(auditSnapshot(undefined)).toBeNull();
    expect(auditSnapshot(null)).toBeNull();
  });
});
