import type { Attributes, Context, Link, Span } from '@opentelemetry/api';

export type SpanRole = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export interface SpanDetail {
  /** Default `internal`. */
  readonly role?: SpanRole;
  readonly attributes?: Attributes;
  /** Spans of other traces that caused this one. */
  readonly links?: readonly Link[];
  /** Default: the caller's span. */
  readonly parent?: Context;
  /** Epoch milliseconds, for what was measured before it was known to be worth a span. Default: now. */
  readonly startedAtMs?: number;
  /** The request that the work belongs to. Default: the caller's. */
  readonly requestId?: string;
}

/** Makes spans and sends them. There is none while tracing is off: whoever would make a span asks for it first. */
export interface Tracing {
  /**
   * Runs work under a span that ends with it, also when it ends as a promise. What it throws is marked on the span and
   * thrown on. `work` may say more about the span while it runs.
   */
  inSpan<Value>(name: string, detail: SpanDetail, work: (span: Span) => Value): Value;
  /** A span that the caller ends, with the context to run its work under. */
  open(name: string, detail: SpanDetail): { readonly span: Span; readonly context: Context };
  /** Sends what is held, within the exporter's time limit, and takes no more. */
  stop(): Promise<void>;
}
