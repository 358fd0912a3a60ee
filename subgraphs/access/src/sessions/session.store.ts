import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { RefreshTokenText } from './refresh-token.ts';

/** A sign-in: the family of refresh tokens that follow one another. */
export interface NewFamily {
  readonly userId: string;
  readonly address: string | null;
  readonly now: Date;
}

const idleDays = 30;
/** Even who comes every day signs in again after this. */
const longestDays = 90;
const dayMs = 24 * 60 * 60 * 1000;

/** Starts a family with its first token. */
export async function startFamily(
  tx: DatabaseTransaction,
  { userId, address, now }: NewFamily,
  token: RefreshTokenText,
): Promise<{ readonly id: string }> {
  const expiresAt = new Date(now.getTime() + idleDays * dayMs);
  return tx.refreshTokenFamily.create({
    data: {
      userId,
      address,
      createdAt: now,
      expiresAt,
      tokens: { create: { hash: token.hash, createdAt: now, expiresAt } },
    },
    select: { id: true },
  });
}

/** Locks the family a token belongs to, so that whoever else presents one of its tokens waits. */
export async function lockFamilyOf(tx: DatabaseTransaction, token: RefreshTokenText) {
  // The lock comes first and alone: what is read after it is what the one before us has left.
  const [locked] = await tx.$queryRaw<{ id: string }[]>`
    SELECT f.id::text FROM access.refresh_token_families f
    WHERE f.id = (SELECT t.family_id FROM access.refresh_tokens t WHERE t.hash = ${token.hash})
    FOR UPDATE`;
  return locked === undefined
    ? null
    : tx.refreshTokenFamily.findUnique({
        where: { id: locked.id },
        include: { user: { select: { isActive: true } } },
      });
}

/** What is stored of a token. */
export async function findToken(tx: DatabaseTransaction, token: RefreshTokenText) {
  return tx.refreshToken.findUnique({ where: { hash: token.hash } });
}

/** Exchanges the newest token of a locked family for its successor, and moves the family's end. */
export async function rotateToken(
  tx: DatabaseTransaction,
  family: { readonly id: string; readonly createdAt: Date },
  tokens: { readonly from: RefreshTokenText; readonly to: RefreshTokenText },
  now: Date,
): Promise<void> {
  const last = family.createdAt.getTime() + longestDays * dayMs;
  const expiresAt = new Date(Math.min(now.getTime() + idleDays * dayMs, last));
  await tx.refreshToken.update({ where: { hash: tokens.from.hash }, data: { rotatedAt: now } });
  await tx.refreshToken.create({ data: { familyId: family.id, hash: tokens.to.hash, createdAt: now, expiresAt } });
  await tx.refreshTokenFamily.update({ where: { id: family.id }, data: { expiresAt } });
}

export type EndReason = 'SIGNED_OUT' | 'TOKEN_REUSED' | 'PASSWORD_CHANGED' | 'ACCESS_CHANGED';

/** Ends a family; false when it had ended before. */
export async function endFamily(tx: DatabaseTransaction, id: string, reason: EndReason, now: Date): Promise<boolean> {
  const { count } = await tx.refreshTokenFamily.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: now, revokedReason: reason, ...(reason === 'TOKEN_REUSED' ? { reuseDetectedAt: now } : {}) },
  });
  return count > 0;
}

/** Ends all sign-ins of a user but one; answers how many. */
export async function endFamiliesOf(
  tx: DatabaseTransaction,
  userId: string,
  reason: EndReason,
  now: Date,
  exceptFamilyId: string | null = null,
): Promise<number> {
  const { count } = await tx.refreshTokenFamily.updateMany({
    where: { userId, revokedAt: null, ...(exceptFamilyId === null ? {} : { id: { not: exceptFamilyId } }) },
    data: { revokedAt: now, revokedReason: reason },
  });
  return count;
}
