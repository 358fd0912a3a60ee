import { describe, expect, it } from 'vitest';
import type { BooksFragment } from '../../graphql/generated/graphql.ts';
import { accountRows } from './account-rows.ts';

const books = (income: string, amounts: Record<string, string>): BooksFragment => ({
  ...{ currency: 'CLP', income, grossProfit: '0', expenses: '0', netIncome: '0' },
  lines: Object.entries(amounts).map(([id, amount]) => ({
    ...{ accountId: id, number: id, name: id, class: 'EXPENSE' as const, amount },
  })),
});

describe('accounts of two periods', () => {
  it('are put side by side with their change and their share of the income', () => {
    expect(accountRows(books('200', { a: '50' }), books('100', { a: '40' }))[0]).toMatchObject({
      ...{ amount: '50', before: '40', changePct: 25, incomeShare: 25 },
    });
  });
  it('have no change where there was nothing, and no share without income', () => {
    expect(accountRows(books('0', { a: '50', b: '5' }), books('0', { a: '0' }))).toMatchObject([
      { changePct: null, incomeShare: null },
      { before: null, changePct: null },
    ]);
  });
  it('keep an account that nothing was booked on this time: it fell by all of it', () => {
    expect(accountRows(books('200', {}), books('100', { a: '40' }))).toMatchObject([
      { id: 'a', amount: null, before: '40', changePct: -100, incomeShare: null },
    ]);
  });
  it('grow when a loss shrinks', () => {
    expect(accountRows(books('1', { a: '-10' }), books('1', { a: '-40' }))[0]?.changePct).toBe(75);
  });
  it('stand alone without a period before', () => {
    expect(accountRows(books('200', { a: '50' }), null)[0]).toMatchObject({ before: null, changePct: null });
  });
});
