'use client';
import { useScopeQuery } from '../../shell/use-scope-query.ts';

/** Where a link to the page of a point leads: with its own site, and with the period that was chosen. */
export function usePointHref() {
  const scope = useScopeQuery();
  return (point: { readonly code: string; readonly siteId: string }, asked: Readonly<Record<string, string>> = {}) => ({
    pathname: `/water/${encodeURIComponent(point.code)}`,
    query: { ...scope, site: point.siteId, ...asked },
  });
}
