'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { ErpSyncDocument, ErpSyncStateFragmentDoc } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { Freshness } from '../../ui/freshness.tsx';
import { useNow } from '../../ui/use-now.ts';
import classes from './inventory.module.css';
import { oldestStock } from './sync-rows.ts';

/** How old the stock is that a page goes by, where it is copied from an ERP; with a mark when a copy is overdue or failed. */
export function StockAge({ companyId }: { readonly companyId: string }) {
  const t = useTranslations('inventory');
  const now = useNow();
  const { data } = useGraph(
    ErpSyncDocument,
    useMemo(() => ({}), []),
  );
  const status = readFragment(ErpSyncStateFragmentDoc, data?.syncStatus);
  const oldest = status && now !== null ? oldestStock(status, companyId, now) : null;
  if (oldest === null) return null;
  const isLate = oldest.state === 'late' || oldest.state === 'failed';
  return (
    <span className={classes.age}>
      <Freshness source={t('stockAge')} at={oldest.completedAt} {...(isLate ? { scheduleMs: 0 } : {})} />
    </span>
  );
}
