const measured = new Set(['L', 'kg', 'm', 't', 'g', 'mL', 'm2', 'm3']);

/** What is measured has two digits in every row, so that a column aligns; what is counted is written whole if it is. */
export function quantityDigits(value: number | string | null, unit: string | null): number {
  if (unit !== null && measured.has(unit)) return 2;
  return value === null || Number.isInteger(Number(value)) ? 0 : 2;
}
