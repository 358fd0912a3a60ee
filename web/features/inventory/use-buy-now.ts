'use client';
import { useMemo, useState } from 'react';
import type { Failure } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  BuyNowDocument,
  BuyNowRiskDocument,
  type BuyNowRowFragment,
  BuyNowRowFragmentDoc,
} from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';

/** What a site should buy, the most money at risk first, as many as were asked for so far. */
export interface BuyNow {
  readonly rows: readonly BuyNowRowFragment[];
  readonly total: number;
  /** Money at risk over all of them; null as long as it is not known. */
  readonly valueAtRisk: string | null;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  readonly retry: () => void;
  /** Asks for more; nothing when there are none, or no more fit in one answer. */
  readonly more: (() => void) | null;
}

const firstRows = 5;
const moreRows = 15;
const mostRows = 200;

/** Asks for nothing while it is paused. */
export function useBuyNow(siteId: string, { pause }: { readonly pause: boolean }): BuyNow {
  const [first, setFirst] = useState(firstRows);
  const { data, isLoading, failed, failures, retry } = useGraph(
    BuyNowDocument,
    useMemo(() => ({ site: siteId, first }), [siteId, first]),
    { pause },
  );
  // Asked for by itself: the rows do not wait for the sum.
  const { data: sums, retry: sumAgain } = useGraph(
    BuyNowRiskDocument,
    useMemo(() => ({ site: siteId }), [siteId]),
    { pause },
  );
  const valueAtRisk = sums?.replenishmentTotals?.valueAtRisk ?? null;
  return useMemo(() => {
    const list = data?.replenishmentProposals;
    const hasMore = list?.pageInfo.hasNextPage === true && first < mostRows;
    return {
      rows: (list?.edges ?? []).map(({ node }) => readFragment(BuyNowRowFragmentDoc, node)),
      total: list?.totalCount ?? 0,
      valueAtRisk,
      isLoading,
      failure: failed ?? failures[0] ?? null,
      retry: () => {
        retry();
        sumAgain();
      },
      more: hasMore ? () => setFirst((now) => Math.min(mostRows, now + moreRows)) : null,
    };
  }, [data, isLoading, failed, failures, retry, sumAgain, valueAtRisk, first]);
}
