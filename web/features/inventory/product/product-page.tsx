'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ProductPageDocument,
  ProductRowFragmentDoc,
  StockChangedDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { Link } from '../../../i18n/navigation.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import { type Scope, useScope } from '../../../shell/scope.ts';
import { useScopeQuery } from '../../../shell/use-scope-query.ts';
import { useCan, useViewer } from '../../../shell/viewer.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { type DayRange, dayCount } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { ZoneProvider } from '../../../ui/format/zone.tsx';
import { NoPermission } from '../../../ui/no-permission.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonChart, SkeletonRows, SkeletonStats } from '../../../ui/skeleton.tsx';
import { ChangeProduct } from './change-product.tsx';
import classes from './product.module.css';
import { ProductPanels } from './product-panels.tsx';

const dailyDays = 62;

/** One product as every subgraph knows it: where it lies, what is sold, ordered and made of it, and what to buy. */
export function ProductPage({ id }: { readonly id: string }) {
  const t = useTranslations();
  const can = useCan();
  const scope = useScope();
  if (can('inventory:read')) return <OpenProduct id={id} scope={scope} />;
  return (
    <Page title={t('inventory.products.product')} above={<BackToProducts />}>
      <NoPermission what={t('pages.inventory')} />
    </Page>
  );
}

function OpenProduct({ id, scope }: { readonly id: string; readonly scope: Scope }) {
  const t = useTranslations('inventory');
  const can = useCan();
  const { companies } = useViewer();
  const { site, range } = scope;
  const grain = dayCount(range) <= dailyDays ? ('DAY' as const) : ('WEEK' as const);
  const canBuy = can('predictions:read') && site !== null;
  const canProduce = can('production:read');
  const canFinance = can('finance:read');
  const { data, isLoading, failed, failures, retry } = useGraph(
    ProductPageDocument,
    useMemo(
      () => ({ id, site: site?.id ?? '', range, grain, canBuy, canProduce, canFinance }),
      [id, site, range, grain, canBuy, canProduce, canFinance],
    ),
  );
  const found = data?.product;
  const product = readFragment(ProductRowFragmentDoc, found ?? null);
  // What lies there changes in the cache, row by row, where it stands.
  const siteIds = JSON.stringify(product?.stock.flatMap((level) => (level.site === null ? [] : [level.site.id])) ?? []);
  useLive(
    StockChangedDocument,
    useMemo(() => ({ siteIds: JSON.parse(siteIds) as string[] }), [siteIds]),
    { pause: siteIds === '[]' },
  );
  const failure = failed ?? failureAt(failures, 'product');
  if (found == null || product === null) {
    return (
      <Page title={t('products.product')} above={<BackToProducts />}>
        {isLoading ? (
          <ProductSkeleton range={range} hasForecast={canBuy} />
        ) : failure !== null ? (
          <ErrorState failure={failure} what={t('products.product')} onRetry={retry} />
        ) : (
          <EmptyState title={t('product.unknown.title')} hint={t('product.unknown.hint')} />
        )}
      </Page>
    );
  }
  // The product's own company, whichever one is chosen above.
  const currency = (companies.find(({ id: one }) => one === found.company?.id) ?? scope.company)?.currency ?? 'USD';
  const about = [product.sku, product.category, found.company?.name].filter((part) => part != null).join(' · ');
  const page = (
    <Page
      title={product.name}
      subtitle={found.isActive ? about : `${about} · ${t('product.offSale')}`}
      above={<BackToProducts />}
      actions={
        <span className={classes.live}>
          <LiveNote />
          {can('inventory:write') && found.company !== null ? (
            <ChangeProduct {...{ id, companyId: found.company.id, onSaved: retry }} currency={currency} />
          ) : null}
        </span>
      }
    >
      <ProductPanels {...{ found, product, scope, grain, currency, failures }} onRetry={retry} />
    </Page>
  );
  return site === null ? page : <ZoneProvider timeZone={site.timeZone}>{page}</ZoneProvider>;
}

/** The panels of a product before anything is known of it. */
function ProductSkeleton({ range, hasForecast }: { readonly range: DayRange; readonly hasForecast: boolean }) {
  const t = useTranslations('inventory');
  const format = useFormat();
  return (
    <>
      <SkeletonStats count={5} hasTrend={false} />
      <Panel title={t('product.sales', { period: format.range(range) })}>
        <SkeletonChart height={206} />
      </Panel>
      {hasForecast ? (
        <Panel title={t('forecast.title')}>
          <SkeletonChart height={232} />
        </Panel>
      ) : null}
      <Panel title={t('products.stock')}>
        <SkeletonRows count={3} />
      </Panel>
    </>
  );
}

/** Back to the products, with the place and the period that were chosen. */
function BackToProducts() {
  const t = useTranslations('inventory.product');
  const query = useScopeQuery();
  return (
    <Link href={{ pathname: '/inventory/products', query }} className={classes.back}>
      ← {t('back')}
    </Link>
  );
}
