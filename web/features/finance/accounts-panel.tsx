'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { BooksFragmentDoc, type FinanceBooksQuery } from '../../graphql/generated/graphql.ts';
import type { GraphAnswer } from '../../graphql/use-graph.ts';
import type { Scope } from '../../shell/scope.ts';
import { useComparisonNote } from '../../shell/use-comparison-note.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterSelect, SearchField } from '../../ui/filters.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useAccountColumns } from './account-columns.tsx';
import { type AccountRow, accountRows } from './account-rows.ts';
import { AccountSheet } from './account-sheet.tsx';

const classes = ['INCOME', 'COST_OF_SALES', 'EXPENSE', 'OTHER_INCOME', 'OTHER_EXPENSE'] as const;
const filterParsers = {
  search: parseAsString.withDefault(''),
  class: parseAsStringLiteral(classes),
  account: parseAsString,
};

/** The profit and loss of the period, account by account: searched, filtered, sorted, exported, opened. */
export function AccountsPanel({
  books,
  scope,
  company,
}: {
  readonly books: GraphAnswer<FinanceBooksQuery>;
  readonly scope: Scope;
  readonly company: NonNullable<Scope['company']>;
}) {
  const t = useTranslations('finance.accounts');
  const format = useFormat();
  const note = useComparisonNote(scope);
  const [filters, setFilters] = useQueryStates(filterParsers, { history: 'replace' });
  const now = readFragment(BooksFragmentDoc, books.data?.books);
  const before = readFragment(BooksFragmentDoc, books.data?.booksBefore);
  const all = useMemo(() => (now ? accountRows(now, before ?? null) : []), [now, before]);
  const rows = all.filter(
    (row) => (filters.class === null || row.class === filters.class) && matches(row, filters.search),
  );
  const currency = now?.currency ?? company.currency;
  const columns = useAccountColumns(currency);
  const failure = books.failed ?? failureAt(books.failures, 'books');
  const open = all.find((row) => row.id === filters.account) ?? null;
  return (
    <Panel title={t('title')} aside={`${format.range(scope.range)} ${note}`} inset="flush">
      {failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={books.retry} />
      ) : !books.isLoading && all.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <DataTable
          caption={t('title')}
          columns={columns}
          rows={rows}
          rowId={rowId}
          onOpen={(row) => void setFilters({ account: row.id })}
          openId={filters.account}
          fileName={`${company.code}-resultados-${scope.range.from}-${scope.range.to}`}
          placeholder={
            books.isLoading ? <SkeletonRows count={8} /> : <EmptyState title={t('none.title')} hint={t('none.hint')} />
          }
          filters={
            <>
              <SearchField
                label={t('search')}
                value={filters.search}
                onChange={(text) => void setFilters({ search: text === '' ? null : text })}
              />
              <FilterSelect
                label={t('columns.class')}
                value={filters.class}
                options={classes.map((one) => ({ value: one, label: t(`classes.${one}`) }))}
                all={t('allClasses')}
                onChange={(next) => void setFilters({ class: next })}
              />
            </>
          }
        />
      )}
      {open === null ? null : (
        <AccountSheet
          account={open}
          currency={currency}
          scope={scope}
          onClose={() => void setFilters({ account: null })}
        />
      )}
    </Panel>
  );
}

/** Accounts are few: they are searched here, by name without its accents or by number. */
function matches({ name, number }: AccountRow, search: string): boolean {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain(`${number ?? ''} ${name}`).includes(plain(search.trim()));
}

const rowId = (row: AccountRow) => row.id;
