import { describe, expect, it } from 'vitest';
import { quantityDigits } from './quantity-digits.ts';

describe('digits of a quantity', () => {
  it('are the same for everything measured in one unit', () => {
    expect(quantityDigits('6', 'L')).toBe(quantityDigits('43.73', 'L'));
  });
  it('are none for what is counted, unless half a piece lies there', () => {
    expect(quantityDigits('6', 'un')).toBe(0);
    expect(quantityDigits('6.5', 'un')).toBe(2);
    expect(quantityDigits(null, null)).toBe(0);
  });
});
