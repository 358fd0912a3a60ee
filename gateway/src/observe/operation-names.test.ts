import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMeasuredNames } from './operation-names.ts';

describe('names of operations as labels', () => {
  it('are never more than so many, whatever clients call their operations', () => {
    const name = fc.oneof(fc.constant(null), fc.string(), fc.constantFrom('Overview', '__proto__', 'other'));
    const kind = fc.constantFrom('anonymous' as const, 'user' as const, 'apiKey' as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, kind), { maxLength: 200 }), (requests) => {
        const nameOf = createMeasuredNames(new Set(['Overview']), 5);
        const labels = new Set(requests.map(([one, viewer]) => nameOf(one, { kind: viewer })));
        expect(labels.size).toBeLessThanOrEqual(5 + 3);
      }),
    );
  });

  it('are not decided on by strangers', () => {
    const nameOf = createMeasuredNames(new Set(['Overview']));
    expect(nameOf('Mine', { kind: 'anonymous' })).toBe('other');
    expect(nameOf('Overview', { kind: 'anonymous' })).toBe('Overview');
    expect(nameOf('Mine', { kind: 'user' })).toBe('Mine');
    expect(nameOf('Mine', { kind: 'anonymous' })).toBe('Mine');
  });
});
