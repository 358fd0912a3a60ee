import type { DomainEvent, EventTopic } from './domain-event.ts';

/**
 * Carries events from the outbox relay to whoever listens in any process. Delivery to a live listener is best
 * effort; what must not be missed is read from the outbox.
 */
export interface EventBus {
  publish(events: readonly DomainEvent[]): Promise<void>;
  /** Ends when the signal aborts; holds at most `bufferLimit` events and then ends with SLOW_CONSUMER. */
  subscribe<Payload>(
    topic: EventTopic<Payload>,
    options: { readonly signal: AbortSignal; readonly bufferLimit?: number },
  ): AsyncIterable<DomainEvent<Payload>>;
  close(): Promise<void>;
}
