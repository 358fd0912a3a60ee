'use client';
import { createContext, type ReactNode, use } from 'react';
import type { MeQuery } from '../graphql/generated/graphql.ts';

export type Me = NonNullable<MeQuery['me']>;

const ViewerContext = createContext<Me | null>(null);

export function ViewerProvider({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  return <ViewerContext value={me}>{children}</ViewerContext>;
}

/** Who is signed in, and what they may see. */
export function useViewer(): Me {
  const me = use(ViewerContext);
  if (me === null) throw new Error('useViewer needs a ViewerProvider above it');
  return me;
}

/** Hides what the viewer may not use. The graph refuses it anyway; this only spares them the sight. */
export function useCan(): (permission: string) => boolean {
  const { permissions } = useViewer();
  return (permission) => permissions.includes(permission);
}
