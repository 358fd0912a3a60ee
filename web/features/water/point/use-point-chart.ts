'use client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Failure, failureAt } from '../../../graphql/failures.ts';
import {
  PointChartDocument,
  type PointChartQuery,
  PointRawChartDocument,
  type PointRawChartQuery,
  type VariableKind,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { openGaps, type TimePoint } from '../../../ui/charts/time-chart-data.ts';
import type { TimeWindow } from '../../../ui/charts/time-window.ts';
import { chartPlan, longestSilenceMs } from './chart-plan.ts';

/** What was made of the readings, or what the device said. */
export type ChartSource = 'derived' | 'raw';

export interface PointChartAnswer {
  readonly points: readonly TimePoint[];
  readonly unit: string;
  /** Of raw readings: the name of the channel they came on. */
  readonly channel: string | null;
  /** Raw readings are told for a hundred days at most. */
  readonly isTooLong: boolean;
  /** Nothing to draw yet. */
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  readonly retry: () => void;
}

/** A hand that is still moving is not asked for. */
const restMs = 160;
const longestRawMs = 100 * 86_400_000;
const rawPoints = 900;

/**
 * What a chart of a point draws for a window. The graph gathers; another window is asked for when the hand rests, which
 * cancels the question before it, and until the answer is there the last one stays.
 */
export function usePointChart(
  point: { readonly id: string; readonly samplingMinutes: number },
  variable: VariableKind,
  window: TimeWindow,
  source: ChartSource,
): PointChartAnswer {
  const isRaw = source === 'raw';
  const isTooLong = isRaw && window.toMs - window.fromMs > longestRawMs;
  const rested = useRested(window, restMs);
  const variables = useMemo(
    () => ({
      ...{ point: point.id, variable, ...chartPlan(variable, rested) },
      between: { from: new Date(rested.fromMs).toISOString(), to: new Date(rested.toMs).toISOString() },
    }),
    [point.id, variable, rested],
  );
  const derived = useGraph(PointChartDocument, variables, { pause: isRaw });
  const raw = useGraph(
    PointRawChartDocument,
    useMemo(
      () => ({ point: variables.point, variable, between: variables.between, maxPoints: rawPoints }),
      [variables, variable],
    ),
    { pause: !isRaw || isTooLong || rested.toMs - rested.fromMs > longestRawMs },
  );
  const series = useLast(derived.data?.catchmentPoint?.series);
  const said = useLast(raw.data?.catchmentPoint?.rawSeries);
  const points = useMemo(() => {
    if (isRaw) return said === null ? [] : rawToPoints(said, point.samplingMinutes, rested);
    return series === null ? [] : toPoints(series, variable, point.samplingMinutes);
  }, [isRaw, said, series, variable, point.samplingMinutes, rested]);
  const { failed, failures, retry } = isRaw ? raw : derived;
  const failure = failed ?? failureAt(failures, isRaw ? 'catchmentPoint.rawSeries' : 'catchmentPoint.series');
  return {
    ...{ points, isTooLong, failure, retry },
    unit: isRaw ? '' : (series?.unit ?? ''),
    channel: isRaw ? (said?.[0]?.channel ?? null) : null,
    isLoading: (isRaw ? said : series) === null && failure === null && !isTooLong,
  };
}

type Series = NonNullable<PointChartQuery['catchmentPoint']>['series'];
type RawSeries = NonNullable<PointRawChartQuery['catchmentPoint']>['rawSeries'];

function toPoints(series: Series, variable: VariableKind, samplingMinutes: number): readonly TimePoint[] {
  const isAmount = variable === 'TOTAL';
  const points = series.points.map(({ at, value, min, max, suspect }) => ({
    ...{ atMs: Date.parse(at), value, isSuspect: suspect > 0 },
    ...(isAmount ? { low: value, high: value } : { low: min, high: max }),
  }));
  return isAmount ? points : openGaps(points, longestSilenceMs(series, samplingMinutes));
}

/** The first channel that carries the quantity; a device that changed its channel is rare, and says so by its name. */
function rawToPoints(said: RawSeries, samplingMinutes: number, { fromMs, toMs }: TimeWindow): readonly TimePoint[] {
  const points = (said[0]?.points ?? []).map(({ at, last, min, max }) => ({
    ...{ atMs: Date.parse(at), value: last, low: min, high: max, isSuspect: false },
  }));
  return openGaps(points, Math.max(samplingMinutes * 60_000, (toMs - fromMs) / rawPoints) * 2.5);
}

/** The last answer that was there, while another one is on its way. */
function useLast<Value>(value: Value | null | undefined): Value | null {
  const last = useRef<Value | null>(null);
  const shown = value ?? last.current;
  useEffect(() => {
    last.current = shown;
  }, [shown]);
  return shown;
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
