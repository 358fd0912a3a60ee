'use client';
import { useTranslations } from 'next-intl';
import type { BuyNowRowFragment } from '../../graphql/generated/graphql.ts';
import { Link } from '../../i18n/navigation.ts';
import { LinkButton } from '../../shell/link-button.tsx';
import { useScopeQuery } from '../../shell/use-scope-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { LiveValue } from '../../ui/live-value.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { SmallTable } from '../../ui/table/small-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { headlineMoney } from '../finance/headline-money.ts';
import { daysLeft } from './days-left.ts';
import { DaysOfCover } from './days-of-cover.tsx';
import classes from './inventory.module.css';
import { useUnits } from './units/use-units.ts';
import type { BuyNow } from './use-buy-now.ts';

/** What to buy first, with the line that says why and how many; a name opens the product. */
export function BuyNowPanel({ buyNow, currency }: { readonly buyNow: BuyNow; readonly currency: string }) {
  const t = useTranslations('inventory.buyNow');
  const format = useFormat();
  const query = useScopeQuery();
  const units = useUnits();
  const columns: readonly TableColumn<BuyNowRowFragment>[] = [
    {
      id: 'name',
      label: t('product'),
      value: (row) => row.product?.name ?? '–',
      cell: ({ product, explanation }) => (
        <span className={classes.proposal}>
          {product === null ? (
            '–'
          ) : (
            <Link className={classes.name} href={{ pathname: `/inventory/products/${product.id}`, query }}>
              {product.name}
            </Link>
          )}
          <span className={classes.reason}>{explanation[format.language]}</span>
        </span>
      ),
    },
    {
      id: 'days',
      label: t('days'),
      align: 'end',
      isWide: true,
      value: (row) => daysLeft(row.onHand, row.dailyDemand),
      cell: (row) => <DaysOfCover days={daysLeft(row.onHand, row.dailyDemand)} />,
    },
    {
      id: 'risk',
      label: t('risk', { currency }),
      align: 'end',
      isWide: true,
      value: (row) => row.valueAtRisk,
      cell: (row) => format.number(row.valueAtRisk),
    },
    {
      id: 'order',
      label: t('order'),
      align: 'end',
      value: (row) => row.quantity,
      cell: (row) => (
        <strong className={classes.quantity}>
          <LiveValue
            text={units.quantity(row.quantity, row.product?.unit, {
              digits: Number.isInteger(Number(row.quantity)) ? 0 : 2,
            })}
          />
        </strong>
      ),
    },
  ];
  return (
    <Panel
      title={t('title')}
      aside={
        buyNow.valueAtRisk === null || buyNow.total === 0 ? undefined : (
          <span>{t('atRisk', { amount: `${headlineMoney(buyNow.valueAtRisk, format)} ${currency}` })}</span>
        )
      }
      actions={
        buyNow.total === 0 ? undefined : (
          <LinkButton size="small" href="/inventory/replenishment">
            {t('all', { count: buyNow.total, written: format.number(buyNow.total) })}
          </LinkButton>
        )
      }
    >
      {buyNow.isLoading ? (
        <SkeletonRows count={5} height={61} />
      ) : buyNow.failure !== null ? (
        <ErrorState failure={buyNow.failure} what={t('title')} onRetry={buyNow.retry} />
      ) : buyNow.rows.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <>
          <SmallTable
            caption={t('title')}
            columns={columns}
            rows={buyNow.rows}
            rowId={(row) => row.product?.id ?? `${row.valueAtRisk}-${row.quantity}-${row.onHand}`}
          />
          {buyNow.more === null ? null : (
            <div className={classes.more}>
              <Button size="small" look="quiet" onClick={buyNow.more}>
                {t('more')}
              </Button>
            </div>
          )}
        </>
      )}
    </Panel>
  );
}
