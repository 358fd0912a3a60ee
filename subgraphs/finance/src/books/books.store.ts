import type { PrismaClient } from '@cauce/prisma/client';
import { reaches, type Viewer } from '@cauce/shared/auth/viewer';
import type { DateRange } from '@cauce/shared/schema/date-range';
import type { AccountTotal } from './profit-and-loss.ts';

/** Book entries are the company's: who reaches the company sees all of them, also those of single sites. */
export function createBooksStore(raw: PrismaClient, viewer: Viewer) {
  return {
    async accountTotals(companyId: string, { from, to }: DateRange): Promise<readonly AccountTotal[] | null> {
      if (!reaches(viewer.companyIds, companyId)) return null;
      return raw.$queryRaw<AccountTotal[]>`
        SELECT a.id AS "accountId", a.number, a.name, a.class, e.currency, sum(e.amount) AS amount
        FROM finance.book_entries e
        JOIN finance.accounts a ON a.id = e.account_id
        WHERE e.company_id = ${companyId}::uuid AND e.deleted_at IS NULL
          AND e.posted_on BETWEEN ${from}::date AND ${to}::date
          AND a.class IN ('INCOME', 'COST_OF_SALES', 'EXPENSE', 'OTHER_INCOME', 'OTHER_EXPENSE')
        GROUP BY a.id, e.currency
        ORDER BY a.class, a.number NULLS LAST, a.name`;
    },
  };
}
