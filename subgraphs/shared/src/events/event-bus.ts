import type { DomainEvent, EventTopic } from './domain-event.ts';

export interface SubscribeOptions {
  readonly signal: AbortSignal;
  /** Events held for a listener that does not read. Default 1,000. */
  readonly bufferLimit?: number;
}

/** Follows topics without a queue of its own: for what must be done before anybody else hears of an event. */
export interface EventWatcher {
  follows(topic: string): boolean;
  /** Called with each event before any listener of this process is given it. Must neither throw nor wait. */
  event(event: DomainEvent): void;
  /** Events may have been missed, or will be: the connection was lost, or is back. */
  gap(): void;
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
  /** Watches from this call on; ends with the function that it gives. */
  watch(watcher: EventWatcher): () => void;
  /**
   * True once everything that was published before this call has been delivered to this process; false when that
   * cannot be known now. Answers soon in any case.
   */
  isCaughtUp(): boolean | Promise<boolean>;
  close(): Promise<void>;
}
