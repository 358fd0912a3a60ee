'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { allPages } from '../../graphql/all-pages.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { ProductionOrderRowFragmentDoc, ProductionOrdersDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
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
  const client = useClient();
  const [{ search, status, order }, setFilters] = useQueryStates(filterParsers, { history: 'replace' });
  const [after, setAfter] = useState<{ readonly of: string; readonly cursor: string } | null>(null);
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
  // A cursor belongs to one filter; with another filter the list begins anew.
  const key = JSON.stringify(filter);
  const cursor = after?.of === key ? after.cursor : null;
  const answer = useGraph(
    ProductionOrdersDocument,
    useMemo(() => ({ filter, after: cursor }), [filter, cursor]),
  );
  const columns = useOrderColumns();
  const list = answer.data?.productionOrders;
  const rows = useMemo(
    () => (list?.edges ?? []).map(({ node }) => readFragment(ProductionOrderRowFragmentDoc, node)),
    [list],
  );
  const more = useCallback(() => {
    const end = list?.pageInfo.endCursor;
    if (list?.pageInfo.hasNextPage && end) setAfter({ of: key, cursor: end });
  }, [list, key]);
  const allRows = useCallback(async () => {
    const pages = await allPages(async (cursor) => {
      const { data } = await client.query(
        ProductionOrdersDocument,
        { filter, after: cursor },
        { requestPolicy: 'network-only' },
      );
      return data?.productionOrders ?? null;
    });
    return pages.map(({ node }) => readFragment(ProductionOrderRowFragmentDoc, node));
  }, [client, filter]);
  const isFiltered = search !== '' || status !== null;
  const open = rows.find((row) => row.id === order) ?? null;
  return (
    <Panel title={t('title')} inset="flush">
      {answer.failed !== null ? (
        <ErrorState failure={answer.failed} what={t('title')} onRetry={answer.retry} />
      ) : rows.length === 0 && !answer.isLoading && !isFiltered ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <DataTable
          caption={t('title')}
          columns={columns}
          rows={rows}
          rowId={rowId}
          totalCount={list?.totalCount ?? rows.length}
          onEnd={more}
          onOpen={(row) => void setFilters({ order: row.id })}
          openId={order}
          allRows={allRows}
          fileName={`${site.code}-ordenes-${range.from}-${range.to}`}
          placeholder={
            answer.isLoading ? <SkeletonRows count={8} /> : <EmptyState title={t('none.title')} hint={t('none.hint')} />
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
