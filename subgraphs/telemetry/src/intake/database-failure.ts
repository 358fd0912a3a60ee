import { z } from 'zod';

const coded = z.object({ code: z.string() });
/** Through the typed client what Postgres said travels inside. */
const wrapped = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }),
});

/**
 * Whether the database refused the data itself (class 22, data exception; class 23, constraint violation). Trying the
 * same again is useless then. Anything else, a lost connection above all, may pass with time.
 */
export function isDataFailure(error: unknown): boolean {
  const inside = wrapped.safeParse(error).data?.meta.driverAdapterError.cause.originalCode;
  return /^2[23]/.test(inside ?? coded.safeParse(error).data?.code ?? '');
}

/** Whether a row was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return coded.safeParse(error).data?.code === '23505';
}
