'use client';
import dynamic from 'next/dynamic';
import { SkeletonChart } from '../skeleton.tsx';

/** A chart over time on a canvas; its library comes when the first one is shown. */
export const LazyTimeChart = dynamic(() => import('./time-chart.tsx').then((module) => module.TimeChart), {
  ssr: false,
  loading: () => <SkeletonChart height={168} />,
});
