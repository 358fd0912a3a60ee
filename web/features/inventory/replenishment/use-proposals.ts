'use client';
import { useCallback, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { allPages } from '../../../graphql/all-pages.ts';
import type { Failure } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type ProposalRowFragment,
  ProposalRowFragmentDoc,
  ProposalsDocument,
  type ProposalsQuery,
  type ProposalsQueryVariables,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';

type Connection = ProposalsQuery['replenishmentProposals'];

/** The proposals that a filter leaves, as a table shows them. */
export interface Proposals {
  readonly rows: readonly ProposalRowFragment[];
  readonly totalCount: number;
  readonly isLoading: boolean;
  readonly failed: Failure | null;
  readonly retry: () => void;
  readonly loadMore: () => void;
  /** Every row, for an export. Throws when a page cannot be had. */
  readonly allRows: () => Promise<readonly ProposalRowFragment[]>;
}

/**
 * Asks for proposals page by page. The pages are not merged in the cache: a proposal is worked out anew each time, and a
 * page belongs to the first one that it was asked for after.
 */
export function useProposals(asked: Omit<ProposalsQueryVariables, 'after'>): Proposals {
  const client = useClient();
  const first = useGraph(
    ProposalsDocument,
    useMemo(() => ({ ...asked, after: null }), [asked]),
  );
  const start = first.data?.replenishmentProposals;
  const [further, setFurther] = useState<{ readonly of: Connection; readonly pages: readonly Connection[] } | null>(
    null,
  );
  const [isFetching, setFetching] = useState(false);
  const pages = useMemo(
    () => (start === undefined ? [] : further?.of === start ? [start, ...further.pages] : [start]),
    [start, further],
  );
  const fetchPage = useCallback(
    async (after: string | null) => {
      const { data } = await client
        .query(ProposalsDocument, { ...asked, after }, { requestPolicy: 'network-only' })
        .toPromise();
      return data?.replenishmentProposals ?? null;
    },
    [client, asked],
  );
  const rows = useMemo(() => distinct(pages.flatMap(({ edges }) => edges)), [pages]);
  const last = pages.at(-1);
  const loadMore = () => {
    const after = last?.pageInfo.hasNextPage ? last.pageInfo.endCursor : null;
    if (start === undefined || after === null || isFetching) return;
    setFetching(true);
    void fetchPage(after).then((page) => {
      setFetching(false);
      if (page !== null) setFurther({ of: start, pages: [...pages.slice(1), page] });
    });
  };
  const { isLoading, failed, failures, retry } = first;
  return {
    rows,
    totalCount: start?.totalCount ?? rows.length,
    isLoading,
    failed: failed ?? failures[0] ?? null,
    retry,
    loadMore,
    allRows: useCallback(async () => distinct(await allPages(fetchPage)), [fetchPage]),
  };
}

/** What is at risk may change between two pages: a product that moved to the next one is shown once. */
function distinct(edges: readonly Connection['edges'][number][]): readonly ProposalRowFragment[] {
  const rows = edges.map(({ node }) => readFragment(ProposalRowFragmentDoc, node));
  return [...new Map(rows.map((row, index) => [row.product?.id ?? `hidden-${index}`, row])).values()];
}
