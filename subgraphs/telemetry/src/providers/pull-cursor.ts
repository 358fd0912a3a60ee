import { z } from 'zod';

/** How far a channel has been pulled. */
export interface ChannelCursor {
  /** Newest instant up to which everything the provider had was stored; never later than our own clock. */
  readonly through: Date | null;
  /** When the last wide look back was completed. */
  readonly sweptAt: Date | null;
  /** Times in a row that the provider did not know the device or the channel. */
  readonly misses: number;
}

export const noCursor: ChannelCursor = { through: null, sweptAt: null, misses: 0 };

const instant = z.iso.datetime().transform((text) => new Date(text));

const schema = z.object({
  channels: z.record(
    z.string(),
    z.object({ through: instant.nullable(), sweptAt: instant.nullable(), misses: z.number().int() }),
  ),
});

/** The cursors of a source's channels as its row keeps them; none for a row that keeps something else. */
export function readCursors(stored: unknown): ReadonlyMap<string, ChannelCursor> {
  const { success, data } = schema.safeParse(stored);
  return new Map(success ? Object.entries(data.channels) : []);
}

export function writeCursors(cursors: ReadonlyMap<string, ChannelCursor>): string {
  return JSON.stringify({ channels: Object.fromEntries(cursors) });
}

/** Forward only: two workers may pull the same channel, and each knows that it left no gap behind itself. */
export function moveCursor(before: ChannelCursor, change: Partial<ChannelCursor>): ChannelCursor {
  return {
    through: later(before.through, change.through ?? null),
    sweptAt: later(before.sweptAt, change.sweptAt ?? null),
    misses: change.misses ?? before.misses,
  };
}

function later(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
