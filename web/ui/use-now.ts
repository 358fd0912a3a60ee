'use client';
import { useSyncExternalStore } from 'react';

const tickMs = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The current time, to the second, from one clock for the whole page; null while the server renders. */
export function useNow(): number | null {
  return useSyncExternalStore(listen, readSecond, () => null);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const one of listeners) one();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function readSecond(): number {
  return Math.floor(Date.now() / tickMs) * tickMs;
}
