'use client';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import type { Failure } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { DailyMetricValueFragmentDoc, FinanceSeriesDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import type { Scope } from '../../shell/scope.ts';
import { metricByDay, metricDays } from '../overview/daily-metrics.ts';
import { type MetricBucket, metricGrain } from './metric-grain.ts';

const places = ['company', 'site'] as const;

/** Revenue and orders over the period, of the company or of the chosen site; which one is in the address. */
export interface FinanceSeries {
  readonly of: (typeof places)[number];
  readonly setOf: (of: (typeof places)[number]) => void;
  readonly grain: MetricBucket;
  readonly days: readonly string[];
  readonly revenue: readonly (number | null)[];
  readonly orders: readonly (number | null)[];
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  readonly retry: () => void;
}

export function useFinanceSeries({ range, site }: Scope, companyId: string): FinanceSeries {
  const [wanted, setOf] = useQueryState('of', parseAsStringLiteral(places).withOptions({ history: 'replace' }));
  const of = wanted === 'site' && site !== null ? 'site' : 'company';
  const siteId = of === 'site' ? site?.id : undefined;
  const grain = metricGrain(range);
  const { data, isLoading, failed, failures, retry } = useGraph(
    FinanceSeriesDocument,
    useMemo(
      () => ({ companyIds: [companyId], range, grain, ...(siteId === undefined ? {} : { siteIds: [siteId] }) }),
      [companyId, siteId, range, grain],
    ),
  );
  return useMemo(() => {
    const values = (data?.dailyMetrics ?? []).map((one) => readFragment(DailyMetricValueFragmentDoc, one));
    const days = metricDays(values);
    return {
      of,
      setOf: (next) => void setOf(next === 'company' ? null : next),
      grain,
      days,
      revenue: metricByDay(values, 'revenue', days),
      orders: metricByDay(values, 'orders', days),
      isLoading,
      failure: failed ?? failures[0] ?? null,
      retry,
    };
  }, [data, of, setOf, grain, isLoading, failed, failures, retry]);
}
