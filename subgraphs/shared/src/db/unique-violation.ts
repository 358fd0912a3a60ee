import { Prisma } from '@cauce/prisma/client';

/** Whether a unique constraint refused what the typed client wrote: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
