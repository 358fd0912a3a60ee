'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ProductRowFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { LiveValue } from '../../../ui/live-value.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import classes from '../inventory.module.css';
import { type StockAt, stockAt } from '../stock-at.ts';
import { quantityDigits } from '../units/quantity-digits.ts';
import { useUnits } from '../units/use-units.ts';

export const stockTones = {
  enough: 'ok',
  belowMinimum: 'attention',
  negative: 'fault',
  notStocked: 'neutral',
} as const satisfies Record<StockAt['state'], string>;

/** The columns of the product list, as seen from one site. */
export function useProductColumns(siteId: string, currency: string): readonly TableColumn<ProductRowFragment>[] {
  const t = useTranslations('inventory.products');
  const format = useFormat();
  const units = useUnits();
  return useMemo((): readonly TableColumn<ProductRowFragment>[] => {
    const quantity = (
      id: 'onHand' | 'minimum' | 'elsewhere',
      more: Partial<TableColumn<ProductRowFragment>> = {},
    ): TableColumn<ProductRowFragment> => ({
      id,
      label: t(`columns.${id}`),
      align: 'end',
      value: (row) => stockAt(row.stock, siteId)[id],
      cell: (row) => {
        const value = stockAt(row.stock, siteId)[id];
        return <LiveValue text={format.number(value, { digits: quantityDigits(value, row.unit) })} />;
      },
      ...more,
    });
    const money = (id: 'price' | 'cost', more: Partial<TableColumn<ProductRowFragment>> = {}) => ({
      ...{ id, label: t(`columns.${id}`), unit: currency, align: 'end' as const, isWide: true },
      value: (row: ProductRowFragment) => row[id],
      cell: (row: ProductRowFragment) => format.amount(row[id], currency),
      ...more,
    });
    return [
      {
        id: 'name',
        label: t('columns.name'),
        value: (row) => row.name,
        cell: (row) => <span className={classes.cut}>{row.name}</span>,
      },
      { id: 'sku', label: 'SKU', value: (row) => row.sku, isWide: true },
      { id: 'category', label: t('columns.category'), value: (row) => row.category, isWide: true },
      quantity('onHand', {
        cell: (row) => {
          const { onHand, state } = stockAt(row.stock, siteId);
          return (
            <>
              {/* Where the state has no column of its own: a shape, and its word for who does not see it. */}
              {stockTones[state] === 'ok' ? null : (
                <span
                  role="img"
                  className={classes.mark}
                  data-tone={stockTones[state]}
                  aria-label={t(`states.${state}`)}
                >
                  ▼
                </span>
              )}
              <LiveValue text={format.number(onHand, { digits: quantityDigits(onHand, row.unit) })} />
            </>
          );
        },
      }),
      quantity('minimum', { isWide: true }),
      quantity('elsewhere', { isExtra: true, isWide: true }),
      {
        id: 'unit',
        label: t('columns.unit'),
        isWide: true,
        value: (row) => row.unit,
        cell: (row) => units.name(row.unit, 1),
      },
      money('price'),
      money('cost', { isExtra: true }),
      {
        id: 'state',
        label: t('columns.state'),
        align: 'end',
        isWide: true,
        value: (row) => t(`states.${stockAt(row.stock, siteId).state}`),
        cell: (row) => {
          const { state } = stockAt(row.stock, siteId);
          return <StateTag tone={stockTones[state]}>{t(`states.${state}`)}</StateTag>;
        },
      },
    ];
  }, [t, format, units, siteId, currency]);
}
