import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepAsking } from './keep-asking.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('asks again by itself, at once when the network is back, and no more once somebody answered', () => {
  const network = new EventTarget();
  const ask = vi.fn();
  const stop = keepAsking(ask, network);
  vi.advanceTimersByTime(11_000);
  expect(ask).toHaveBeenCalledTimes(2);
  network.dispatchEvent(new Event('online'));
  expect(ask).toHaveBeenCalledTimes(3);
  stop();
  network.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(60_000);
  expect(ask).toHaveBeenCalledTimes(3);
});
