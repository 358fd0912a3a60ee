import { Prisma } from '@cauce/prisma/client';

/** What became of a slot of the ledger (`s`), as messages count it. Kept in the shadow or dismissed, it needs nobody. */
export const hasVoucherSql = Prisma.sql`s.status IN ('SENT', 'VERIFIED')`;
export const isWaitingSql = Prisma.sql`s.status IN ('DUE', 'SENDING', 'UNKNOWN', 'RETRY_NEXT_DAY', 'SCHEDULED')`;
export const isInNeedSql = Prisma.sql`(s.status IN ('NEEDS_REVIEW', 'REJECTED', 'STOPPED')
  OR (s.status = 'SKIPPED' AND s.resolved_by IS NULL))`;
