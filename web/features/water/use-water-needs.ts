'use client';
import { useMemo } from 'react';
import { AlertRaisedDocument, WaterNeedsDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { useLive } from '../../graphql/use-live.ts';
import { useCoalesced } from '../../ui/use-coalesced.ts';

/** What waits for a person at a site: alerts that nobody has looked at, and slots that need a decision. Zero while unknown. */
export function useWaterNeeds(siteId: string): { readonly alerts: number; readonly compliance: number } {
  const { data, retry } = useGraph(
    WaterNeedsDocument,
    useMemo(() => ({ site: [siteId] }), [siteId]),
  );
  const askAgain = useCoalesced(retry, 1_000);
  useLive(
    AlertRaisedDocument,
    useMemo(() => ({ siteIds: [siteId] }), [siteId]),
    { onEvent: askAgain },
  );
  return { alerts: data?.alerts.totalCount ?? 0, compliance: data?.complianceSubmissions.totalCount ?? 0 };
}
