'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ProductChoicesDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { NoProducts } from '../no-products.tsx';

/** Why nothing is proposed: all there is lasts, or there is nothing that could run out. */
export function NothingToBuy({ siteId }: { readonly siteId: string }) {
  const t = useTranslations('inventory.replenishment.empty');
  const { data, isLoading } = useGraph(
    ProductChoicesDocument,
    useMemo(() => ({ filter: { siteIds: [siteId] } }), [siteId]),
  );
  if (isLoading) return <SkeletonRows count={3} />;
  const stocked = data === undefined ? null : data.productFacets.onSale + data.productFacets.offSale;
  return stocked === 0 ? <NoProducts /> : <EmptyState title={t('title')} hint={t('hint')} />;
}
