import { AppError } from '@cauce/shared/errors/app-error';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEventStream, type EventQueueLimits } from './event-stream.ts';
import { createEventSource } from './test/event-source.ts';

function openStream(
  limits?: EventQueueLimits,
  answer: (event: number) => Promise<string> = async (event) => `e${event}`,
) {
  const source = createEventSource<number>();
  const request = new AbortController();
  const seen = { ends: 0 };
  const stream = createEventStream<number, string>({
    source,
    signal: request.signal,
    limits,
    answer,
    answerFailure: (cause) => (cause instanceof AppError ? cause.code : String(cause)),
    onEnd: () => {
      seen.ends += 1;
    },
  });
  return { source, request, stream, seen };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('answers events in their order, however long each takes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 12 }), async (delays) => {
      const { source, stream } = openStream(undefined, async (event) => {
        for (let turn = 0; turn < (delays[event] ?? 0); turn += 1) await settled();
        return `e${event}`;
      });
      const reads = delays.map(() => stream.next());
      for (const event of delays.keys()) source.push(event);
      expect((await Promise.all(reads)).map(({ value }) => value)).toEqual(delays.map((_, event) => `e${event}`));
    }),
    { numRuns: 40 },
  );
});

it('ends after the last event of a source that has ended', async () => {
  const { source, stream, seen } = openStream();
  source.push(1);
  source.push(2);
  await settled();
  source.end();
  const answers: string[] = [];
  for await (const answer of stream) answers.push(answer);
  expect(answers).toEqual(['e1', 'e2']);
  expect(seen.ends).toBe(1);
});

it('ends the source at once when the reader leaves, also while nothing comes', async () => {
  const { source, stream, seen } = openStream();
  const read = stream.next();
  await settled();
  await stream.return?.();
  expect(source.isOpen).toBe(false);
  expect(seen.ends).toBe(1);
  expect(await read).toEqual({ done: true, value: undefined });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

it('lets a generator that waits for its next event know that nobody does any more', async () => {
  const ending = new AbortController();
  let isEnded = false;
  async function* silent(): AsyncGenerator<number> {
    try {
      await new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
    } finally {
      isEnded = true;
    }
  }
  const stream = createEventStream<number, number>({
    source: silent(),
    signal: new AbortController().signal,
    limits: undefined,
    answer: async (event) => event,
    answerFailure: () => -1,
    onEnd: () => ending.abort(),
  });
  void stream.next();
  await settled();
  await stream.return?.();
  await settled();
  expect(isEnded).toBe(true);
});

it('ends when its request is given up', async () => {
  const { source, request, stream } = openStream();
  const read = stream.next();
  request.abort();
  expect(await read).toEqual({ done: true, value: undefined });
  expect(source.isOpen).toBe(false);
});

it('never opens for a request that was given up before', async () => {
  const { source, request } = openStream();
  request.abort();
  const stream = createEventStream<number, number>({
    source,
    signal: request.signal,
    limits: undefined,
    answer: async (event) => event,
    answerFailure: () => -1,
    onEnd: () => undefined,
  });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

it('ends a stream whose reader falls too far behind, with a code', async () => {
  const { source, stream } = openStream({ maxQueued: 3, whenFull: 'end' });
  for (let event = 1; event <= 5; event += 1) source.push(event);
  await settled();
  expect(source.isOpen).toBe(false);
  expect((await stream.next()).value).toBe('SLOW_CONSUMER');
  expect((await stream.next()).done).toBe(true);
});

it('pushes out the oldest events instead, where only the latest matter', async () => {
  const { source, stream } = openStream({ maxQueued: 3, whenFull: 'dropOldest' });
  for (let event = 1; event <= 5; event += 1) source.push(event);
  await settled();
  expect([await stream.next(), await stream.next(), await stream.next()].map(({ value }) => value)).toEqual([
    'e3',
    'e4',
    'e5',
  ]);
  expect(source.isOpen).toBe(true);
  await stream.return?.();
});

it('says what broke its source after the events before it, and ends', async () => {
  const { source, stream, seen } = openStream();
  source.push(1);
  await settled();
  source.fail(new Error('cut'));
  expect([await stream.next(), await stream.next(), await stream.next()]).toEqual([
    { done: false, value: 'e1' },
    { done: false, value: 'Error: cut' },
    { done: true, value: undefined },
  ]);
  expect(seen.ends).toBe(1);
});
