'use client';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { type Failure, failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type ProductPageQuery,
  type ProductRowFragment,
  ProposalRowFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import type { Scope } from '../../../shell/scope.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel, PanelGrid } from '../../../ui/panel.tsx';
import { ErpFreshness } from '../erp-freshness.tsx';
import { ProductForecast } from '../forecast/product-forecast.tsx';
import { ProductPast } from '../forecast/product-past.tsx';
import { ProductSales } from '../products/product-sales.tsx';
import { ProductStock } from '../products/product-stock.tsx';
import { useUnits } from '../units/use-units.ts';
import { LastSales } from './last-sales.tsx';
import { MadePanel } from './made-panel.tsx';
import classes from './product.module.css';
import { ProductBuying } from './product-buying.tsx';
import { ProductHeadline } from './product-headline.tsx';

type Found = NonNullable<ProductPageQuery['product']>;

/** What stands on a product's page once it is known; what one subgraph cannot say now is said in its own place. */
export function ProductPanels({
  found,
  product,
  scope,
  grain,
  currency,
  failures,
  onRetry,
}: {
  readonly found: Found;
  readonly product: ProductRowFragment;
  readonly scope: Scope;
  readonly grain: 'DAY' | 'WEEK';
  readonly currency: string;
  readonly failures: readonly Failure[];
  readonly onRetry: () => void;
}) {
  const t = useTranslations('inventory');
  const format = useFormat();
  const units = useUnits();
  const { site, range } = scope;
  const proposal = readFragment(ProposalRowFragmentDoc, found.replenishmentProposal ?? null);
  const salesFailure = failureAt(failures, 'product.sales');
  const buyingFailure = failureAt(failures, 'product.replenishmentProposal');
  return (
    <>
      <ProductHeadline
        {...{ found, product, failures }}
        siteId={site?.id ?? null}
        today={scope.today}
        canForecast={found.replenishmentProposal !== undefined}
      />
      <Panel title={t('product.sales', { period: format.range(range) })} aside={<span>{t('product.allSites')}</span>}>
        {salesFailure === null ? (
          <ProductSales sales={found.sales} unit={product.unit ?? ''} currency={currency} grain={grain} />
        ) : (
          <ErrorState failure={salesFailure} what={t('products.salesWhat')} onRetry={onRetry} />
        )}
      </Panel>
      {site === null || found.replenishmentProposal === undefined ? null : (
        <Fragment key={`${product.id} ${site.id}`}>
          <ProductForecast productId={product.id} siteId={site.id} />
          <ProductPast productId={product.id} siteId={site.id} unit={units.name(product.unit)} />
        </Fragment>
      )}
      <PanelGrid>
        <div className={classes.column}>
          <Panel title={t('products.stock')} aside={<ErpFreshness at={product.lastSyncedAt} />}>
            {product.stock.length === 0 ? (
              <EmptyState title={t('products.states.notStocked')} hint={t('products.noStockHint')} />
            ) : (
              <ProductStock product={product} />
            )}
          </Panel>
          {site === null ? null : (
            <LastSales key={site.id} productId={product.id} site={site} unit={product.unit} currency={currency} />
          )}
        </div>
        {site === null || found.replenishmentProposal === undefined ? null : (
          <ProductBuying
            productId={product.id}
            site={site}
            proposal={proposal}
            currency={currency}
            failure={buyingFailure}
            onRetry={onRetry}
          />
        )}
      </PanelGrid>
      {found.productionOrders === undefined ? null : (
        <MadePanel
          orders={found.productionOrders}
          period={format.range(range)}
          failure={failureAt(failures, 'product.productionOrders')}
          onRetry={onRetry}
        />
      )}
    </>
  );
}
