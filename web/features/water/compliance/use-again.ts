'use client';
import { useEffect, useRef } from 'react';

/** Asks again each time the version changes, and not when the page opens. */
export function useAgain(version: number, again: () => void): void {
  const last = useRef(version);
  useEffect(() => {
    if (last.current === version) return;
    last.current = version;
    again();
  }, [version, again]);
}
