'use client';
import dynamic from 'next/dynamic';
import { PageSkeleton } from '../../shell/shell-skeleton.tsx';

export const LazyInventoryPage = dynamic(() => import('./inventory-page.tsx').then((module) => module.InventoryPage), {
  ssr: false,
  loading: () => <PageSkeleton />,
});
