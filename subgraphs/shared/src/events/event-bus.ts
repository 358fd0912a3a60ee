import type { DomainEvent, EventTopic } from './domain-event.ts';

export interface SubscribeOptions {
  readonly signal: AbortSignal;
  /** Events held for a listener that does not read. Default 1,000. */
  readonly bufferLimit?: number;
}

/**
 * Carries events from the outbox relay to whoever listens in any process. Delivery to a live listener is best
 * effort and at least once; what must not be missed is read from the outbox (`outbox-consumer.ts`).
 */
export interface EventBus {
  /** Delivers in the order given. Rejects when it could not be delivered; the relay then tries again. */
  publish(events: readonly DomainEvent[]): Promise<void>;
  /**
   * Listens from this call on, before anything is read. Ends when the signal aborts or the bus closes; holds at most
   * `bufferLimit` events and then ends with SLOW_CONSUMER.
   */
  subscribe<Payload>(topic: EventTopic<Payload>, options: SubscribeOptions): AsyncIterable<DomainEvent<Payload>>;
  close(): Promise<void>;
}
