'use client';
import { useMemo, useState } from 'react';
import type { Failure } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { BuyNowDocument, type BuyNowRowFragment, BuyNowRowFragmentDoc } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';

/** What a site should buy, the most money at risk first, as many as were asked for so far. */
export interface BuyNow {
  readonly rows: readonly BuyNowRowFragment[];
  readonly total: number;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  readonly retry: () => void;
  /** Asks for more; nothing when there are none, or no more fit in one answer. */
  readonly more: (() => void) | null;
}

const firstRows = 5;
const moreRows = 15;
const mostRows = 200;

export function useBuyNow(siteId: string): BuyNow {
  const [first, setFirst] = useState(firstRows);
  const { data, isLoading, failed, failures, retry } = useGraph(
    BuyNowDocument,
    useMemo(() => ({ site: siteId, first }), [siteId, first]),
  );
  return useMemo(() => {
    const list = data?.replenishmentProposals;
    const hasMore = list?.pageInfo.hasNextPage === true && first < mostRows;
    return {
      rows: (list?.edges ?? []).map(({ node }) => readFragment(BuyNowRowFragmentDoc, node)),
      total: list?.totalCount ?? 0,
      isLoading,
      failure: failed ?? failures[0] ?? null,
      retry,
      more: hasMore ? () => setFirst((now) => Math.min(mostRows, now + moreRows)) : null,
    };
  }, [data, isLoading, failed, failures, retry, first]);
}
