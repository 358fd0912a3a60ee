'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ProposalRowFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import { daysLeft } from '../days-left.ts';
import { DaysOfCover } from '../days-of-cover.tsx';
import { quantityDigits } from '../units/quantity-digits.ts';
import { useUnits } from '../units/use-units.ts';
import { costOf, orderedQuantity } from './ordered.ts';
import { QuantityField } from './quantity-field.tsx';
import classes from './replenishment.module.css';
import type { Typed } from './typed-orders.ts';

/** The columns of the proposals; what somebody typed is what is shown, added up and exported. */
export function useProposalColumns(
  typed: Typed,
  onType: (productId: string, text: string | undefined) => void,
  currency: string,
): readonly TableColumn<ProposalRowFragment>[] {
  const t = useTranslations('inventory.replenishment');
  const format = useFormat();
  const units = useUnits();
  return useMemo((): readonly TableColumn<ProposalRowFragment>[] => {
    const orderOf = (row: ProposalRowFragment) =>
      orderedQuantity(row.product === null ? undefined : typed[row.product.id], row.quantity);
    const isShown = (row: ProposalRowFragment) => (format.language === 'es' ? row.explanation.es : row.explanation.en);
    const costText = (row: ProposalRowFragment) => costOf(orderOf(row), row.product?.cost ?? null);
    const hidden = { isExtra: true, isWide: true, align: 'end' as const };
    const plain = (
      id: 'minimum' | 'maximum' | 'packSize' | 'reorderPoint' | 'targetLevel' | 'safetyStock' | 'dailyDemand',
    ): TableColumn<ProposalRowFragment> => ({
      id,
      label: t(`columns.${id}`),
      value: (row) => row[id],
      cell: (row) => format.number(row[id], { digits: quantityDigits(row[id], row.product?.unit ?? null) }),
      ...hidden,
    });
    return [
      {
        id: 'name',
        label: t('columns.product'),
        value: (row) => row.product?.name ?? null,
        cell: (row) => (
          <span className={classes.what}>
            <span className={classes.name}>{row.product?.name ?? t('hidden')}</span>
            <span className={classes.reason} title={isShown(row)}>
              {isShown(row)}
            </span>
          </span>
        ),
      },
      { id: 'sku', label: 'SKU', value: (row) => row.product?.sku ?? null, isWide: true },
      {
        id: 'supplier',
        label: t('columns.supplier'),
        value: (row) => row.supplierName,
        cell: (row) => row.supplierName ?? <span className={classes.muted}>{t('noSupplier')}</span>,
        isWide: true,
      },
      {
        id: 'onHand',
        label: t('columns.onHand'),
        align: 'end',
        isWide: true,
        value: (row) => row.onHand,
        cell: (row) => format.number(row.onHand, { digits: quantityDigits(row.onHand, row.product?.unit ?? null) }),
      },
      {
        id: 'days',
        label: t('columns.days'),
        align: 'end',
        isWide: true,
        value: (row) => {
          const days = daysLeft(row.onHand, row.dailyDemand);
          return days === null ? null : Math.round(days * 10) / 10;
        },
        cell: (row) => <DaysOfCover days={daysLeft(row.onHand, row.dailyDemand)} />,
      },
      {
        id: 'risk',
        label: t('columns.risk'),
        unit: currency,
        align: 'end',
        isWide: true,
        value: (row) => row.valueAtRisk,
        cell: (row) => format.number(row.valueAtRisk),
      },
      {
        id: 'cost',
        label: t('columns.cost'),
        unit: currency,
        align: 'end',
        isWide: true,
        value: costText,
        cell: (row) => format.number(costText(row)),
      },
      {
        id: 'order',
        label: t('columns.order'),
        align: 'end',
        value: orderOf,
        cell: (row) => {
          const { product } = row;
          return product === null ? (
            format.number(row.quantity)
          ) : (
            <QuantityField row={row} typed={typed[product.id]} onType={(text) => onType(product.id, text)} />
          );
        },
      },
      { id: 'proposed', label: t('columns.proposed'), value: (row) => row.quantity, ...hidden },
      {
        id: 'unit',
        label: t('columns.unit'),
        isExtra: true,
        isWide: true,
        value: (row) => row.product?.unit ?? null,
        cell: (row) => units.name(row.product?.unit, 1),
      },
      {
        id: 'source',
        label: t('columns.source'),
        value: (row) => t(`sources.${row.demandSource}`),
        isExtra: true,
        isWide: true,
      },
      plain('dailyDemand'),
      plain('minimum'),
      plain('maximum'),
      plain('packSize'),
      plain('safetyStock'),
      plain('reorderPoint'),
      plain('targetLevel'),
      { id: 'reason', label: t('columns.reason'), value: isShown, isExtra: true, isWide: true },
    ];
  }, [t, format, units, typed, onType, currency]);
}
