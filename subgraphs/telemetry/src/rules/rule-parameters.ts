import { z } from 'zod';
import type { ruleKinds } from '../alerts/alert.ts';

export type RuleKind = (typeof ruleKinds)[number];

const minutes = (usual: number) => z.int().min(1).max(1_440).default(usual);
const hours = (usual: number, max = 168) => z.int().min(1).max(max).default(usual);
const positive = (usual: number) => z.number().positive().default(usual);

/** What each kind of rule can be told; what is left out is as usual. */
export const ruleParameters = {
  /** Outside `min` to `max`; with neither, outside what the point's own quantity may be. */
  RANGE: z
    .strictObject({ min: z.number().optional(), max: z.number().optional(), windowMinutes: minutes(15) })
    .refine(({ min, max }) => min === undefined || max === undefined || min < max, 'min must be below max'),
  /** Moves by more than `perHour` of its unit in an hour. */
  RATE_OF_CHANGE: z.strictObject({ perHour: z.number().positive(), windowMinutes: minutes(60) }),
  /** No reading for so many sampling intervals. */
  SILENCE: z.strictObject({ intervals: z.number().min(1.5).max(100).default(3) }),
  /** The counter went back, jumped, or began anew. */
  COUNTER_RESET: z.strictObject({ windowHours: hours(24) }),
  /** What the flow adds up to and what the counter moved differ by more than `tolerancePct` of the larger. */
  FLOW_TOTAL_CONSISTENCY: z.strictObject({
    hours: hours(3, 72),
    // It is multiplied with volumes: without a bound it could pass what a number holds.
    tolerancePct: z.number().positive().max(1_000).default(25),
    minimumM3: positive(1),
  }),
  /** The level moved by `levelM` and the counter did not move. */
  LEVEL_TOTAL_CONSISTENCY: z.strictObject({ hours: hours(6, 72), levelM: positive(5), minimumM3: positive(1) }),
  /** The same value to the last digit for so many hours. */
  STUCK_VALUE: z.strictObject({ hours: hours(24) }),
  /** Mean of an hour above the granted flow, by more than `tolerancePct`. */
  WATER_RIGHT_FLOW: z.strictObject({ tolerancePct: z.number().min(0).max(100).default(0) }),
  /** At this rate the year ends above `atPct` of the granted volume. */
  WATER_RIGHT_VOLUME: z.strictObject({ atPct: z.number().positive().max(200).default(100) }),
  /** Hours that are not as usual: so many times further off than the quantity is used to, for so many hours. */
  SEASONAL_ANOMALY: z.strictObject({ minScore: z.number().min(4.5).max(1_000).default(5), minHours: hours(2) }),
  /** The newest whole group of a schema breaks one of the schema's own rules. */
  SCHEMA_VALIDATION: z.strictObject({}),
} as const satisfies Record<RuleKind, z.ZodType>;

/** Quantities that a kind watches; null for any, each by itself. */
export const watchedVariables: Readonly<Record<RuleKind, 'TOTAL' | 'FLOW' | 'LEVEL' | null>> = {
  ...{ RANGE: null, RATE_OF_CHANGE: null, STUCK_VALUE: null, SILENCE: null, SEASONAL_ANOMALY: null },
  ...{ SCHEMA_VALIDATION: null },
  ...{ COUNTER_RESET: 'TOTAL', FLOW_TOTAL_CONSISTENCY: 'TOTAL', LEVEL_TOTAL_CONSISTENCY: 'LEVEL' },
  ...{ WATER_RIGHT_FLOW: 'FLOW', WATER_RIGHT_VOLUME: 'TOTAL' },
};

/** Rules that every company has unless it switches them off. */
export const usualRules: readonly {
  readonly kind: RuleKind;
  readonly severity: 'INFO' | 'WARNING' | 'CRITICAL';
  readonly variable: 'LEVEL' | null;
}[] = [
  { kind: 'RANGE', severity: 'WARNING', variable: null },
  { kind: 'STUCK_VALUE', severity: 'INFO', variable: 'LEVEL' },
  { kind: 'COUNTER_RESET', severity: 'WARNING', variable: null },
  { kind: 'FLOW_TOTAL_CONSISTENCY', severity: 'WARNING', variable: null },
  { kind: 'LEVEL_TOTAL_CONSISTENCY', severity: 'INFO', variable: null },
  { kind: 'WATER_RIGHT_FLOW', severity: 'CRITICAL', variable: null },
  { kind: 'WATER_RIGHT_VOLUME', severity: 'WARNING', variable: null },
  { kind: 'SEASONAL_ANOMALY', severity: 'WARNING', variable: null },
  { kind: 'SCHEMA_VALIDATION', severity: 'WARNING', variable: null },
];
