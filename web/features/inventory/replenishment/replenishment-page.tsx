'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ReplenishmentFiguresFragmentDoc,
  ReplenishmentTotalsDocument,
  SupplierFiguresFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { Scope, ScopeSite } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { NoPermission } from '../../../ui/no-permission.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonStats } from '../../../ui/skeleton.tsx';
import { InventoryFrame } from '../inventory-frame.tsx';
import { ProposalsPanel } from './proposals-panel.tsx';
import { ReplenishmentHeadline } from './replenishment-headline.tsx';
import { SupplierPanel } from './supplier-panel.tsx';
import { useProposalFilters } from './use-proposal-filters.ts';
import { useTypedOrders } from './use-typed-orders.ts';

/** What a site should buy: why, how much, from whom, and what it costs not to. */
export function ReplenishmentPage() {
  const can = useCan();
  const t = useTranslations('inventory.replenishment');
  return (
    <InventoryFrame>
      {(scope, site) =>
        can('predictions:read') ? (
          <SiteReplenishment key={site.id} scope={scope} site={site} />
        ) : (
          <NoPermission what={t('title')} />
        )
      }
    </InventoryFrame>
  );
}

function SiteReplenishment({ scope, site }: { readonly scope: Scope; readonly site: ScopeSite }) {
  const t = useTranslations('inventory.replenishment');
  const filters = useProposalFilters();
  const { typed, type, untype } = useTypedOrders(site.id);
  // Every supplier stays to be chosen, whichever one the list is narrowed to.
  const { supplier: _supplier, withoutSupplier: _without, ...anySupplier } = filters.filter;
  const key = JSON.stringify(anySupplier);
  const answer = useGraph(
    ReplenishmentTotalsDocument,
    useMemo(() => ({ site: site.id, filter: JSON.parse(key) as typeof anySupplier }), [site.id, key]),
  );
  const totals = readFragment(ReplenishmentFiguresFragmentDoc, answer.data?.replenishmentTotals);
  const suppliers = useMemo(
    () => (totals?.suppliers ?? []).map((one) => readFragment(SupplierFiguresFragmentDoc, one)),
    [totals],
  );
  const failure = answer.failed ?? failureAt(answer.failures, 'replenishmentTotals');
  const currency = scope.company?.currency ?? 'USD';
  return (
    <>
      {failure !== null ? (
        <Panel title={t('headline.label')}>
          <ErrorState failure={failure} what={t('headline.label')} onRetry={answer.retry} />
        </Panel>
      ) : totals ? (
        <ReplenishmentHeadline totals={totals} supplierCount={suppliers.length} currency={currency} />
      ) : (
        <SkeletonStats count={4} hasTrend={false} />
      )}
      <ProposalsPanel
        scope={scope}
        site={site}
        currency={currency}
        filters={filters}
        suppliers={suppliers}
        typed={typed}
        onType={type}
        onUntype={untype}
        onSaved={answer.retry}
      />
      {answer.isLoading || suppliers.length > 0 ? (
        <SupplierPanel
          suppliers={suppliers}
          isLoading={answer.isLoading}
          currency={currency}
          fileName={`${site.code}-${t('supplierFile')}-${scope.today}`}
          chosen={filters.supplier}
          onChoose={filters.setSupplier}
        />
      ) : null}
    </>
  );
}
