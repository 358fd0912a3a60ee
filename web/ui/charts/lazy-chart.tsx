'use client';
import dynamic from 'next/dynamic';
import { SkeletonChart } from '../skeleton.tsx';
import type { ChartData } from './chart-data.ts';
import type { SeriesChartProps } from './series-chart.tsx';

// The drawing library is larger than everything else on a page together: it comes after the numbers.
const SeriesChart = dynamic(() => import('./series-chart.tsx').then((module) => module.SeriesChart), {
  ssr: false,
  loading: () => <SkeletonChart height={276} />,
});

/** Lines over time. */
export function TimeSeries(props: SeriesChartProps) {
  return <SeriesChart fromZero={false} {...props} data={withKind(props.data, 'line')} />;
}

/** Bars over time, stacked where series share a stack, with lines on the right axis where they ask for it. */
export function BarSeries(props: SeriesChartProps) {
  return <SeriesChart {...props} data={withKind(props.data, 'bar')} />;
}

function withKind(data: ChartData, kind: 'bar' | 'line'): ChartData {
  return { ...data, series: data.series.map((series) => ({ kind, ...series })) };
}
