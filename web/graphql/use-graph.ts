'use client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useCallback, useEffect, useRef } from 'react';
import { type AnyVariables, useQuery } from 'urql';
import { type Failure, toFailures } from './failures.ts';
import { useGraphContext, useLiveSnapshot } from './graph-provider.tsx';

/** What a page knows about its query. Data and failures can be there together: one subgraph down is not all down. */
export interface GraphAnswer<Data> {
  readonly data: Data | undefined;
  readonly failures: readonly Failure[];
  /** Nothing came at all. */
  readonly failed: Failure | null;
  /** Nothing to show yet. */
  readonly isLoading: boolean;
  /** What is shown answers the question before; this one's answer is on its way. */
  readonly isOld: boolean;
  /** When the graph last answered this, in epoch milliseconds. */
  readonly answeredAtMs: number | null;
  readonly retry: () => void;
}

/** Asks the graph, and asks again when live events may have been missed, or the network is back. */
export function useGraph<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false }: { readonly pause?: boolean } = {},
): GraphAnswer<Data> {
  const { partialResults } = useGraphContext();
  const { generation } = useLiveSnapshot();
  const [result, execute] = useQuery<Data, AnyVariables>({ query, variables, pause });
  const retry = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  const lastGeneration = useRef(generation);
  useEffect(() => {
    if (lastGeneration.current === generation || pause) return;
    lastGeneration.current = generation;
    retry();
  }, [generation, retry, pause]);
  const isLost = result.error?.networkError !== undefined && !result.fetching && !pause;
  useEffect(() => {
    if (!isLost) return;
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [isLost, retry]);
  const note = partialResults.noteOf(result.operation?.key);
  const failures = note?.failures ?? toFailures(result.error);
  const hasData = result.data !== undefined && result.data !== null;
  return {
    data: result.data ?? undefined,
    failures,
    failed: hasData || result.fetching ? null : (failures[0] ?? null),
    isLoading: !hasData && (result.fetching || failures.length === 0) && !pause,
    isOld: hasData && result.fetching,
    answeredAtMs: note?.answeredAtMs ?? null,
    retry,
  };
}
