'use client';
import { useMemo } from 'react';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { LowStockDocument, LowStockRowFragmentDoc } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';

/** What to buy first at a site, how many products it has, and how old the copy of the ERP's stock is. */
export function useLowStock(siteId: string, { pause = false }: { readonly pause?: boolean } = {}) {
  const { data, isLoading, failed, failures, retry } = useGraph(
    LowStockDocument,
    useMemo(() => ({ site: siteId }), [siteId]),
    {
      pause,
    },
  );
  return useMemo(
    () => ({
      rows: (data?.replenishmentProposals.edges ?? []).map(({ node }) => readFragment(LowStockRowFragmentDoc, node)),
      productCount: data?.inventoryKpis.productCount ?? null,
      copiedAt: data?.inventoryKpis.freshness.find(({ entity }) => entity === 'STOCK')?.completedAt ?? null,
      isLoading,
      failure: failed ?? failures[0] ?? null,
      retry,
    }),
    [data, isLoading, failed, failures, retry],
  );
}
