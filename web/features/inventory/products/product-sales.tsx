'use client';
import { useTranslations } from 'next-intl';
import type { ProductDetailQuery } from '../../../graphql/generated/graphql.ts';
import { BarSeries } from '../../../ui/charts/lazy-chart.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { useUnits } from '../units/use-units.ts';

type Sales = NonNullable<ProductDetailQuery['product']>['sales'];

/** Units sold of a product, and their money; a day or week without sales is a zero, not a hole. */
export function ProductSales({
  sales,
  unit,
  currency,
  grain,
}: {
  readonly sales: Sales;
  readonly unit: string;
  readonly currency: string;
  readonly grain: 'DAY' | 'WEEK';
}) {
  const t = useTranslations('inventory.products');
  const position = useTranslations('inventory.sales.position');
  const format = useFormat();
  const units = useUnits();
  if (sales.every((point) => Number(point.quantity) === 0)) {
    return <EmptyState title={t('noSales.title')} hint={t('noSales.hint')} />;
  }
  return (
    <BarSeries
      height={180}
      data={{
        caption: t('salesWhat'),
        positionLabel: position(grain),
        positions: sales.map((point) => point.date),
        tickText: (day) => format.day(day, false),
        fullText: (day) => format.day(day),
        series: [
          {
            id: 'quantity',
            label: t('units'),
            unit: units.name(unit),
            color: 'blue',
            digits: sales.every((point) => Number.isInteger(Number(point.quantity))) ? 0 : 2,
            values: sales.map((point) => Number(point.quantity)),
          },
          {
            id: 'net',
            label: t('net'),
            unit: currency,
            color: 'brand',
            digits: 0,
            kind: 'line',
            axis: 'right',
            values: sales.map((point) => Number(point.netTotal)),
            write: (value) => format.money(value, currency),
          },
        ],
      }}
    />
  );
}
