import type { BooksFragment } from '../../graphql/generated/graphql.ts';

export type AccountClass = BooksFragment['lines'][number]['class'];

/** One account over the period and the one before it; amounts in the books' currency. */
export interface AccountRow {
  readonly id: string;
  readonly number: string | null;
  readonly name: string;
  readonly class: AccountClass;
  /** Null when nothing was booked in that period. */
  readonly amount: string | null;
  readonly before: string | null;
  /** Percent of what it was; null when it was nothing. */
  readonly changePct: number | null;
  /** Percent of the period's income; null without income. */
  readonly incomeShare: number | null;
}

/** The accounts of either period, in the order of a statement: as the books list them, then those that fell silent. */
export function accountRows(now: BooksFragment, before: BooksFragment | null): readonly AccountRow[] {
  const known = new Map(now.lines.map((line) => [line.accountId, line]));
  const previous = new Map(before?.lines.map((line) => [line.accountId, line]));
  const income = Number(now.income);
  const silent = (before?.lines ?? []).filter((line) => !known.has(line.accountId));
  return [...now.lines, ...silent].map((line) => {
    const amount = known.get(line.accountId)?.amount ?? null;
    const was = previous.get(line.accountId)?.amount ?? null;
    return {
      id: line.accountId,
      number: line.number,
      name: line.name,
      class: line.class,
      amount,
      before: was,
      changePct:
        was === null || Number(was) === 0 ? null : ((Number(amount ?? 0) - Number(was)) / Math.abs(Number(was))) * 100,
      incomeShare: amount === null || income <= 0 ? null : (Number(amount) / income) * 100,
    };
  });
}
