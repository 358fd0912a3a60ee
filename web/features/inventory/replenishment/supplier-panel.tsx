'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { SupplierFiguresFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { DataTable } from '../../../ui/table/data-table.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import { nobody } from './use-proposal-filters.ts';

/** What comes to from each supplier, as proposed; a press narrows the list to it. */
export function SupplierPanel({
  suppliers,
  isLoading,
  currency,
  fileName,
  chosen,
  onChoose,
}: {
  readonly suppliers: readonly SupplierFiguresFragment[];
  readonly isLoading: boolean;
  readonly currency: string;
  readonly fileName: string;
  readonly chosen: string | null;
  readonly onChoose: (name: string | null) => void;
}) {
  const t = useTranslations('inventory.replenishment');
  const format = useFormat();
  const columns = useMemo((): readonly TableColumn<SupplierFiguresFragment>[] => {
    const money = (id: 'orderCost' | 'valueAtRisk', label: string, isWide: boolean) => ({
      ...{ id, label, unit: currency, align: 'end' as const, isWide },
      value: (row: SupplierFiguresFragment) => row[id],
      cell: (row: SupplierFiguresFragment) => format.number(row[id], { digits: 0 }),
    });
    return [
      { id: 'name', label: t('columns.supplier'), value: (row) => row.supplierName ?? t('noSupplier') },
      {
        id: 'count',
        label: t('columns.products'),
        align: 'end',
        value: (row) => row.proposalCount,
        cell: (row) => format.number(row.proposalCount),
      },
      money('valueAtRisk', t('columns.risk'), true),
      money('orderCost', t('columns.cost'), false),
    ];
  }, [t, format, currency]);
  return (
    <Panel title={t('bySupplier')} inset="flush" aside={<span>{t('bySupplierMeans')}</span>}>
      <DataTable
        caption={t('bySupplier')}
        columns={columns}
        rows={suppliers}
        rowId={supplierId}
        fileName={fileName}
        hasWorkbook
        openId={chosen}
        onOpen={(row) => onChoose(supplierId(row) === chosen ? null : supplierId(row))}
        placeholder={isLoading ? <SkeletonRows count={4} /> : null}
      />
    </Panel>
  );
}

const supplierId = ({ supplierName }: SupplierFiguresFragment) => supplierName ?? nobody;
