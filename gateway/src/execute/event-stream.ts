import { AppError } from '@cauce/shared/errors/app-error';

export interface EventQueueLimits {
  /** Events that may wait for a slow reader. */
  readonly maxQueued: number;
  /** What a further one does: end the stream with `SLOW_CONSUMER`, or push out the oldest one that waits. */
  readonly whenFull: 'end' | 'dropOldest';
}

export interface EventStreamOptions<Event, Answer> {
  readonly source: AsyncIterable<Event>;
  readonly signal: AbortSignal;
  readonly limits: EventQueueLimits | undefined;
  readonly answer: (event: Event) => Promise<Answer>;
  /** The last thing a stream says when its source fails or its reader is too slow. */
  readonly answerFailure: (cause: unknown) => Answer;
  /** Called once, as soon as nobody wants another event. */
  readonly onEnd: () => void;
}

export const defaultQueueLimits: EventQueueLimits = { maxQueued: 256, whenFull: 'end' };

/**
 * Answers the events of a source in their order. Events are read off the source as they come and wait here, unanswered,
 * in a bounded queue, so a slow reader costs no fetches. `return()` ends the source at once, also a silent one.
 */
export function createEventStream<Event, Answer>(
  options: EventStreamOptions<Event, Answer>,
): AsyncIterableIterator<Answer> {
  const { maxQueued, whenFull } = options.limits ?? defaultQueueLimits;
  const iterator = options.source[Symbol.asyncIterator]();
  const queue: Event[] = [];
  let failure: { readonly cause: unknown } | null = null;
  let isClosed = false;
  let hasEnded = false;
  let wake: (() => void) | null = null;
  /** Each reader waits for the one before it, which keeps answers in the order of their events. */
  let lastRead: Promise<unknown> = Promise.resolve();

  const wakeReader = () => {
    wake?.();
    wake = null;
  };
  /** No event comes any more. Those that wait are still answered, unless the reader left. */
  const close = (isSourceAtEnd: boolean) => {
    if (isClosed) return;
    isClosed = true;
    options.signal.removeEventListener('abort', leave);
    options.onEnd();
    // Not awaited: an async generator takes it only after the event that it waits for.
    if (!isSourceAtEnd) iterator.return?.().catch(() => undefined);
    wakeReader();
  };
  const leave = () => {
    hasEnded = true;
    queue.length = 0;
    close(false);
    wakeReader();
  };
  const accept = (event: Event) => {
    if (queue.length >= maxQueued) {
      if (whenFull === 'end') {
        queue.length = 0;
        failure = { cause: new AppError('SLOW_CONSUMER', 'Events came faster than they were read') };
        close(false);
        return;
      }
      queue.shift();
    }
    queue.push(event);
    wakeReader();
  };
  const pump = async () => {
    try {
      while (!isClosed) {
        const step = await iterator.next();
        if (isClosed) return;
        if (step.done === true) return close(true);
        accept(step.value);
      }
    } catch (cause) {
      if (!isClosed) failure = { cause };
      close(true);
    }
  };
  const read = async (): Promise<IteratorResult<Answer>> => {
    while (queue.length === 0 && failure === null && !isClosed) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (hasEnded) return { done: true, value: undefined };
    const event = queue.shift();
    if (event !== undefined) {
      const value = await options.answer(event);
      return hasEnded ? { done: true, value: undefined } : { done: false, value };
    }
    hasEnded = true;
    return failure === null
      ? { done: true, value: undefined }
      : { done: false, value: options.answerFailure(failure.cause) };
  };

  options.signal.addEventListener('abort', leave, { once: true });
  if (options.signal.aborted) leave();
  else void pump();
  const stream: AsyncIterableIterator<Answer> = {
    next() {
      const next = lastRead.then(read);
      lastRead = next.catch(() => undefined);
      return next;
    },
    return() {
      leave();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error) {
      leave();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
