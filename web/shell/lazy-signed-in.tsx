'use client';
import dynamic from 'next/dynamic';
import { ShellSkeleton } from './shell-skeleton.tsx';

/** Nothing behind the sign-in can be rendered on the server, so its code comes after the frame has been painted. */
export const LazySignedIn = dynamic(() => import('./signed-in.tsx').then((module) => module.SignedIn), {
  ssr: false,
  loading: () => <ShellSkeleton />,
});
