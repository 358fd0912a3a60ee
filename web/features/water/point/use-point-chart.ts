'use client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Failure, failureAt } from '../../../graphql/failures.ts';
import { PointChartDocument, type PointChartQuery, type VariableKind } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { openGaps, type TimePoint } from '../../../ui/charts/time-chart-data.ts';
import type { TimeWindow } from '../../../ui/charts/time-window.ts';
import { chartPlan, longestSilenceMs } from './chart-plan.ts';

export interface PointChartAnswer {
  readonly points: readonly TimePoint[];
  readonly unit: string;
  /** Nothing to draw yet. */
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  readonly retry: () => void;
}

/** A hand that is still moving is not asked for. */
const restMs = 160;

/**
 * What a chart of a point draws for a window. The graph gathers; another window is asked for when the hand rests, which
 * cancels the question before it, and until the answer is there the last one stays.
 */
export function usePointChart(
  point: { readonly id: string; readonly samplingMinutes: number },
  variable: VariableKind,
  window: TimeWindow,
): PointChartAnswer {
  const rested = useRested(window, restMs);
  const variables = useMemo(
    () => ({
      ...{ point: point.id, variable, ...chartPlan(variable, rested) },
      between: { from: new Date(rested.fromMs).toISOString(), to: new Date(rested.toMs).toISOString() },
    }),
    [point.id, variable, rested],
  );
  const { data, failed, failures, retry } = useGraph(PointChartDocument, variables);
  const last = useRef<Series | null>(null);
  const series = data?.catchmentPoint?.series ?? last.current;
  useEffect(() => {
    last.current = series;
  }, [series]);
  const points = useMemo(
    () => (series === null ? [] : toPoints(series, variable, point.samplingMinutes)),
    [series, variable, point.samplingMinutes],
  );
  const failure = failed ?? failureAt(failures, 'catchmentPoint.series');
  return { points, unit: series?.unit ?? '', isLoading: series === null && failure === null, failure, retry };
}

type Series = NonNullable<PointChartQuery['catchmentPoint']>['series'];

function toPoints(series: Series, variable: VariableKind, samplingMinutes: number): readonly TimePoint[] {
  const isAmount = variable === 'TOTAL';
  const points = series.points.map(({ at, value, min, max, suspect }) => ({
    ...{ atMs: Date.parse(at), value, isSuspect: suspect > 0 },
    ...(isAmount ? { low: value, high: value } : { low: min, high: max }),
  }));
  return isAmount ? points : openGaps(points, longestSilenceMs(series, samplingMinutes));
}

/** The value as it was when it last stood still for a while. */
function useRested<Value>(value: Value, ms: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}
