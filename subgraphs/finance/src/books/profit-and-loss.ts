import type { AccountClass, Prisma } from '@cauce/prisma/client';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { Decimal } from 'decimal.js';

export interface AccountTotal {
  readonly accountId: string;
  readonly number: string | null;
  readonly name: string;
  readonly class: AccountClass;
  readonly currency: string;
  readonly amount: Prisma.Decimal;
}

/** What a company earned and spent over some days, in one currency, from its book entries. */
export interface ProfitAndLoss {
  readonly companyId: string;
  readonly range: DateRange;
  readonly currency: string | null;
  readonly lines: readonly AccountTotal[];
  readonly income: Decimal;
  readonly costOfSales: Decimal;
  readonly grossProfit: Decimal;
  readonly expenses: Decimal;
  readonly otherIncome: Decimal;
  readonly otherExpenses: Decimal;
  readonly netIncome: Decimal;
}

/** Adds the accounts up: gross profit = income − cost of sales; net = gross − expenses + other income − other expense. */
export function toProfitAndLoss(companyId: string, range: DateRange, lines: readonly AccountTotal[]): ProfitAndLoss {
  const sumOf = (wanted: AccountClass) =>
    lines
      .filter((line) => line.class === wanted)
      .reduce((sum, line) => sum.plus(line.amount.toString()), new Decimal(0));
  const income = sumOf('INCOME');
  const costOfSales = sumOf('COST_OF_SALES');
  const expenses = sumOf('EXPENSE');
  const otherIncome = sumOf('OTHER_INCOME');
  const otherExpenses = sumOf('OTHER_EXPENSE');
  const grossProfit = income.minus(costOfSales);
  return {
    companyId,
    range,
    currency: lines[0]?.currency ?? null,
    lines,
    income,
    costOfSales,
    grossProfit,
    expenses,
    otherIncome,
    otherExpenses,
    netIncome: grossProfit.minus(expenses).plus(otherIncome).minus(otherExpenses),
  };
}
