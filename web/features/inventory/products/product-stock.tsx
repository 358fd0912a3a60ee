'use client';
import { useTranslations } from 'next-intl';
import type { ProductRowFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { LiveValue } from '../../../ui/live-value.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import classes from '../inventory.module.css';
import { quantityDigits } from '../units/quantity-digits.ts';
import { useUnits } from '../units/use-units.ts';

type Level = ProductRowFragment['stock'][number];

/** Where a product lies: every warehouse that the viewer reaches, with its limits. */
export function ProductStock({ product }: { readonly product: ProductRowFragment }) {
  const t = useTranslations('inventory.products');
  const format = useFormat();
  const units = useUnits();
  const quantity = (id: 'onHand' | 'minimum' | 'maximum'): TableColumn<Level> => ({
    isWide: id === 'maximum',
    id,
    label: t(`columns.${id}`),
    ...(id === 'onHand' && product.unit !== null ? { unit: units.name(product.unit) } : {}),
    align: 'end',
    value: (level) => level[id],
    cell: (level) => <LiveValue text={format.number(level[id], { digits: quantityDigits(level[id], product.unit) })} />,
  });
  const columns: readonly TableColumn<Level>[] = [
    {
      id: 'site',
      label: t('columns.site'),
      value: (level) => level.site?.name ?? level.warehouse,
      cell: (level) => (
        <span className={classes.proposal}>
          {level.site?.name ?? t('unplaced')}
          <span className={classes.reason}>
            {level.location === null ? level.warehouse : `${level.warehouse} · ${level.location}`}
          </span>
        </span>
      ),
    },
    quantity('onHand'),
    quantity('minimum'),
    quantity('maximum'),
  ];
  const isOfErp = product.stock.some(({ heldByErp }) => heldByErp.includes('onHand'));
  return (
    <>
      <SmallTable caption={t('stock')} columns={columns} rows={product.stock} rowId={(level) => level.id} />
      {isOfErp ? <p className={classes.note}>{t('stockOfErp')}</p> : null}
    </>
  );
}
