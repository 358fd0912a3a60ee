'use client';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { type BooksFragment, BooksFragmentDoc, type FinanceBooksQuery } from '../../graphql/generated/graphql.ts';
import type { GraphAnswer } from '../../graphql/use-graph.ts';
import type { Scope } from '../../shell/scope.ts';
import { useChange } from '../../shell/use-change.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { SkeletonStats } from '../../ui/skeleton.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import classes from './finance.module.css';
import { headlineMoney } from './headline-money.ts';

const figures = ['income', 'grossProfit', 'expenses', 'netIncome'] as const;

/** What the company earned and spent in the period against the one before. Nothing here when the table below says why. */
export function BooksHeadline({
  books,
  scope,
  currency,
}: {
  readonly books: GraphAnswer<FinanceBooksQuery>;
  readonly scope: Scope;
  readonly currency: string;
}) {
  const t = useTranslations('finance.books');
  const format = useFormat();
  const change = useChange(scope);
  const headingId = useId();
  if (books.isLoading) return <SkeletonStats count={figures.length + 1} />;
  const now = readFragment(BooksFragmentDoc, books.data?.books);
  const before = readFragment(BooksFragmentDoc, books.data?.booksBefore);
  if (!now || now.lines.length === 0 || failureAt(books.failures, 'books') !== null) return null;
  const share = (book: BooksFragment) => (Number(book.netIncome) / Number(book.income)) * 100;
  return (
    <section className={classes.group} aria-labelledby={headingId}>
      <div className={classes.head}>
        <h2 id={headingId}>{t('title')}</h2>
        <p>{format.range(scope.range)}</p>
      </div>
      <StatRow label={t('label', { period: format.range(scope.range) })}>
        {figures.map((figure) => (
          <Stat
            key={figure}
            label={t(`figures.${figure}`)}
            value={headlineMoney(now[figure], format)}
            unit={now.currency ?? currency}
            {...change(Number(now[figure]), before && before.lines.length > 0 ? Number(before[figure]) : null, {
              more: figure === 'expenses' ? 'bad' : 'good',
              as: 'percent',
            })}
          />
        ))}
        {Number(now.income) > 0 ? (
          <Stat
            label={t('figures.margin')}
            value={format.number(share(now), { digits: 1 })}
            unit={t('ofIncome')}
            {...change(share(now), before && Number(before.income) > 0 ? share(before) : null, {
              more: 'good',
              as: 'points',
            })}
          />
        ) : null}
      </StatRow>
    </section>
  );
}
