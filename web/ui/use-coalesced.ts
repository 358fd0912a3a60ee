'use client';
import { useCallback, useEffect, useRef } from 'react';

/** Calls `action` at most once in `intervalMs`, however often it is asked to; the last request is never lost. */
export function useCoalesced(action: () => void, intervalMs: number): () => void {
  const latest = useRef(action);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      latest.current();
    }, intervalMs);
  }, [intervalMs]);
}
