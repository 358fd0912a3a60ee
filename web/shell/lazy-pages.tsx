'use client';
import dynamic from 'next/dynamic';
import { PageSkeleton } from './shell-skeleton.tsx';

const load = {
  overview: () => import('../features/overview/overview-page.tsx').then((module) => module.OverviewPage),
  production: () => import('../features/production/production-page.tsx').then((module) => module.ProductionPage),
  water: () => import('../features/water/water-page.tsx').then((module) => module.WaterPage),
};

export const LazyOverviewPage = dynamic(load.overview, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyProductionPage = dynamic(load.production, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyWaterPage = dynamic(load.water, { ssr: false, loading: () => <PageSkeleton /> });

/** Fetches the code of a page before it is rendered, while the session is still being asked for. */
export function warmPage(path: string): void {
  const id = path === '/' ? 'overview' : path.split('/')[1];
  for (const [page, start] of Object.entries(load)) if (page === id) void start();
}
