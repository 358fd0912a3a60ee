'use client';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { GraphProvider } from '../graphql/graph-provider.tsx';
import { SessionGate } from './session-gate.tsx';
import { ShellSkeleton } from './shell-skeleton.tsx';

/** The app behind the sign-in: the connection to the graph, who is looking, and the frame. */
export function SignedIn({ gatewayUrl, children }: { readonly gatewayUrl: string; readonly children: ReactNode }) {
  return (
    <NuqsAdapter>
      <GraphProvider gatewayUrl={gatewayUrl} fallback={<ShellSkeleton />}>
        <SessionGate>{children}</SessionGate>
      </GraphProvider>
    </NuqsAdapter>
  );
}
