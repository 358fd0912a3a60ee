'use client';
import { useTranslations } from 'next-intl';
import type { Failure } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type MadeOrderFragment,
  MadeOrderFragmentDoc,
  type ProductPageQuery,
} from '../../../graphql/generated/graphql.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';

/** The newest production orders that made a product in the period. */
export function MadePanel({
  orders,
  period,
  failure,
  onRetry,
}: {
  readonly orders: NonNullable<ProductPageQuery['product']>['productionOrders'];
  readonly period: string;
  readonly failure: Failure | null;
  readonly onRetry: () => void;
}) {
  const t = useTranslations('inventory.product');
  const format = useFormat();
  const rows = (orders?.edges ?? []).map(({ node }) => readFragment(MadeOrderFragmentDoc, node));
  const tons = (id: 'plannedTons' | 'producedTons'): TableColumn<MadeOrderFragment> => ({
    id,
    label: t(`columns.${id}`),
    unit: 't',
    align: 'end',
    isWide: id === 'plannedTons',
    value: (row) => row[id],
    cell: (row) => format.number(row[id], { digits: 2 }),
  });
  const columns: readonly TableColumn<MadeOrderFragment>[] = [
    { id: 'order', label: t('columns.order'), value: (row) => row.orderNumber },
    { id: 'site', label: t('columns.site'), value: (row) => row.site?.name ?? '–', isWide: true },
    {
      id: 'day',
      label: t('columns.day'),
      align: 'end',
      value: (row) => row.producedOn,
      cell: (row) => format.day(row.producedOn),
    },
    tons('plannedTons'),
    tons('producedTons'),
  ];
  return (
    <Panel
      title={t('production', { period })}
      aside={orders == null ? undefined : <span>{t('orders', { count: orders.totalCount ?? rows.length })}</span>}
    >
      {failure !== null ? (
        <ErrorState failure={failure} what={t('productionWhat')} onRetry={onRetry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('notMade.title')} hint={t('notMade.hint')} />
      ) : (
        <SmallTable caption={t('production', { period })} columns={columns} rows={rows} rowId={({ id }) => id} />
      )}
    </Panel>
  );
}
