import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { DocumentNode } from 'graphql';
import type { OperationKind } from '../plan/query-plan.ts';

/** One operation for one subgraph: the same document, by reference, for every request that runs the same plan. */
export interface SubgraphRequest {
  readonly document: DocumentNode;
  readonly query: string;
  readonly operationName: string | undefined;
  readonly operationKind: OperationKind;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where in the answer it belongs, `site.orders.@`; empty at the root. For people, not for subgraphs. */
  readonly path?: string;
  /** It must be worked out from now on: it may not share the answer to an equal one that is under way. */
  readonly isFresh?: true;
}

/** What a subgraph answered. It belongs to the caller, which adds to its objects. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly SubgraphError[];
  /** Said between a subgraph and the gateway; no client sees it. */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * How the gateway reaches one subgraph. In-process and remote ones answer alike to the byte. No answer at all is a
 * rejection with an `AppError`: `SUBGRAPH_UNAVAILABLE`, or `TIMEOUT` when time was up.
 */
export interface Transport {
  /** It lives in this process: many small fetches cost no more than one large one. */
  readonly isLocal?: true;
  execute(request: SubgraphRequest, scope: RequestScope): SubgraphAnswer | Promise<SubgraphAnswer>;
  /**
   * Opens a stream, or answers once with what refused it. `return()` on the stream's iterator and the scope's signal
   * both end it at the source, also while nothing comes.
   */
  subscribe(request: SubgraphRequest, scope: RequestScope): Promise<SubgraphAnswer | AsyncIterable<SubgraphAnswer>>;
  close?(): Promise<void>;
}
