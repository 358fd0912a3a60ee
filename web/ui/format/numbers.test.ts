import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, formatMoney, formatNumber, formatPercent, formatQuantity, formatWritten } from './numbers.ts';

const narrow = '\u202f';
const hard = '\u00a0';

describe('numbers in the reader’s language', () => {
  it('groups Spanish thousands with a narrow space and marks decimals with a comma', () => {
    expect(formatNumber(12480.6, 'es', { digits: 1 })).toBe(`12${narrow}480,6`);
  });
  it('groups four digits in Spanish too, which the locale data alone would not', () => {
    expect(formatNumber(5012, 'es')).toBe(`5${narrow}012`);
  });
  it('writes English with comma and point', () => {
    expect(formatNumber(12480.6, 'en', { digits: 1 })).toBe('12,480.6');
  });
  it('keeps the digits of a decimal that came as text, and leaves what is no number alone', () => {
    expect(formatWritten('12480.60', 'es')).toBe(`12${narrow}480,60`);
    expect(formatWritten('-3', 'en')).toBe('\u22123');
    expect(formatWritten('sin medir', 'es')).toBe('sin medir');
  });
  it('keeps the unit on the line of its number', () => {
    expect(formatQuantity(12480.6, 't', 'es', { digits: 1 })).toBe(`12${narrow}480,6${hard}t`);
  });
  it('writes a missing value as a dash without a unit', () => {
    expect(formatQuantity(null, 'L/s', 'es')).toBe('–');
    expect(formatQuantity(Number.NaN, 'L/s', 'en')).toBe('–');
  });
  it('sets the percent sign off in Spanish only', () => {
    expect(formatPercent(4.2, 'es')).toBe(`4,2${hard}%`);
    expect(formatPercent(4.2, 'en')).toBe('4.2%');
  });
  it('signs differences and uses the true minus', () => {
    expect(formatNumber(0.11, 'es', { digits: 2, signed: true })).toBe('+0,11');
    expect(formatNumber(-3, 'en', { signed: true })).toBe('−3');
  });
  it('gives money the digits of its currency', () => {
    expect(formatMoney('312400', 'CLP', 'es')).toBe(`$${hard}312${narrow}400`);
    expect(formatMoney('312400.5', 'USD', 'en')).toBe('$312,400.50');
    expect(formatAmount('4.5', 'MXN', 'es')).toBe('4,50');
    expect(formatAmount('1990', 'CLP', 'es')).toBe(`1${narrow}990`);
  });
  it('never loses a digit of a decimal that came as text', () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,22}$/);
    fc.assert(
      fc.property(digits, (text) => {
        expect(formatNumber(text, 'es').replaceAll(narrow, '')).toBe(text);
      }),
    );
  });
});
