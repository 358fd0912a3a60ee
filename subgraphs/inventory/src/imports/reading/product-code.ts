import type { Cell } from './grid.ts';
import type { ProblemCode } from './problem.ts';

export interface ProductCode {
  readonly sku: string;
  /** The file holds a number: zeros in front may be gone. */
  readonly wasNumber: boolean;
}

/** The code of a product as its label has it, or why what stands there cannot be one. */
export function readCode({ kind, text, number }: Cell): ProductCode | ProblemCode {
  if (kind === 'date') return 'CODE_IS_A_DATE';
  if (kind === 'boolean') return { sku: text, wasNumber: false };
  if (kind === 'text') {
    if (/^\d+(?:[.,]\d+)?E\+?\d+$/i.test(text) && /[.,+]/.test(text)) return 'CODE_LOST_DIGITS';
    return text.length > 50 ? 'TOO_LONG' : { sku: text.replace(/\s+/g, ' '), wasNumber: false };
  }
  if (number === null) return 'MISSING';
  if (text !== '') return { sku: text, wasNumber: false };
  // Excel keeps 15 digits: a longer number has ended in zeros that nobody wrote.
  if (Math.abs(number) >= 1e15) return 'CODE_LOST_DIGITS';
  return { sku: String(number), wasNumber: Number.isInteger(number) && number >= 0 };
}
