'use client';
import dynamic from 'next/dynamic';
import { PageSkeleton } from '../../shell/shell-skeleton.tsx';

export const LazyClinicsPage = dynamic(() => import('./clinics-page.tsx').then((module) => module.ClinicsPage), {
  ssr: false,
  loading: () => <PageSkeleton />,
});
