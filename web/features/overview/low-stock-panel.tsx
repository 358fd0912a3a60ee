'use client';
import { useTranslations } from 'next-intl';
import type { LowStockRowFragment } from '../../graphql/generated/graphql.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Freshness } from '../../ui/freshness.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { SmallTable } from '../../ui/table/small-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { daysLeft } from '../inventory/days-left.ts';
import { DaysOfCover } from '../inventory/days-of-cover.tsx';
import { useUnits } from '../inventory/units/use-units.ts';
import { useLowStock } from '../inventory/use-low-stock.ts';

/** A copy of the ERP's stock older than this is late: it is brought over every hour. */
const scheduleMs = 2 * 60 * 60_000;

/** The products to buy first, as the graph proposes them. */
export function LowStockPanel({ siteId }: { readonly siteId: string }) {
  const t = useTranslations('overview.lowStock');
  const format = useFormat();
  const units = useUnits();
  const { rows, copiedAt, isLoading, failure, retry } = useLowStock(siteId);
  const columns: readonly TableColumn<LowStockRowFragment>[] = [
    { id: 'name', label: t('product'), value: (row) => row.product?.name ?? '–' },
    {
      id: 'stock',
      label: t('stock'),
      align: 'end',
      value: (row) => row.onHand,
      cell: (row) => units.quantity(row.onHand, row.product?.unit),
    },
    {
      id: 'days',
      label: t('days'),
      align: 'end',
      value: (row) => daysLeft(row.onHand, row.dailyDemand),
      cell: (row) => <DaysOfCover days={daysLeft(row.onHand, row.dailyDemand)} />,
    },
    {
      id: 'order',
      label: t('order'),
      align: 'end',
      value: (row) => row.quantity,
      cell: (row) => format.number(row.quantity),
    },
  ];
  return (
    <Panel title={t('title')} aside={<Freshness source={t('source')} at={copiedAt} scheduleMs={scheduleMs} />}>
      {isLoading ? (
        <SkeletonRows count={6} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={retry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <SmallTable
          caption={t('title')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.product?.id ?? `${row.quantity}-${row.onHand}-${row.dailyDemand}`}
        />
      )}
    </Panel>
  );
}
