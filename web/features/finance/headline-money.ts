import type { Numeric } from '../../ui/format/numbers.ts';
import type { Format } from '../../ui/format/use-format.ts';

const million = 1_000_000;

/** Money as a headline says it, without its currency: millions with one decimal (`379,1 M`), less than one exactly. */
export function headlineMoney(value: Numeric | null, format: Format): string {
  const isLarge = value !== null && Math.abs(Number(value)) >= million;
  return format.number(value, isLarge ? { compact: true } : {});
}
