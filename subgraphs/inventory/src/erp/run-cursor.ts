import { z } from 'zod';

/** Where the next incremental run begins; kept with the rows it covers. */
const bookmarkSchema = z.object({
  /** The ERP's clock when the last run looked. */
  clock: z.string(),
  /** By part: what no time of change speaks of, as it was. */
  fingerprints: z.record(z.string(), z.string()).default({}),
});
export type Bookmark = z.output<typeof bookmarkSchema>;

/** How far a run is; kept with the rows it has written, for the worker that follows one that died. */
const progressSchema = z.object({
  /** Where and how the ERP was read; see `readBySql`. */
  readBy: z.string().default(''),
  /** The ERP's clock when the run first looked. */
  clock: z.string().nullable().default(null),
  isFull: z.boolean().default(false),
  /** By part: what no time of change speaks of, as it was when its first rows were read. */
  fingerprints: z.record(z.string(), z.string()).default({}),
  /** Parts that are through. */
  done: z.array(z.string()).default([]),
  /** The part under way, and the last key of it that is written. */
  part: z.string().nullable().default(null),
  afterKey: z.string().nullable().default(null),
});
export type RunProgress = z.output<typeof progressSchema>;

/** Null for what another version wrote: the run is a full one then. */
export const readBookmark = (value: unknown): Bookmark | null => bookmarkSchema.safeParse(value).data ?? null;

export const readProgress = (value: unknown): RunProgress =>
  progressSchema.safeParse(value).data ?? progressSchema.parse({});

/**
 * A moment of the ERP's clock some minutes before another. The clock has no zone and may be set back by an hour.
 * @param clock `2026-03-01 10:20:30.0000`
 */
export function minutesBefore(clock: string, minutes: number): string {
  const at = Date.parse(`${clock.replace(' ', 'T').slice(0, 23)}Z`);
  if (Number.isNaN(at)) return clock;
  return new Date(at - minutes * 60_000).toISOString().replace('T', ' ').replace('Z', '');
}
