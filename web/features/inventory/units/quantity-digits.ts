import { readUnit } from './read-unit.ts';

/** What is measured has two digits in every row, so that a column aligns; what is counted is written whole if it is. */
export function quantityDigits(value: number | string | null, unit: string | null): number {
  if (readUnit(unit).kind === 'measured') return 2;
  return value === null || Number.isInteger(Number(value)) ? 0 : 2;
}
