import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

describe('where sign-in leads', () => {
  it('is the page that was asked for, with its filters and without its language', () => {
    expect(safeNext('/es/water?site=s1&from=2026-11-01')).toBe('/water?site=s1&from=2026-11-01');
    expect(safeNext('/water?point=p')).toBe('/water?point=p');
    expect(safeNext('/en')).toBe('/');
  });
  it('is home for anything odd', () => {
    expect(safeNext(null)).toBe('/');
    expect(safeNext('/es/sign-in')).toBe('/');
  });
  it('is never another site', () => {
    const attack = fc
      .tuple(fc.constantFrom('//', '/\\', 'https://', 'javascript:', '/es//', '/\t/', '/.//', '/es/..//'), fc.webUrl())
      .map(([a, b]) => a + b);
    fc.assert(
      fc.property(attack, (text) => {
        const target = new URL(safeNext(text), 'https://app.cauce.example');
        expect(target.origin).toBe('https://app.cauce.example');
      }),
    );
  });
});
