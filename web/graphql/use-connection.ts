'use client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import { allPages } from './all-pages.ts';
import type { Failure } from './failures.ts';
import { useGraph } from './use-graph.ts';

interface Connection<Node> {
  readonly totalCount?: number;
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface ConnectionQuery<Data, Filter, Node, Row> {
  readonly query: TypedDocumentNode<Data, { readonly filter: Filter; readonly after?: string | null }>;
  /** Keeps its identity as long as it means the same. */
  readonly filter: Filter;
  readonly connectionOf: (data: Data) => Connection<Node> | null | undefined;
  readonly toRow: (node: Node) => Row;
}

/** A list as a table shows it: what is loaded, how to load more, and how to have all of it. */
export interface ConnectionRows<Row> {
  readonly rows: readonly Row[];
  /** All rows that match, loaded or not. */
  readonly totalCount: number;
  readonly loadMore: () => void;
  /** Every row that matches, for an export. Throws when a page cannot be had. */
  readonly allRows: () => Promise<readonly Row[]>;
  readonly isLoading: boolean;
  readonly failed: Failure | null;
  readonly retry: () => void;
}

/** Asks for a connection page by page. Its field has to be one that the cache merges the pages of. */
export function useConnection<Data, Filter, Node, Row>(
  asked: ConnectionQuery<Data, Filter, Node, Row>,
): ConnectionRows<Row> {
  const { query, filter } = asked;
  const client = useClient();
  // How an answer is read never changes between renders, and must not make the rows anew.
  const { connectionOf, toRow } = useRef(asked).current;
  const [after, setAfter] = useState<{ readonly of: string; readonly cursor: string } | null>(null);
  // A cursor belongs to one filter; with another filter the list begins anew.
  const key = JSON.stringify(filter);
  const cursor = after?.of === key ? after.cursor : null;
  const answer = useGraph(
    query,
    useMemo(() => ({ filter, after: cursor }), [filter, cursor]),
  );
  const list = answer.data === undefined ? null : (connectionOf(answer.data) ?? null);
  const rows = useMemo(() => (list?.edges ?? []).map(({ node }) => toRow(node)), [list, toRow]);
  const loadMore = useCallback(() => {
    const end = list?.pageInfo.endCursor;
    if (list?.pageInfo.hasNextPage && end) setAfter({ of: key, cursor: end });
  }, [list, key]);
  const allRows = useCallback(async () => {
    const edges = await allPages(async (from) => {
      const { data } = await client.query(query, { filter, after: from }, { requestPolicy: 'network-only' });
      return data === undefined ? null : (connectionOf(data) ?? null);
    });
    return edges.map(({ node }) => toRow(node));
  }, [client, query, filter, connectionOf, toRow]);
  const { isLoading, failed, retry } = answer;
  return { rows, totalCount: list?.totalCount ?? rows.length, loadMore, allRows, isLoading, failed, retry };
}
