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

export interface ConnectionQuery<Data, Filter, Node, Row, Order = never> {
  readonly query: TypedDocumentNode<
    Data,
    { readonly filter: Filter; readonly orderBy?: Order | null; readonly after?: string | null }
  >;
  /** Keeps its identity as long as it means the same. */
  readonly filter: Filter;
  /** How the server sorts; its own way when left out. */
  readonly orderBy?: Order | null;
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
  /** The rows are those of the filter before: the new ones are on their way. */
  readonly isOld: boolean;
  readonly failed: Failure | null;
  readonly retry: () => void;
}

/** Asks for a connection page by page. Its field has to be one that the cache merges the pages of. */
export function useConnection<Data, Filter, Node, Row, Order = never>(
  asked: ConnectionQuery<Data, Filter, Node, Row, Order>,
): ConnectionRows<Row> {
  const { query, filter, orderBy = null } = asked;
  const client = useClient();
  // How an answer is read never changes between renders, and must not make the rows anew.
  const { connectionOf, toRow } = useRef(asked).current;
  const [after, setAfter] = useState<{ readonly of: string; readonly cursor: string } | null>(null);
  // A cursor belongs to one filter; with another filter the list begins anew.
  const key = JSON.stringify([filter, orderBy]);
  const cursor = after?.of === key ? after.cursor : null;
  const answer = useGraph(
    query,
    useMemo(() => ({ filter, ...(orderBy === null ? {} : { orderBy }), after: cursor }), [filter, orderBy, cursor]),
  );
  const { isLoading, isOld, failed, retry } = answer;
  const list = answer.data === undefined ? null : (connectionOf(answer.data) ?? null);
  const rows = useMemo(() => (list?.edges ?? []).map(({ node }) => toRow(node)), [list, toRow]);
  const loadMore = useCallback(() => {
    // The end of the rows before is no place in the new list.
    if (isOld) return;
    const end = list?.pageInfo.endCursor;
    if (list?.pageInfo.hasNextPage && end) setAfter({ of: key, cursor: end });
  }, [list, key, isOld]);
  const allRows = useCallback(async () => {
    const edges = await allPages(async (from) => {
      const { data } = await client.query(
        query,
        { filter, ...(orderBy === null ? {} : { orderBy }), after: from },
        { requestPolicy: 'network-only' },
      );
      return data === undefined ? null : (connectionOf(data) ?? null);
    });
    return edges.map(({ node }) => toRow(node));
  }, [client, query, filter, orderBy, connectionOf, toRow]);
  return { rows, totalCount: list?.totalCount ?? rows.length, loadMore, allRows, isLoading, isOld, failed, retry };
}
