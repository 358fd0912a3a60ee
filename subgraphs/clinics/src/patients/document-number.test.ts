import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasRightCheckDigit, isNationalId, normaliseDocument } from './document-number.ts';

describe('document numbers', () => {
  it('are one number however they are written', () => {
    expect(normaliseDocument(' 11.111.111-1 ')).toBe('11111111-1');
    expect(normaliseDocument('40.000.014-k')).toBe('40000014-K');
  });

  it('of Chile carry a check digit, and exactly one of the eleven is right', () => {
    expect(hasRightCheckDigit('11111111-1')).toBe(true);
    const digits = [...'0123456789K'];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        expect(digits.filter((digit) => hasRightCheckDigit(`${number}-${digit}`))).toHaveLength(1);
      }),
    );
  });

  it('catch any one mistyped digit of a RUT', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const typed = [...'11111111'].map((digit, index) => (index === place ? (Number(digit) + shift) % 10 : digit));
        expect(isNationalId(`${typed.join('')}-1`)).toBe(false);
      }),
    );
  });

  it('of other countries are plain digits', () => {
    expect(isNationalId('1032456789')).toBe(true);
    expect(isNationalId('12')).toBe(false);
    expect(isNationalId('AB123456')).toBe(false);
  });
});
