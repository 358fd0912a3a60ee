'use client';
import { IconPencil } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ProductDetailDocument,
  type ProductRowFragment,
  ProductRowFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Link } from '../../../i18n/navigation.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { useScopeQuery } from '../../../shell/use-scope-query.ts';
import { Button } from '../../../ui/button.tsx';
import { Details } from '../../../ui/details.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { type DayRange, dayCount } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { SkeletonChart, SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { ErpFreshness } from '../erp-freshness.tsx';
import classes from '../inventory.module.css';
import { stockAt } from '../stock-at.ts';
import { stockTones } from './product-columns.tsx';
import { ProductSales } from './product-sales.tsx';
import { ProductStock } from './product-stock.tsx';

const dailyDays = 62;

/** One product in full: what it is, where it lies, and what was sold of it at the site in the period. */
export function ProductSheet({
  productId,
  known,
  site,
  range,
  currency,
  onEdit,
  onClose,
}: {
  readonly productId: string;
  /** The row it was opened from, shown at once; a link may open a product that is not in the list. */
  readonly known: ProductRowFragment | undefined;
  readonly site: ScopeSite;
  readonly range: DayRange;
  readonly currency: string;
  /** Left out for who may only look. */
  readonly onEdit?: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('inventory.products');
  const format = useFormat();
  const query = useScopeQuery();
  const grain = dayCount(range) <= dailyDays ? ('DAY' as const) : ('WEEK' as const);
  const answer = useGraph(
    ProductDetailDocument,
    useMemo(() => ({ id: productId, site: site.id, range, grain }), [productId, site.id, range, grain]),
  );
  const product = readFragment(ProductRowFragmentDoc, answer.data?.product) ?? known;
  const isMissing = answer.data?.product === null;
  const failure =
    answer.failed ??
    failureAt(answer.failures, 'product') ??
    (isMissing ? { code: 'NOT_FOUND', requestId: null, path: 'product' } : null);
  const sales = answer.data?.product?.sales;
  const state = stockAt(product?.stock ?? [], site.id).state;
  return (
    <Sheet name={product?.name ?? t('product')} side="right" onClose={onClose} hasTitle>
      {product === undefined ? (
        failure === null ? (
          <SkeletonRows count={8} />
        ) : (
          <ErrorState failure={failure} what={t('product')} onRetry={answer.retry} />
        )
      ) : (
        <>
          <Details
            rows={[
              [
                t('columns.state'),
                <StateTag key="state" tone={stockTones[state]}>
                  {t(`states.${state}`)}
                </StateTag>,
              ],
              ['SKU', product.sku],
              [t('columns.category'), product.category ?? '–'],
              [t('columns.price'), format.money(product.price, currency)],
              [t('columns.cost'), product.cost === null ? t('noCost') : format.money(product.cost, currency)],
              [t('copied'), <ErpFreshness key="copied" at={product.lastSyncedAt} />],
            ]}
          />
          <p className={classes.acts}>
            <Link className={classes.link} href={{ pathname: `/inventory/products/${productId}`, query }}>
              {t('openProduct')}
            </Link>
            {onEdit === undefined ? null : (
              <Button size="small" icon={<IconPencil size={15} />} onClick={onEdit}>
                {t('form.change')}
              </Button>
            )}
          </p>
          <h3 className={classes.section}>{t('stock')}</h3>
          {product.stock.length === 0 ? (
            <EmptyState title={t('states.notStocked')} hint={t('noStockHint')} />
          ) : (
            <ProductStock product={product} />
          )}
          <h3 className={classes.section}>{t('salesAt', { site: site.name, period: format.range(range) })}</h3>
          {failure !== null ? (
            <ErrorState failure={failure} what={t('salesWhat')} onRetry={answer.retry} />
          ) : sales === undefined ? (
            <SkeletonChart height={190} />
          ) : (
            <ProductSales sales={sales} unit={product.unit ?? ''} currency={currency} grain={grain} />
          )}
        </>
      )}
    </Sheet>
  );
}
