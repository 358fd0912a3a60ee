import type { ErpPart, RowChoice } from './erp-source.ts';
import { type Bookmark, minutesBefore, type RunProgress } from './run-cursor.ts';

/** Rows of a part that are read one after the other. */
export interface CopyStep {
  readonly part: ErpPart;
  readonly choice: RowChoice;
  /** A worker that follows can go on behind the last key. */
  readonly isResumable: boolean;
}

export interface RunPosition {
  /** What a worker before this one left of the same run. */
  readonly before: RunProgress;
  /** Where the last run that came through ended. */
  readonly bookmark: Bookmark | null;
  readonly isFull: boolean;
  /** The ERP's clock when the run first looked. */
  readonly firstClock: string;
  readonly lagMinutes: number;
}

/** What is to be read of a part, by the digest of what no time of change speaks of; nothing when nothing can have changed. */
export function stepsOf(
  part: ErpPart,
  fingerprint: string | null,
  { before, bookmark, isFull, firstClock, lagMinutes }: RunPosition,
): readonly CopyStep[] {
  const isResumable = part.hasNumberKeys && part.hasStamps;
  const whole: CopyStep = { part, choice: {}, isResumable };
  const changedSince = (clock: string): CopyStep => ({
    part,
    choice: { since: minutesBefore(clock, lagMinutes) },
    isResumable: false,
  });
  if (isFull || bookmark === null) {
    // Otherwise rows that are written already may have changed without a time of change.
    const isAsBefore = (before.fingerprints[part.name] ?? null) === fingerprint;
    // A part that another worker finished is as of its look: what changed since is read again, or all of it.
    if (before.done.includes(part.name)) return [isAsBefore && part.hasStamps ? changedSince(firstClock) : whole];
    const isOpen = before.part === part.name && isResumable && isAsBefore;
    if (!isOpen || before.afterKey === null) return [whole];
    // What changed up to the last key since the run began is read again, as of this look.
    return [{ part, choice: { afterKey: before.afterKey }, isResumable }, changedSince(firstClock)];
  }
  const isSame = fingerprint === null || bookmark.fingerprints[part.name] === fingerprint;
  if (!isSame) return [whole];
  return part.hasStamps ? [changedSince(bookmark.clock)] : [];
}
