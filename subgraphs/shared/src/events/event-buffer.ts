import { AppError } from '../errors/app-error.ts';

/** What one listener has not read yet: bounded, so that a listener that stops reading cannot eat the memory. */
export interface EventBuffer<Event> extends AsyncIterable<Event> {
  /** Hands over an event; past the bound the listener is ended with SLOW_CONSUMER and holds nothing any more. */
  push(event: Event): void;
  /** Ends the listener after what it still holds, or at once with a failure. */
  end(failure?: Error): void;
}

/**
 * @param limit events held at most
 * @param onEnd called once when the listener is over, whoever ended it
 */
export function createEventBuffer<Event>(limit: number, onEnd: () => void): EventBuffer<Event> {
  let waiting: Event[] = [];
  let reader: { resolve(result: IteratorResult<Event>): void; reject(failure: Error): void } | null = null;
  let isEnded = false;
  let failure: Error | null = null;

  const end = (reason?: Error): void => {
    if (isEnded) return;
    isEnded = true;
    if (reason) {
      failure = reason;
      waiting = [];
    }
    onEnd();
    if (!reader) return;
    const settle = reader;
    reader = null;
    if (failure) settle.reject(takeFailure());
    else settle.resolve({ done: true, value: undefined });
  };

  /** Thrown once; after that the listener is simply over, as async iterators are. */
  const takeFailure = (): Error => {
    const thrown = failure ?? new Error('The listener has ended');
    failure = null;
    return thrown;
  };

  const next = async (): Promise<IteratorResult<Event>> => {
    if (failure) throw takeFailure();
    const event = waiting.shift();
    if (event !== undefined) return { done: false, value: event };
    if (isEnded) return { done: true, value: undefined };
    return new Promise((resolve, reject) => {
      reader = { resolve, reject };
    });
  };

  return {
    push: (event) => {
      if (isEnded) return;
      if (reader) {
        const settle = reader;
        reader = null;
        settle.resolve({ done: false, value: event });
      } else if (waiting.length >= limit) {
        end(new AppError('SLOW_CONSUMER', `More than ${limit} events were waiting to be read`, { detail: { limit } }));
      } else {
        waiting.push(event);
      }
    },
    end,
    [Symbol.asyncIterator]: () => ({
      next,
      return: async () => {
        waiting = [];
        end();
        return { done: true, value: undefined };
      },
    }),
  };
}
