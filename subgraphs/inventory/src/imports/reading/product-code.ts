import { withoutMarks } from './clean-text.ts';
import type { Cell } from './grid.ts';
import type { ProblemCode } from './problem.ts';

export interface ProductCode {
  readonly sku: string;
  /** The file holds a number: zeros in front may be gone. */
  readonly wasNumber: boolean;
}

/** Characters of the longest code. */
export const longestCode = 50;

/** The code of a product as its label has it, or why what stands there cannot be one. */
export function readCode({ kind, text: shown, number }: Cell): ProductCode | ProblemCode {
  if (kind === 'date') return 'CODE_IS_A_DATE';
  const text = withoutMarks(shown).replace(/\s+/g, ' ');
  if (kind === 'boolean') return { sku: text, wasNumber: false };
  if (kind === 'text') {
    if (text === '') return 'MISSING';
    if (/^\d+(?:[.,]\d+)?E\+?\d+$/i.test(text) && /[.,+]/.test(text)) return 'CODE_LOST_DIGITS';
    return text.length > longestCode ? 'TOO_LONG' : { sku: text, wasNumber: false };
  }
  if (number === null) return 'MISSING';
  if (text !== '') return { sku: text, wasNumber: false };
  // Excel keeps 15 digits: a longer number has ended in zeros that nobody wrote.
  if (Math.abs(number) >= 1e15) return 'CODE_LOST_DIGITS';
  return { sku: String(number), wasNumber: Number.isInteger(number) && number >= 0 };
}
