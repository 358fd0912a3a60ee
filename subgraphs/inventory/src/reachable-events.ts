import { reaches, type Viewer } from '@cauce/shared/auth/viewer';
import type { DomainEvent, EventTopic } from '@cauce/shared/events/domain-event';
import type { EventBus } from '@cauce/shared/events/event-bus';

/** Whether a viewer may hear of something with this row scope; with neither site nor company, only who reaches all. */
export function reachesEvent(
  { companyIds, siteIds }: Pick<Viewer, 'companyIds' | 'siteIds'>,
  event: Pick<DomainEvent, 'companyId' | 'siteId'>,
): boolean {
  if (event.siteId !== null) return reaches(siteIds, event.siteId);
  if (event.companyId !== null) return reaches(companyIds, event.companyId);
  return companyIds === 'all' && siteIds === 'all';
}

export interface Listening<Payload, Value> {
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
  /** What the listener gets for an event that it may hear of; null for none. */
  answer(event: DomainEvent<Payload>): Promise<Value | null>;
}

/**
 * A topic from this call on, each event judged by its own row scope. Not an async generator: those cannot be ended
 * while they wait, and a listener that has gone must not stay until the next event.
 */
export function reachableEvents<Payload, Value>(
  bus: EventBus,
  topic: EventTopic<Payload>,
  { viewer, signal, answer }: Listening<Payload, Value>,
): AsyncIterableIterator<Value> {
  const left = new AbortController();
  const events = bus.subscribe(topic, { signal: AbortSignal.any([signal, left.signal]) })[Symbol.asyncIterator]();
  const stream: AsyncIterableIterator<Value> = {
    async next() {
      for (;;) {
        const step = await events.next();
        if (step.done === true) return { done: true, value: undefined };
        if (!reachesEvent(viewer, step.value)) continue;
        const value = await answer(step.value);
        if (value !== null) return { done: false, value };
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
