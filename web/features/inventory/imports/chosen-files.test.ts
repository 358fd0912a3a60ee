import { describe, expect, it } from 'vitest';
import { mostBytes, refusedBeforehand } from './chosen-files.ts';

describe('a file that somebody chose', () => {
  it('is sent when it is a spreadsheet of 10 MB at most', () => {
    expect(refusedBeforehand({ name: 'Stock.XLSX', size: mostBytes })).toBeNull();
    expect(refusedBeforehand({ name: 'ventas.marzo.xls', size: 1 })).toBeNull();
  });

  it('is refused before a byte of it is sent when it can be no spreadsheet of ours', () => {
    expect(refusedBeforehand({ name: 'stock.xlsx', size: mostBytes + 1 })).toBe('TOO_LARGE');
    expect(refusedBeforehand({ name: 'stock.xls', size: 0 })).toBe('EMPTY_FILE');
    expect(refusedBeforehand({ name: 'stock.xlsx.exe', size: 9 })).toBe('NOT_A_SPREADSHEET');
    expect(refusedBeforehand({ name: 'stock.csv', size: 9 })).toBe('NOT_A_SPREADSHEET');
  });
});
