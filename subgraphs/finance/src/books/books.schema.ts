import { isUuid } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import { checkRange } from '../metrics/daily-metrics.ts';
import type { FinanceRefs } from '../refs.ts';
import type { FinanceBuilder } from '../services.ts';
import { type AccountTotal, type ProfitAndLoss, toProfitAndLoss } from './profit-and-loss.ts';

const accountClasses = [
  'INCOME',
  'COST_OF_SALES',
  'EXPENSE',
  'OTHER_INCOME',
  'OTHER_EXPENSE',
  'ASSET',
  'LIABILITY',
  'EQUITY',
] as const;

/** Adds `profitAndLoss`. */
export function addBooks(builder: FinanceBuilder, { company, dateRange }: FinanceRefs): void {
  const accountClass = builder.enumType('AccountClass', {
    description: 'Where an account stands in the statements.',
    values: accountClasses,
  });
  const line = builder.objectRef<AccountTotal>('ProfitAndLossLine').implement({
    description: 'One account over the period.',
    fields: (t) => ({
      accountId: t.exposeID('accountId', { description: 'Opaque id of the account.' }),
      number: t.exposeString('number', { nullable: true, description: 'Account number in the books.' }),
      name: t.exposeString('name', { description: 'Account name in the books.' }),
      class: t.expose('class', { type: accountClass, description: 'Where it stands.' }),
      amount: t.expose('amount', {
        type: 'Decimal',
        description: "Sum of its entries; positive adds to the account's own side.",
      }),
    }),
  });
  const amount = (description: string) => ({ type: 'Decimal', description }) as const;
  const statement = builder.objectRef<ProfitAndLoss>('ProfitAndLoss').implement({
    description: 'What a company earned and spent, from its book entries.',
    fields: (t) => ({
      from: t.field({ type: 'Date', description: 'First day.', resolve: ({ range }) => range.from }),
      to: t.field({ type: 'Date', description: 'Last day.', resolve: ({ range }) => range.to }),
      currency: t.exposeString('currency', { nullable: true, description: 'ISO 4217; null when nothing was booked.' }),
      income: t.expose('income', amount('Operating income.')),
      costOfSales: t.expose('costOfSales', amount('Cost of what was sold.')),
      grossProfit: t.expose('grossProfit', amount('Income − cost of sales.')),
      expenses: t.expose('expenses', amount('Operating expenses.')),
      otherIncome: t.expose('otherIncome', amount('Income outside operations.')),
      otherExpenses: t.expose('otherExpenses', amount('Expenses outside operations.')),
      netIncome: t.expose('netIncome', amount('Gross profit − expenses + other income − other expenses.')),
      lines: t.field({ type: [line], description: 'Account by account.', resolve: ({ lines }) => [...lines] }),
      company: t.field({ type: company, description: 'The company.', resolve: ({ companyId }) => ({ id: companyId }) }),
    }),
  });
  builder.queryField('profitAndLoss', (t) =>
    t.field({
      // Adds up whole tables of the viewer's reach.
      cost: 50,
      type: statement,
      nullable: true,
      description: 'Profit and loss of a company; null when it is not within reach.',
      authScopes: { permission: 'finance:read' },
      args: { companyId: t.arg.id(), range: t.arg({ type: dateRange }) },
      resolve: async (_root, { companyId, range }, { services }) => {
        if (!isUuid(companyId)) return null;
        const lines = await services.books.accountTotals(companyId, checkRange(range));
        if (lines === null) return null;
        if (new Set(lines.map(({ currency }) => currency)).size > 1) {
          throw new AppError('CONFLICT', 'The books hold several currencies; they cannot be added up');
        }
        return toProfitAndLoss(companyId, range, lines);
      },
    }),
  );
}
