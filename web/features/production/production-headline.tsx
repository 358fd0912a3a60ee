'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  ProductionChangedDocument,
  ProductionHeadlineFragmentDoc,
  ProductionSiteDocument,
} from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { useLive } from '../../graphql/use-live.ts';
import type { Scope } from '../../shell/scope.ts';
import { useChange } from '../../shell/use-change.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { SkeletonStats } from '../../ui/skeleton.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { useCoalesced } from '../../ui/use-coalesced.ts';
import { useDailyProduction } from './use-daily-production.ts';

/** What the plant made in the period against the one before; asked again as orders change. */
export function ProductionHeadline({ scope, siteId }: { readonly scope: Scope; readonly siteId: string }) {
  const t = useTranslations('production.headline');
  const format = useFormat();
  const change = useChange(scope);
  const { range, comparison } = scope;
  const variables = useMemo(() => ({ site: siteId, range, previous: comparison.range }), [siteId, range, comparison]);
  const answer = useGraph(ProductionSiteDocument, variables);
  const daily = useDailyProduction(siteId, range);
  // Orders come in bursts when a shift closes: the sums are asked for once in a while, not once for each.
  const askAgain = useCoalesced(() => {
    answer.retry();
    daily.retry();
  }, 2_000);
  useLive(
    ProductionChangedDocument,
    useMemo(() => ({ siteIds: [siteId] }), [siteId]),
    { onEvent: askAgain },
  );

  if (answer.isLoading) return <SkeletonStats count={5} />;
  const failure = answer.failed ?? failureAt(answer.failures, 'site.production');
  if (failure !== null) return <ErrorState failure={failure} what={t('label')} onRetry={answer.retry} />;
  const now = readFragment(ProductionHeadlineFragmentDoc, answer.data?.site?.production);
  const before = readFragment(ProductionHeadlineFragmentDoc, answer.data?.site?.productionBefore);
  if (!now || now.orderCounts.total === 0) return <EmptyState title={t('empty.title')} hint={t('empty.hint')} />;
  return (
    <StatRow label={t('label')}>
      <Stat
        label={t('produced')}
        value={format.number(now.producedTons, { digits: 1 })}
        unit="t"
        trend={daily.tons}
        {...change(now.producedTons, before?.producedTons, { more: 'good', as: 'percent' })}
      />
      <Stat
        label={t('sackoff')}
        value={format.number(now.sackoffPct, { digits: 2 })}
        unit="%"
        trend={daily.sackoff}
        {...change(now.sackoffPct, before?.sackoffPct, { more: 'bad', as: 'points' })}
      />
      <Stat
        label={t('efficiency')}
        value={format.number(now.efficiencyPct, { digits: 1 })}
        unit="%"
        {...change(now.efficiencyPct, before?.efficiencyPct, { more: 'good', as: 'points' })}
      />
      <Stat
        label={t('adiflow')}
        value={format.number(now.adiflowSharePct, { digits: 0 })}
        unit={t('ofTons')}
        {...change(now.adiflowSharePct, before?.adiflowSharePct, { more: 'plain', as: 'points' })}
      />
      <Stat
        label={t('orders')}
        value={format.number(now.orderCounts.total)}
        comparison={{ text: t('open', { count: now.orderCounts.open }), tone: 'plain' }}
      />
    </StatRow>
  );
}
