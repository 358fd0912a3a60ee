import { z } from 'zod';

/** One line of text that people typed: trimmed, not empty, without control characters (Postgres refuses a zero). */
export function plainText(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}]*$/u, 'must not have control characters');
}

/** What is searched for, as Postgres can read it; null when nothing is. */
export function searchText(text: string | null | undefined): string | null {
  const plain = (text ?? '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 200);
  return plain === '' ? null : plain;
}
