'use client';
import dynamic from 'next/dynamic';
import { PageSkeleton } from '../../shell/shell-skeleton.tsx';

export const LazyFinancePage = dynamic(() => import('./finance-page.tsx').then((module) => module.FinancePage), {
  ssr: false,
  loading: () => <PageSkeleton />,
});
