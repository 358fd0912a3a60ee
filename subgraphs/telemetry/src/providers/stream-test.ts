import type { ProviderTestStep } from './test-provider.ts';

/** How far the test of a provider is. */
export interface ProviderTestProgress {
  /** All that was asked so far, in order: who comes late has missed nothing. */
  readonly steps: readonly ProviderTestStep[];
  readonly isDone: boolean;
  /** Whether no step failed; null until it is done. */
  readonly isWell: boolean | null;
  /** Why nothing was asked: `NOT_FOUND`, `NOT_PULLED`; null when it was. */
  readonly refused: string | null;
}

/** Runs a test, telling of each step; aborted when nobody waits for it any more. Answers with the last word. */
export type RunTest = (
  tell: (steps: readonly ProviderTestStep[]) => void,
  signal: AbortSignal,
) => Promise<ProviderTestProgress>;

/**
 * The steps of a test as they come. It begins with the first look at it, and ends with its reader: not an async
 * generator, because those cannot be ended while they wait, and a slow provider is waited for long.
 */
export function streamTest(run: RunTest, signal: AbortSignal): AsyncIterableIterator<ProviderTestProgress> {
  const left = new AbortController();
  const told: ProviderTestProgress[] = [];
  let state: 'NEW' | 'RUNNING' | 'ENDED' = 'NEW';
  let failure: { readonly error: unknown } | null = null;
  let wake = () => {};
  const tell = (progress: ProviderTestProgress) => {
    told.push(progress);
    wake();
  };
  const end = () => {
    state = 'ENDED';
    wake();
  };
  const start = () => {
    state = 'RUNNING';
    const ending = AbortSignal.any([signal, left.signal]);
    ending.addEventListener('abort', end, { once: true });
    run((steps) => tell({ steps, isDone: false, isWell: null, refused: null }), ending)
      .then(tell)
      .catch((error: unknown) => {
        failure = { error };
      })
      .finally(end);
  };
  const stream: AsyncIterableIterator<ProviderTestProgress> = {
    async next() {
      if (state === 'NEW') start();
      for (;;) {
        const next = left.signal.aborted ? undefined : told.shift();
        if (next !== undefined) return { done: false, value: next };
        if (failure !== null && !left.signal.aborted) throw failure.error;
        if (state === 'ENDED') return { done: true, value: undefined };
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async return() {
      left.abort();
      end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
