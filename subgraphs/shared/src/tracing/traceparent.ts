import { type Context, createTraceState, isSpanContextValid, type Link, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { currentActivity } from './activity.ts';

/** Headers of W3C trace context. */
export interface TraceHeaders {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

const shape = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const longestState = 512;
const none: TraceHeaders = {};

/** The caller's span, as headers for whoever is asked next; empty while nothing is traced. */
export function currentTraceHeaders(): TraceHeaders {
  const context = currentActivity()?.trace ?? null;
  if (context === null) return none;
  const span = trace.getSpanContext(context);
  if (span === undefined) return none;
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  const state = span.traceState?.serialize();
  return {
    traceparent: `00-${span.traceId}-${span.spanId}-${flags}`,
    ...(state === undefined || state === '' ? {} : { tracestate: state }),
  };
}

/** The context that headers speak of; what cannot be read starts a trace of its own. */
export function contextFromHeaders(headers: Readonly<Record<string, unknown>>): Context {
  const { traceparent, tracestate } = headers;
  const parts = typeof traceparent === 'string' ? shape.exec(traceparent) : null;
  const [, version, traceId = '', spanId = '', flags = '', rest] = parts ?? [];
  // Version 00 ends after its flags, ff is forbidden, later ones may go on.
  if (parts === null || version === 'ff' || (version === '00' && rest !== undefined)) return ROOT_CONTEXT;
  const span = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(typeof tracestate === 'string' && tracestate.length <= longestState
      ? { traceState: createTraceState(tracestate) }
      : {}),
  };
  return isSpanContextValid(span) ? trace.setSpanContext(ROOT_CONTEXT, span) : ROOT_CONTEXT;
}

/** Whether no span of this process stands around what runs under the context: none at all, or the caller's. */
export function isFromOutside(context: Context | null): boolean {
  const span = context === null ? undefined : trace.getSpanContext(context);
  return span === undefined || span.isRemote === true;
}

/** A link to the span that a stored `traceparent` names: what caused this, in a trace that ended long ago. */
export function linkTo(traceparent: string | null | undefined): Link[] {
  if (traceparent === null || traceparent === undefined) return [];
  const context = trace.getSpanContext(contextFromHeaders({ traceparent }));
  return context === undefined ? [] : [{ context }];
}
