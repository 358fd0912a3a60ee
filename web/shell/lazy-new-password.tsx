'use client';
import dynamic from 'next/dynamic';
import { ShellSkeleton } from './shell-skeleton.tsx';

export const LazyNewPassword = dynamic(
  () => import('../features/sign-in/new-password.tsx').then((module) => module.NewPassword),
  { ssr: false, loading: () => <ShellSkeleton /> },
);
