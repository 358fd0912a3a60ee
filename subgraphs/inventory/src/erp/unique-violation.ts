import { Prisma } from '@cauce/prisma/client';

/** Whether a change failed because another row of the kind is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
