import type { StreamFrame } from './stream-frame.ts';

export interface ReplayLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** The last answers of a stream, for clients that were cut off. Whatever limit is reached first, the oldest go. */
export interface ReplayWindow {
  add(frame: StreamFrame): void;
  /** Everything after an event, in order; null when some of it is gone, or the event has not happened. */
  after(number: number): readonly StreamFrame[] | null;
  /** The number of the last event. */
  readonly last: number;
}

export function createReplayWindow({ maxEvents, maxBytes, maxAgeMs }: ReplayLimits, nowMs: () => number): ReplayWindow {
  const kept: { readonly frame: StreamFrame; readonly atMs: number }[] = [];
  let bytes = 0;
  let last = 0;
  const prune = () => {
    const oldestMs = nowMs() - maxAgeMs;
    for (let first = kept[0]; first !== undefined; first = kept[0]) {
      if (kept.length <= maxEvents && bytes <= maxBytes && first.atMs >= oldestMs) return;
      bytes -= first.frame.bytes;
      kept.shift();
    }
  };
  return {
    add(frame) {
      kept.push({ frame, atMs: nowMs() });
      bytes += frame.bytes;
      last = frame.number;
      prune();
    },
    after(number) {
      prune();
      const missed = last - number;
      if (missed < 0 || missed > kept.length) return null;
      return kept.slice(kept.length - missed).map(({ frame }) => frame);
    },
    get last() {
      return last;
    },
  };
}
