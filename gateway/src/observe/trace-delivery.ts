import { contextFromHeaders } from '@cauce/shared/tracing/traceparent';
import type { Tracing } from '@cauce/shared/tracing/tracing';
import type { ExecutionResult } from 'graphql';
import type { SubgraphAnswer } from '../transports/transport.ts';

/**
 * A span for what the gateway does with one event: completing it from other subgraphs. It goes on from the span that
 * the subgraph answered the event under, which is linked to the change that caused it.
 */
export function traceDelivery(
  tracing: Tracing,
  { extensions = {} }: SubgraphAnswer,
  requestId: string,
  work: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  return tracing.inSpan('deliver event', { role: 'producer', requestId, parent: contextFromHeaders(extensions) }, work);
}
