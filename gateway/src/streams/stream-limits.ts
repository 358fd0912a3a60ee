import type { JoinLimits } from './limited-joins.ts';
import type { ReplayLimits } from './replay-window.ts';

export interface StreamLimits extends JoinLimits {
  /** What each stream keeps for clients that come back. */
  readonly window: ReplayLimits;
  /** How long a stream waits for a client that was cut off and comes back. 0 ends it at once. */
  readonly graceMs: number;
  /** Streams that may go on for nobody at the same time; beyond, the one that has waited longest ends. */
  readonly maxKept: number;
  /** Events of one stream that may wait to be completed; one more ends it with `SLOW_CONSUMER`. */
  readonly maxWaitingEvents: number;
  /** Events of one stream that are completed at the same time. */
  readonly maxAnswersAtOnce: number;
  /** After this an event is answered with what there is. */
  readonly answerTimeoutMs: number;
}

export const defaultStreamLimits: StreamLimits = {
  window: { maxEvents: 256, maxBytes: 1024 * 1024, maxAgeMs: 60_000 },
  graceMs: 5_000,
  maxKept: 500,
  maxPerViewer: 1_000,
  maxMembers: 50_000,
  maxWaitingEvents: 256,
  maxAnswersAtOnce: 8,
  answerTimeoutMs: 10_000,
};
