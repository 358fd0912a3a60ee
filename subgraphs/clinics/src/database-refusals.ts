import { Prisma } from '@cauce/prisma/client';
import { z } from 'zod';

/** Whether two transactions waited for each other and this one gave way: it can be tried again. */
export function isDeadlock(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === 'P2034' || causeOf(error)?.originalCode === '40P01')
  );
}

/** The name of the exclusion constraint (23P01) that refused the write; null when it was something else. */
export function excludedBy(error: unknown): string | null {
  const cause = causeOf(error);
  if (cause?.originalCode !== '23P01') return null;
  return /exclusion constraint "(\w+)"/.exec(cause.originalMessage)?.[1] ?? '';
}

/** Prisma has no error of its own for these: what Postgres said travels inside. */
const refusal = z.object({
  driverAdapterError: z.object({ cause: z.object({ originalCode: z.string(), originalMessage: z.string() }) }),
});

function causeOf(error: unknown) {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  return refusal.safeParse(error.meta).data?.driverAdapterError.cause ?? null;
}
