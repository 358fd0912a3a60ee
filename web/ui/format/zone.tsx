'use client';
import { createContext, type ReactNode } from 'react';

/** The time zone that instants are written in: the site's, for everything about a site. */
export const ZoneContext = createContext<string | undefined>(undefined);

export function ZoneProvider({ timeZone, children }: { readonly timeZone: string; readonly children: ReactNode }) {
  return <ZoneContext value={timeZone}>{children}</ZoneContext>;
}
