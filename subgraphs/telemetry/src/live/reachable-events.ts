import { reaches, type Viewer } from '@cauce/shared/auth/viewer';
import type { DomainEvent, EventTopic } from '@cauce/shared/events/domain-event';
import type { EventBus } from '@cauce/shared/events/event-bus';

export interface Listening<Payload, Value> {
  readonly viewer: Viewer;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** What the listener gets for an event that it may hear of, one after the other. */
  answers(event: DomainEvent<Payload>): Promise<readonly Value[]>;
}

/** Whether a viewer may hear of something at this place; without a place, only who reaches all of them. */
export function reachesEvent(
  { companyIds, siteIds }: Pick<Viewer, 'companyIds' | 'siteIds'>,
  event: Pick<DomainEvent, 'companyId' | 'siteId'>,
): boolean {
  if (event.siteId !== null) return reaches(siteIds, event.siteId);
  if (event.companyId !== null) return reaches(companyIds, event.companyId);
  return companyIds === 'all' && siteIds === 'all';
}

/**
 * A topic from this call on, each event judged by its own place. Not an async generator: those cannot be ended while
 * they wait, and a listener that has gone must not stay until the next event.
 */
export function reachableEvents<Payload, Value>(
  bus: EventBus,
  topic: EventTopic<Payload>,
  { viewer, signal, answers }: Listening<Payload, Value>,
): AsyncIterableIterator<Value> {
  const left = new AbortController();
  const events = bus.subscribe(topic, { signal: AbortSignal.any([signal, left.signal]) })[Symbol.asyncIterator]();
  let ready: readonly Value[] = [];
  const stream: AsyncIterableIterator<Value> = {
    async next() {
      for (;;) {
        const [value, ...rest] = ready;
        if (value !== undefined) {
          ready = rest;
          return { done: false, value };
        }
        const step = await events.next();
        if (step.done === true) return { done: true, value: undefined };
        if (reachesEvent(viewer, step.value)) ready = await answers(step.value);
      }
    },
    async return() {
      left.abort();
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
