import { z } from 'zod';
import { type VariableKind, variableKinds } from '../variables/variable-kinds.ts';

/** What the measurements of a quantity in a period come to. */
export interface Tally {
  readonly readings: number;
  /** Broke a rule and count. */
  readonly suspect: number;
  /** Wait for a person, or for the next reading, and count nowhere. */
  readonly held: number;
  /** Of a counter: m3, exact; null for any other quantity. */
  readonly volumeM3: string | null;
  /** Of what counts, in the unit of the quantity; null when nothing does. */
  readonly mean: number | null;
}

export interface ReprocessChange {
  readonly variable: VariableKind;
  /** Measurements that were added or became others. */
  readonly changed: number;
  readonly before: Tally;
  /** What it is, or would be; while the run goes on, the same as before. */
  readonly after: Tally;
}

/** Where a run goes on: the quantity by its place in `variables`, and the instant in ms. */
export const positionSchema = z.object({ variable: z.number(), at: z.number() });
export type ReprocessPosition = z.output<typeof positionSchema>;

const tallySchema = z.object({
  readings: z.number(),
  suspect: z.number(),
  held: z.number(),
  volumeM3: z.string().nullable(),
  mean: z.number().nullable(),
});

/** What is kept with the run. */
export const summarySchema = z.array(
  z.object({ variable: z.enum(variableKinds), changed: z.number(), before: tallySchema, after: tallySchema }),
);

/** Why measurements are made again. */
export type ReprocessReason = 'REQUESTED' | 'CONSTANTS' | 'METER_CHANGE';

/** Long before the first reading of anything. */
export const longAgo = new Date('2000-01-01T00:00:00Z');

/** From an instant to the end of what a clock that runs ahead may have measured. */
export function periodSince(since: Date, now: Date): { readonly from: Date; readonly to: Date } {
  return { from: new Date(Math.max(since.getTime(), longAgo.getTime())), to: new Date(now.getTime() + 2 * 86_400_000) };
}
