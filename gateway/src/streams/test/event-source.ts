/** A source of events that a test feeds by hand, and that knows whether anybody still listens. */
export interface EventSource<Event> extends AsyncIterable<Event> {
  push(event: Event): void;
  fail(error: Error): void;
  end(): void;
  readonly isOpen: boolean;
}

export function createEventSource<Event>(): EventSource<Event> {
  const waiting: Event[] = [];
  let failure: Error | null = null;
  let isOpen = true;
  let wake: () => void = () => undefined;
  const settle = () => wake();
  const iterator: AsyncIterator<Event> = {
    async next() {
      while (waiting.length === 0 && isOpen && failure === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const event = waiting.shift();
      if (event !== undefined) return { done: false, value: event };
      if (failure !== null) throw failure;
      return { done: true, value: undefined };
    },
    async return() {
      isOpen = false;
      settle();
      return { done: true, value: undefined };
    },
  };
  return {
    [Symbol.asyncIterator]: () => iterator,
    push(event) {
      waiting.push(event);
      settle();
    },
    fail(error) {
      failure = error;
      settle();
    },
    end() {
      isOpen = false;
      settle();
    },
    get isOpen() {
      return isOpen;
    },
  };
}
