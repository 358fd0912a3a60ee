/**
 * Something that happened, written to the outbox in the transaction that made it true and delivered at least once.
 * Whoever acts on it deduplicates by `id`.
 */
export interface DomainEvent<Payload = unknown> {
  /** Grows with time; a decimal string because it is a bigint in Postgres. */
  readonly id: string;
  /** `<subgraph>.<nounVerbed>`, for example `telemetry.measurementAdded`. */
  readonly topic: string;
  /** Row scope of the thing it speaks of: only viewers that reach it may hear of it. */
  readonly companyId: string | null;
  readonly siteId: string | null;
  /** The entity it is about; events of one key keep their order. */
  readonly key: string;
  readonly occurredAt: string;
  readonly payload: Payload;
  /** The span that wrote it, as W3C trace context says it; absent when that was not traced. */
  readonly traceparent?: string;
}

/** A topic and the shape of its payload; declared once by the subgraph that publishes it. */
export interface EventTopic<Payload> {
  readonly name: string;
  /** Partners may subscribe a webhook to it. */
  readonly isPublic: boolean;
  /** Phantom: carries the payload's type only. */
  readonly payload?: Payload;
}

export function defineTopic<Payload>(name: string, options: { readonly isPublic?: boolean } = {}): EventTopic<Payload> {
  return { name, isPublic: options.isPublic ?? false };
}
