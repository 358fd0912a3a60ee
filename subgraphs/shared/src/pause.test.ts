import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { pause } from './pause.ts';

describe('a pause', () => {
  it('ends with its signal, also one that has ended before, and leaves no listener on it', async () => {
    const left = new AbortController();
    const waiting = pause(3_600_000, left.signal);
    left.abort();
    await waiting;
    await pause(3_600_000, left.signal);
    const kept = new AbortController();
    await pause(1, kept.signal);
    await pause(1);
    expect(getEventListeners(kept.signal, 'abort')).toEqual([]);
  });
});
