import type { EventBus } from './event-bus.ts';
import { createLocalListeners } from './local-listeners.ts';

/**
 * The bus of a platform that runs in one process. Own code instead of a library: listening must start with the call
 * and not with the first read, and every listener needs a bound.
 */
export function createMemoryEventBus(): EventBus {
  const listeners = createLocalListeners();
  return {
    publish: async (events) => {
      for (const event of events) listeners.deliver(event);
    },
    subscribe: listeners.subscribe,
    watch: listeners.watch,
    // Publishing is delivering.
    isCaughtUp: () => true,
    close: async () => listeners.close(),
  };
}
