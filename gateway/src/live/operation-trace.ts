import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { runAs } from '@cauce/shared/tracing/activity';
import { contextFromHeaders, type TraceHeaders } from '@cauce/shared/tracing/traceparent';
import { z } from 'zod';

const longest = 512;
const schema = z.object({ traceparent: z.string().max(longest), tracestate: z.string().max(longest).optional() });

/**
 * The trace that a client goes on with over a live connection, where no operation has headers of its own:
 * `extensions: { traceparent, tracestate }`. Null when it says nothing that can be read: then a trace begins here.
 */
export function traceFrom(extensions: unknown): TraceHeaders | null {
  const parsed = schema.safeParse(extensions);
  if (!parsed.success) return null;
  const { traceparent, tracestate } = parsed.data;
  return { traceparent, ...(tracestate !== undefined && { tracestate }) };
}

/** Runs an operation as part of the client's trace. */
export function runTraced<Value>(trace: TraceHeaders | null, scope: RequestScope, work: () => Value): Value {
  if (trace === null) return work();
  return runAs({ requestId: scope.requestId, trace: contextFromHeaders({ ...trace }) }, work);
}
