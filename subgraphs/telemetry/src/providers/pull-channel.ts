import { ProviderFailure } from './provider-failure.ts';
import type { Pulling } from './provider-settings.ts';
import type { ChannelCursor } from './pull-cursor.ts';
import type { PulledValue, SourceOfReadings } from './source-of-readings.ts';

export interface ChannelPull {
  readonly deviceId: string;
  readonly channel: string;
  readonly cursor: ChannelCursor;
}

/** Keeps a batch, oldest first, and the cursor that it leads to, in one transaction. */
export type KeepBatch = (batch: {
  readonly values: readonly PulledValue[];
  readonly unreadable: readonly string[];
  readonly cursor: Partial<ChannelCursor>;
}) => Promise<void>;

export interface ChannelPullDeps {
  readonly source: Pick<SourceOfReadings, 'read'>;
  readonly keep: KeepBatch;
  readonly pulling: Pick<Pulling, 'backfillDays' | 'overlapMinutes' | 'sweepDays'>;
  readonly now: () => Date;
  /** Whether there is time for another window. */
  readonly hasTime: () => boolean;
  readonly signal: AbortSignal;
}

/**
 * Pulls one channel from its cursor to now, window by window, oldest first, and keeps each before the next is asked
 * for: killed at any point it goes on where it was. The cursor moves to the newest reading that was kept and not to the
 * end of the window, so that what a provider or a logger has not sent yet is asked for again; each pull begins before
 * it, for readings that come out of order, and once a day one looks back long before it.
 * @returns whether it came to the end
 */
export async function pullChannel(deps: ChannelPullDeps, pull: ChannelPull): Promise<boolean> {
  const { keep, pulling } = deps;
  const { through, sweptAt, misses } = pull.cursor;
  const now = deps.now().getTime();
  const overlapMs = pulling.overlapMinutes * 60_000;
  const begin = through === null ? now - pulling.backfillDays * dayMs : through.getTime() - overlapMs;
  // What comes late from here on is looked for from here on; what is there already is read now.
  if (sweptAt === null) await keep({ ...nothing, cursor: { sweptAt: new Date(now) } });
  // A logger's clock may run ahead of ours.
  const isDone = await pullRange(deps, pull, begin, now + dayMs, now);
  if (isDone && misses > 0) await keep({ ...nothing, cursor: { misses: 0 } });
  const isSweepDue = pulling.sweepDays > 0 && sweptAt !== null && now - sweptAt.getTime() >= dayMs;
  if (!isDone || !isSweepDue) return isDone;
  // After what is new, so that a look back that never ends holds nothing up. It begins where the last one counted from:
  // everything that has come since, and was at most so many days late, lies behind that.
  if (!(await pullRange(deps, pull, sweptAt.getTime() - pulling.sweepDays * dayMs, begin, now))) return false;
  await keep({ ...nothing, cursor: { sweptAt: new Date(now) } });
  return true;
}

const nothing = { values: [], unreadable: [] };

async function pullRange(
  { source, keep, hasTime, signal }: ChannelPullDeps,
  { deviceId, channel }: ChannelPull,
  begin: number,
  end: number,
  now: number,
): Promise<boolean> {
  let from = begin;
  let span = firstSpanMs;
  while (from < end) {
    signal.throwIfAborted();
    const to = Math.min(end, from + span);
    const window = { deviceId, channel, from: new Date(from), to: new Date(to) };
    const pulled = await source.read(window, signal).catch((error: unknown) => {
      if (isTooMany(error) && to - from > shortestSpanMs) return null;
      throw error;
    });
    if (pulled === null) {
      span = Math.max(shortestSpanMs, Math.floor((to - from) / 8));
      continue;
    }
    const values = pulled.values
      .filter(({ measuredAt }) => measuredAt.getTime() >= from && measuredAt.getTime() <= to)
      .toSorted((a, b) => a.measuredAt.getTime() - b.measuredAt.getTime());
    await keepAll(keep, values, pulled.unreadable, now);
    // Both windows hold the instant between them: no rounding of a provider's makes a gap.
    from = to;
    if (values.length < fewValues) span = Math.min(longestSpanMs, span * 2);
    if (from < end && !hasTime()) return false;
  }
  return true;
}

const dayMs = 86_400_000;
const firstSpanMs = 2 * dayMs;
const longestSpanMs = 64 * dayMs;
const shortestSpanMs = 60_000;
const fewValues = 2_000;
/** Values of one transaction. */
const batchSize = 2_000;

async function keepAll(
  keep: KeepBatch,
  values: readonly PulledValue[],
  unreadable: readonly string[],
  now: number,
): Promise<void> {
  for (let start = 0; start < values.length || (start === 0 && unreadable.length > 0); start += batchSize) {
    const batch = values.slice(start, start + batchSize);
    const newest = batch.findLast(({ measuredAt }) => measuredAt.getTime() <= now)?.measuredAt;
    await keep({
      values: batch,
      unreadable: start === 0 ? unreadable : [],
      cursor: newest === undefined ? {} : { through: newest },
    });
  }
}

function isTooMany(error: unknown): boolean {
  return error instanceof ProviderFailure && error.kind === 'TOO_MANY';
}
