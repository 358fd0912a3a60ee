import { isChannelName, messageLimits } from '../reading-message.ts';
import type { NamedValue } from './edge-nodes.ts';

interface Entry {
  readonly id: string;
  readonly ts: string;
  readonly values: Readonly<Record<string, NamedValue['value']>>;
}

/** Keeps a body well below what a message may be. */
const entriesPerBody = 50;

/**
 * Named values in the words of our own devices: one reading per instant and at most as many channels as a reading may
 * have. A name that no channel can have stands alone, so that it alone is refused.
 */
export function toReadingBodies(values: readonly NamedValue[], id: string, sentAtMs: number): readonly string[] {
  const entries: Entry[] = [];
  const byTime = Map.groupBy(values, ({ timestampMs }) => timestampMs ?? sentAtMs);
  for (const [ms, own] of byTime) {
    const ts = instant(ms);
    const fitting = own.filter(({ name }) => isChannelName(name));
    for (let start = 0; start < fitting.length; start += messageLimits.channels) {
      entries.push({ id, ts, values: valuesOf(fitting.slice(start, start + messageLimits.channels)) });
    }
    for (const odd of own) if (!fitting.includes(odd)) entries.push({ id, ts, values: valuesOf([odd]) });
  }
  const bodies: string[] = [];
  for (let start = 0; start < entries.length; start += entriesPerBody) {
    bodies.push(JSON.stringify(entries.slice(start, start + entriesPerBody)));
  }
  return bodies;
}

function valuesOf(values: readonly NamedValue[]): Entry['values'] {
  return Object.fromEntries(values.map(({ name, value }) => [name, value]));
}

/** Beyond what a date can be, the number as it came, which is refused as a time. */
function instant(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
