'use client';
import dynamic from 'next/dynamic';
import { PageSkeleton } from '../../shell/shell-skeleton.tsx';

export const LazyDevelopersPage = dynamic(
  () => import('./developers-page.tsx').then((module) => module.DevelopersPage),
  { ssr: false, loading: () => <PageSkeleton /> },
);
