import type { DomainEvent, EventTopic } from './domain-event.ts';
import { createEventBuffer, type EventBuffer } from './event-buffer.ts';
import type { EventWatcher, SubscribeOptions } from './event-bus.ts';

/** The listeners of this process, by topic. Both buses deliver through it. */
export interface LocalListeners {
  has(topic: string): boolean;
  deliver(event: DomainEvent): void;
  subscribe<Payload>(topic: EventTopic<Payload>, options: SubscribeOptions): AsyncIterable<DomainEvent<Payload>>;
  watch(watcher: EventWatcher): () => void;
  /** Tells those who watch that events may have been missed. */
  gap(): void;
  close(): void;
}

export function createLocalListeners(): LocalListeners {
  const byTopic = new Map<string, Set<EventBuffer<DomainEvent>>>();
  const watchers = new Set<EventWatcher>();
  let isClosed = false;
  return {
    has: (topic) => {
      if (byTopic.has(topic)) return true;
      for (const watcher of watchers) if (watcher.follows(topic)) return true;
      return false;
    },
    // One object for all listeners of a topic: two thousand subscribers cost two thousand references.
    deliver: (event) => {
      for (const watcher of watchers) if (watcher.follows(event.topic)) watcher.event(event);
      for (const buffer of [...(byTopic.get(event.topic) ?? [])]) buffer.push(event);
    },
    subscribe: <Payload>(topic: EventTopic<Payload>, options: SubscribeOptions) => {
      const buffers = byTopic.get(topic.name) ?? new Set();
      const onAbort = (): void => buffer.end();
      const buffer = createEventBuffer<DomainEvent>(options.bufferLimit ?? defaultBufferLimit, () => {
        options.signal.removeEventListener('abort', onAbort);
        buffers.delete(buffer);
        if (buffers.size === 0 && byTopic.get(topic.name) === buffers) byTopic.delete(topic.name);
      });
      if (isClosed || options.signal.aborted) {
        buffer.end();
      } else {
        options.signal.addEventListener('abort', onAbort, { once: true });
        buffers.add(buffer);
        byTopic.set(topic.name, buffers);
      }
      // The topic's declaration is the parse: only its publisher writes payloads under its name.
      return buffer as AsyncIterable<DomainEvent<Payload>>;
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    gap: () => {
      for (const watcher of watchers) watcher.gap();
    },
    close: () => {
      isClosed = true;
      for (const buffers of [...byTopic.values()]) for (const buffer of [...buffers]) buffer.end();
    },
  };
}

const defaultBufferLimit = 1_000;
