'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ProductionOrderRowFragment } from '../../graphql/generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { LiveValue } from '../../ui/live-value.tsx';
import { StateTag, type StateTone } from '../../ui/state-tag.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';

export type OrderRow = ProductionOrderRowFragment;

export const statusTones: Readonly<Record<OrderRow['status'], StateTone>> = {
  OPEN: 'brand',
  DISPATCHED: 'ok',
  CANCELLED: 'neutral',
};

/** The columns of the order list. */
export function useOrderColumns(): readonly TableColumn<OrderRow>[] {
  const t = useTranslations('production.orders');
  const format = useFormat();
  return useMemo((): readonly TableColumn<OrderRow>[] => {
    const tons = (
      id: 'plannedTons' | 'producedTons' | 'cancelledTons' | 'rawMaterialTons',
      more: Partial<TableColumn<OrderRow>>,
    ): TableColumn<OrderRow> => ({
      id,
      label: t(`columns.${id}`),
      unit: 't',
      align: 'end',
      value: (row) => row[id],
      cell: (row) => <LiveValue text={format.number(row[id], { digits: 2 })} />,
      ...more,
    });
    return [
      { id: 'orderNumber', label: t('columns.orderNumber'), value: (row) => row.orderNumber },
      {
        id: 'producedAt',
        label: t('columns.producedAt'),
        value: (row) => row.producedAtLocal,
        cell: (row) => format.localInstant(row.producedAtLocal),
        isWide: true,
      },
      { id: 'product', label: t('columns.product'), value: (row) => row.productName ?? row.productSku, isWide: true },
      tons('plannedTons', { isWide: true }),
      tons('producedTons', {}),
      tons('cancelledTons', { isExtra: true, isWide: true }),
      tons('rawMaterialTons', { isExtra: true, isWide: true }),
      {
        id: 'sackoff',
        isWide: true,
        label: t('columns.sackoff'),
        unit: '%',
        align: 'end',
        value: (row) => row.sackoffPct,
        cell: (row) => format.number(row.sackoffPct, { digits: 2 }),
      },
      {
        id: 'durability',
        label: t('columns.durability'),
        unit: '%',
        align: 'end',
        isWide: true,
        value: (row) => row.qaDurabilityPct,
        cell: (row) => format.number(row.qaDurabilityPct, { digits: 1 }),
      },
      {
        id: 'adiflow',
        label: t('columns.adiflow'),
        isWide: true,
        value: (row) => (row.hasAdiflow === null ? null : row.hasAdiflow ? t('with') : t('without')),
        cell: (row) => (row.hasAdiflow === null ? '–' : row.hasAdiflow ? t('with') : t('without')),
      },
      {
        id: 'status',
        label: t('columns.status'),
        align: 'end',
        value: (row) => t(`statuses.${row.status}`),
        cell: (row) => <StateTag tone={statusTones[row.status]}>{t(`statuses.${row.status}`)}</StateTag>,
      },
    ];
  }, [t, format]);
}
