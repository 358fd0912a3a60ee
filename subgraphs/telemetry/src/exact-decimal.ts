import { Prisma } from '@cauce/prisma/client';

/**
 * Decimals that do not round: fifteen digits of a counter times eighteen of a constant fit many times over. Prisma's own
 * keep twenty digits. A result is of the kind of its left operand, so every chain begins with one of these.
 */
export const Exact = Prisma.Decimal.clone({ precision: 80, rounding: Prisma.Decimal.ROUND_HALF_EVEN });
