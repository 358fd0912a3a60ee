'use client';
import { useMemo } from 'react';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { DailyProductionFragmentDoc, ProductionByDayDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import type { DayRange } from '../../ui/format/day-range.ts';
import { alignProduction, type DailyProduction, grainFor } from './daily-production.ts';

/** Production of a site over a period. Several readers on a page make one request. */
export function useDailyProduction(siteId: string, range: DayRange): DailyProduction {
  const grain = grainFor(range);
  const variables = useMemo(() => ({ filter: { siteIds: [siteId], range }, grain }), [siteId, range, grain]);
  const { data, isLoading, failed, failures, retry } = useGraph(ProductionByDayDocument, variables);
  return useMemo(() => {
    const tons = readFragment(DailyProductionFragmentDoc, data?.tons);
    const sackoff = readFragment(DailyProductionFragmentDoc, data?.sackoff);
    return {
      ...alignProduction(tons, sackoff),
      grain,
      isLoading,
      failure: failed ?? failures[0] ?? null,
      changedAt: tons?.freshness.changedAt ?? null,
      retry,
    };
  }, [data, grain, isLoading, failed, failures, retry]);
}
