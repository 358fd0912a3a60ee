import { randomUUID } from 'node:crypto';
import type { Tracing } from '@cauce/shared/tracing/tracing';
import { getOperationAST } from 'graphql';
import type { StreamRequest } from '../streams/stream-hub.ts';
import type { StreamObserver } from '../streams/stream-observer.ts';
import { runObserved } from './observed-run.ts';
import type { OperationMetrics } from './operation-metrics.ts';
import type { MeasuredName } from './operation-names.ts';

export interface ObservedStreamsOptions {
  readonly metrics: OperationMetrics;
  readonly tracing: Tracing | null;
  readonly nameOf: MeasuredName;
}

/** Counts subscriptions and their events by operation, and traces how they are opened. */
export function observeStreams({ metrics, tracing, nameOf }: ObservedStreamsOptions): StreamObserver {
  return {
    joining: (request, viewer, work) => {
      const as = { kind: 'subscription', name: nameIn(request), request, requestId: randomUUID(), viewer };
      return runObserved({ tracing, nameOf }, as, work);
    },
    joined(request, viewer) {
      const { delivered, closed } = metrics.streamOpened(nameOf(nameIn(request), viewer));
      return { delivered, left: closed };
    },
    refused: metrics.refused,
  };
}

function nameIn({ document, operationName }: StreamRequest): string | null {
  const operation = document === undefined ? null : getOperationAST(document, operationName);
  return operation?.name?.value ?? null;
}
