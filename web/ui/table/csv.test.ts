import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

const cellOf = (value: string) => toCsv(['x'], [[value]], 'en').split('\r\n')[1] ?? '';

describe('a CSV export', () => {
  it('opens in a Spanish spreadsheet as it is: semicolons and decimal commas', () => {
    expect(toCsv(['Punto', 'L/s'], [['Pozo 1', 12.4]], 'es')).toBe('\ufeffPunto;L/s\r\nPozo 1;12,4\r\n');
  });
  it('opens in an English one: commas and decimal points', () => {
    expect(toCsv(['Point', 'L/s'], [['Well 1', '12.40']], 'en')).toBe('\ufeffPoint,L/s\r\nWell 1,12.40\r\n');
  });
  it('keeps separators, quotes and line breaks inside their cell', () => {
    expect(cellOf('a,"b"\nc')).toBe('"a,""b""\nc"');
  });
  it('leaves a negative number a number', () => {
    expect(cellOf('-3.5')).toBe('-3.5');
  });
  it('keeps the leading zeros of a code', () => {
    expect(cellOf('00123')).toBe('00123');
  });
  it('never lets a cell begin like a formula', () => {
    const attack = fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t=', ' =', '\r+', '＝'), fc.string())
      .map(([a, b]) => a + b);
    fc.assert(
      fc.property(attack, (text) => {
        const cell = cellOf(text.replaceAll('\r\n', ' '));
        expect(/^"?'/.test(cell) || /^"?-?[\d.]+"?$/.test(cell)).toBe(true);
      }),
    );
  });
});
