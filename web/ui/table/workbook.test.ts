import { describe, expect, it } from 'vitest';
import { sheetName, workbookRows } from './workbook.ts';

const cellOf = (value: string | number | null) => workbookRows(['x'], [[value]])[1]?.[0];

describe('a workbook export', () => {
  it('keeps exact decimals numbers while a spreadsheet keeps all their digits, and text after that', () => {
    expect(cellOf('-12.50')).toEqual({ value: -12.5, type: Number });
    expect(cellOf(7)).toEqual({ value: 7, type: Number });
    expect(cellOf('1234567890123456')).toEqual({ value: '1234567890123456', type: String });
    expect(cellOf(null)).toBeNull();
  });
  it('keeps the leading zeros of a code, and whatever begins like a formula, as text', () => {
    for (const text of ['00123', '=1+1', '+56', '@x']) expect(cellOf(text)).toEqual({ value: text, type: String });
  });
});

it('names a sheet as spreadsheets allow it, whatever the table is called', () => {
  expect(sheetName('NORTE-POZO-1-Caudal/día: [L/s]?')).toBe('NORTE-POZO-1-Caudal-día- -L-s--');
  expect(sheetName("'x'")).toBe('x');
  expect(sheetName('')).toBe('-');
});
