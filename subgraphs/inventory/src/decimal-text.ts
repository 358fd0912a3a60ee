import { z } from 'zod';

/**
 * Exact text of a number that fits its column.
 * @param digits most before the point
 * @param decimals most after it
 */
export function decimalText(digits: number, decimals: number, { isNegativeAllowed = false } = {}) {
  const pattern = new RegExp(`^${isNegativeAllowed ? '-?' : ''}\\d{1,${digits}}(\\.\\d{1,${decimals}})?$`);
  const sign = isNegativeAllowed ? '' : ', not negative';
  return z.string().regex(pattern, `at most ${digits} digits before and ${decimals} after the point${sign}`);
}

/** One line of text as people type it: trimmed, accents in one piece, and without characters that no screen shows. */
export function lineText(longest: number) {
  return z
    .string()
    .trim()
    .normalize()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not have control or half characters');
}
