'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { ProductionOrderRowFragmentDoc, ProductionOrdersDocument } from '../../graphql/generated/graphql.ts';
import { useConnection } from '../../graphql/use-connection.ts';
import type { ScopeSite } from '../../shell/scope.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterSelect, SearchField } from '../../ui/filters.tsx';
import type { DayRange } from '../../ui/format/day-range.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { type OrderRow, useOrderColumns } from './order-columns.tsx';
import { OrderSheet } from './order-sheet.tsx';

const statuses = ['OPEN', 'DISPATCHED', 'CANCELLED'] as const;
const filterParsers = {
  search: parseAsString.withDefault(''),
  status: parseAsStringLiteral(statuses),
  order: parseAsString,
};

/** Every order of the period: searched, filtered, sorted, exported, opened. The filters are in the address. */
export function OrdersPanel({ site, range }: { readonly site: ScopeSite; readonly range: DayRange }) {
  const t = useTranslations('production.orders');
  const [{ search, status, order }, setFilters] = useQueryStates(filterParsers, { history: 'replace' });
  const searched = useDeferredValue(search.trim());
  const filter = useMemo(
    () => ({
      siteIds: [site.id],
      range,
      ...(status === null ? {} : { statuses: [status] }),
      ...(searched === '' ? {} : { search: searched }),
    }),
    [site.id, range, status, searched],
  );
  const columns = useOrderColumns();
  const { rows, totalCount, loadMore, allRows, isLoading, failed, retry } = useConnection({
    query: ProductionOrdersDocument,
    filter,
    connectionOf: ({ productionOrders }) => productionOrders,
    toRow: (node) => readFragment(ProductionOrderRowFragmentDoc, node),
  });
  const isFiltered = search !== '' || status !== null;
  const open = rows.find((row) => row.id === order) ?? null;
  return (
    <Panel title={t('title')} inset="flush">
      {failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : rows.length === 0 && !isLoading && !isFiltered ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <DataTable
          caption={t('title')}
          columns={columns}
          rows={rows}
          rowId={rowId}
          totalCount={totalCount}
          onEnd={loadMore}
          onOpen={(row) => void setFilters({ order: row.id })}
          openId={order}
          allRows={allRows}
          fileName={`${site.code}-ordenes-${range.from}-${range.to}`}
          placeholder={
            isLoading ? <SkeletonRows count={8} /> : <EmptyState title={t('none.title')} hint={t('none.hint')} />
          }
          filters={
            <>
              <SearchField
                label={t('search')}
                value={search}
                onChange={(text) => void setFilters({ search: text === '' ? null : text })}
              />
              <FilterSelect
                label={t('status')}
                value={status}
                options={statuses.map((one) => ({ value: one, label: t(`statuses.${one}`) }))}
                all={t('allStatuses')}
                onChange={(next) => void setFilters({ status: next })}
              />
            </>
          }
        />
      )}
      {open === null ? null : <OrderSheet order={open} onClose={() => void setFilters({ order: null })} />}
    </Panel>
  );
}

const rowId = (row: OrderRow) => row.id;
