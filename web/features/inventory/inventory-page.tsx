'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  InventoryHeadlineFragmentDoc,
  InventorySiteDocument,
  StockChangedDocument,
} from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { useLive } from '../../graphql/use-live.ts';
import type { Scope, ScopeSite } from '../../shell/scope.ts';
import { useCan } from '../../shell/viewer.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel, PanelGrid } from '../../ui/panel.tsx';
import { SkeletonStats } from '../../ui/skeleton.tsx';
import { useCoalesced } from '../../ui/use-coalesced.ts';
import { BuyNowPanel } from './buy-now-panel.tsx';
import { InventoryFrame } from './inventory-frame.tsx';
import { InventoryHeadline } from './inventory-headline.tsx';
import { NoProducts } from './no-products.tsx';
import { SalesPanel } from './sales-panel.tsx';
import { SyncPanel } from './sync-panel.tsx';
import { useBuyNow } from './use-buy-now.ts';

/** The stock of a site: what it is worth, what to buy, and what was sold. */
export function InventoryPage() {
  return <InventoryFrame>{(scope, site) => <SiteInventory key={site.id} scope={scope} site={site} />}</InventoryFrame>;
}

function SiteInventory({ scope, site }: { readonly scope: Scope; readonly site: ScopeSite }) {
  const t = useTranslations('inventory');
  const can = useCan();
  const answer = useGraph(
    InventorySiteDocument,
    useMemo(() => ({ site: site.id }), [site.id]),
  );
  const mayBuy = can('predictions:read');
  const buyNow = useBuyNow(site.id, { pause: !mayBuy });
  // A copy of the ERP changes many rows at once: the sums are asked for once in a while, not once for each. The rows
  // themselves change in the cache, where they stand.
  const askAgain = useCoalesced(() => {
    answer.retry();
    if (mayBuy) buyNow.retry();
  }, 3_000);
  useLive(
    StockChangedDocument,
    useMemo(() => ({ siteIds: [site.id] }), [site.id]),
    { onEvent: askAgain },
  );
  const failure = answer.failed ?? failureAt(answer.failures, 'inventoryKpis');
  const kpis = readFragment(InventoryHeadlineFragmentDoc, answer.data?.inventoryKpis);
  const currency = scope.company?.currency ?? 'USD';
  if (kpis?.productCount === 0) return <NoProducts />;
  return (
    <>
      {failure !== null ? (
        <Panel title={t('headline.label')}>
          <ErrorState failure={failure} what={t('headline.label')} onRetry={answer.retry} />
        </Panel>
      ) : kpis ? (
        <InventoryHeadline kpis={kpis} currency={currency} />
      ) : (
        <SkeletonStats count={5} hasTrend={false} />
      )}
      {mayBuy ? <BuyNowPanel buyNow={buyNow} currency={currency} /> : null}
      {can('finance:read') ? (
        <PanelGrid>
          <SalesPanel scope={scope} siteId={site.id} currency={currency} />
          <SyncPanel companyId={scope.company?.id ?? ''} />
        </PanelGrid>
      ) : (
        <SyncPanel companyId={scope.company?.id ?? ''} />
      )}
    </>
  );
}
