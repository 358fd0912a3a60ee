import type { ExecutionResult } from 'graphql';

/**
 * While a stream moves from one upstream to another, both may bring the same event. What the old one brought since the
 * move began is remembered, and the same answer from the new one is a repeat, once each.
 */
export interface Repeats {
  begin(): void;
  isRepeat(result: ExecutionResult, isFromNew: boolean): boolean;
  /** The move is over: what the new one brings a little later than the old one may still be a repeat. */
  end(): void;
}

const lingerMs = 2_000;

export function createRepeats(nowMs: () => number): Repeats {
  const texts = new Map<string, number>();
  let untilMs = 0;
  return {
    begin() {
      texts.clear();
      untilMs = Number.POSITIVE_INFINITY;
    },
    isRepeat(result, isFromNew) {
      if (untilMs <= nowMs()) {
        texts.clear();
        return false;
      }
      const text = JSON.stringify(result);
      const count = texts.get(text) ?? 0;
      if (!isFromNew) texts.set(text, count + 1);
      else if (count > 0) texts.set(text, count - 1);
      return isFromNew && count > 0;
    },
    end() {
      untilMs = nowMs() + lingerMs;
    },
  };
}
