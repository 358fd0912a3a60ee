import { z } from 'zod';

const coded = z.object({ code: z.string() });

/**
 * Whether the database refused the data itself (class 22, data exception; class 23, constraint violation). Trying the
 * same again is useless then. Anything else, a lost connection above all, may pass with time.
 */
export function isDataFailure(error: unknown): boolean {
  const parsed = coded.safeParse(error);
  return parsed.success && /^2[23]/.test(parsed.data.code);
}

/** Whether a row was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return coded.safeParse(error).data?.code === '23505';
}
