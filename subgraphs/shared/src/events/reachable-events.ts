import { reaches, type Viewer } from '../auth/viewer.ts';
import { rememberOrigin } from '../tracing/event-origin.ts';
import type { DomainEvent, EventTopic } from './domain-event.ts';
import type { EventBus } from './event-bus.ts';

/** Whether a viewer may hear of something with this row scope. With neither site nor company, only who reaches all. */
export function reachesEvent(
  { companyIds, siteIds }: Pick<Viewer, 'companyIds' | 'siteIds'>,
  event: Pick<DomainEvent, 'companyId' | 'siteId'>,
): boolean {
  if (event.siteId !== null) return reaches(siteIds, event.siteId);
  if (event.companyId !== null) return reaches(companyIds, event.companyId);
  return companyIds === 'all' && siteIds === 'all';
}

export interface EventReader<Payload, Value> {
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
  /** What the event means to its listener; null passes over it. */
  read(event: DomainEvent<Payload>): Promise<Value | null>;
}

/**
 * What a viewer hears of a topic from this call on. Each event is judged by its own scope before it is read. Ends with
 * the signal, or at once when its reader leaves, also while it waits on a quiet topic.
 */
export function reachableEvents<Payload, Value>(
  bus: EventBus,
  topic: EventTopic<Payload>,
  { viewer, signal, read }: EventReader<Payload, Value>,
): AsyncIterableIterator<Value> {
  const left = new AbortController();
  const events = bus.subscribe(topic, { signal: AbortSignal.any([signal, left.signal]) })[Symbol.asyncIterator]();
  const stream: AsyncIterableIterator<Value> = {
    async next() {
      for (;;) {
        const step = await events.next();
        if (step.done === true) return { done: true, value: undefined };
        const value = reachesEvent(viewer, step.value) ? await read(step.value) : null;
        if (value === null) continue;
        rememberOrigin(value, step.value.traceparent);
        return { done: false, value };
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
