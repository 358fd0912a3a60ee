import { type Prisma, type PrismaClient, Prisma as sqlOf } from '@cauce/prisma/client';
import type { CounterStepKind } from '../counter/counter-step.ts';

/** What the readings of one kind in a period add up to. */
export interface ConsumptionPart {
  readonly kind: CounterStepKind;
  readonly readings: number;
  readonly volumeM3: Prisma.Decimal;
}

/** A reading of a counter that is not plain. */
export interface ConsumptionStep {
  readonly kind: CounterStepKind;
  readonly at: Date;
  /** Where the counter stood, m3. */
  readonly standM3: number;
  /** What it added; null for the first reading and for one that is held. */
  readonly volumeM3: Prisma.Decimal | null;
  /** The believed reading before it. */
  readonly since: Date | null;
  readonly sinceM3: number | null;
}

export interface Consumption {
  readonly from: Date;
  readonly to: Date;
  readonly volumeM3: Prisma.Decimal;
  /** The last believed stand when the period begins, and when it ends, m3. */
  readonly opensM3: number | null;
  readonly closesM3: number | null;
  readonly parts: readonly ConsumptionPart[];
  /** Newest first. */
  readonly steps: readonly ConsumptionStep[];
}

/** Remarkable readings that one answer tells of. */
export const stepsPerAnswer = 200;

const kindOf = sqlOf.sql`CASE
  WHEN 'COUNTER_SPIKE' = ANY(m.flags) THEN 'SPIKE' WHEN 'COUNTER_UNCONFIRMED' = ANY(m.flags) THEN 'UNCONFIRMED'
  WHEN 'COUNTER_RESET' = ANY(m.flags) THEN 'RESET' WHEN 'COUNTER_ROLLOVER' = ANY(m.flags) THEN 'ROLLOVER'
  WHEN 'METER_REPLACED' = ANY(m.flags) THEN 'REPLACED' WHEN 'COUNTER_JUMP' = ANY(m.flags) THEN 'JUMP'
  WHEN 'COUNTER_DECREASE' = ANY(m.flags) THEN 'DECREASE' WHEN m.delta IS NULL THEN 'FIRST' ELSE 'NORMAL' END`;

/**
 * What counters counted between two instants, and of which steps it is made. The points must have been loaded for the
 * viewer. A reading belongs to the period that it closes.
 */
export async function readConsumption(
  sql: PrismaClient,
  pointIds: readonly string[],
  from: Date,
  to: Date,
): Promise<ReadonlyMap<string, Consumption>> {
  const points = sqlOf.sql`unnest(${[...pointIds]}::uuid[]) AS wanted (id)`;
  const ofPoint = sqlOf.sql`m.point_id = wanted.id AND m.variable = 'TOTAL' AND NOT ('CLOCK_AHEAD' = ANY(m.flags))`;
  const inPeriod = sqlOf.sql`${ofPoint} AND m.measured_at > ${from} AND m.measured_at <= ${to}`;
  const standAt = (at: Date) => sqlOf.sql`(SELECT m.value FROM telemetry.measurements m
    WHERE ${ofPoint} AND m.measured_at <= ${at} AND m.quality <> 'HELD' ORDER BY m.measured_at DESC LIMIT 1)`;
  const [stands, parts, steps] = await Promise.all([
    sql.$queryRaw<{ id: string; opensM3: number | null; closesM3: number | null }[]>`
      SELECT wanted.id, ${standAt(from)} AS "opensM3", ${standAt(to)} AS "closesM3" FROM ${points}`,
    sql.$queryRaw<(ConsumptionPart & { id: string })[]>`
      SELECT wanted.id, made.* FROM ${points} CROSS JOIN LATERAL (
        SELECT ${kindOf} AS kind, count(*)::int AS readings, coalesce(sum(m.delta), 0) AS "volumeM3"
        FROM telemetry.measurements m WHERE ${inPeriod} GROUP BY 1 ORDER BY 1) AS made`,
    sql.$queryRaw<(ConsumptionStep & { id: string })[]>`
      SELECT wanted.id, told.kind, told.measured_at AS at, told.value AS "standM3", told.delta AS "volumeM3",
             before.measured_at AS since, before.value AS "sinceM3"
      FROM ${points}
      CROSS JOIN LATERAL (
        SELECT m.measured_at, m.value, m.delta, ${kindOf} AS kind FROM telemetry.measurements m
        WHERE ${inPeriod} AND (m.delta IS NULL OR m.flags && ARRAY['COUNTER_RESET', 'COUNTER_ROLLOVER', 'METER_REPLACED', 'COUNTER_JUMP', 'COUNTER_DECREASE'])
        ORDER BY m.measured_at DESC LIMIT ${stepsPerAnswer}) AS told
      LEFT JOIN LATERAL (
        SELECT m.measured_at, m.value FROM telemetry.measurements m
        WHERE ${ofPoint} AND m.measured_at < told.measured_at AND m.quality <> 'HELD'
        ORDER BY m.measured_at DESC LIMIT 1) AS before ON true
      ORDER BY told.measured_at DESC`,
  ]);
  const [partsOf, stepsOf] = [Map.groupBy(parts, ({ id }) => id), Map.groupBy(steps, ({ id }) => id)];
  return new Map(
    stands.map(({ id, ...stand }) => {
      const own = partsOf.get(id) ?? [];
      const volumeM3 = own.reduce((sum, part) => sum.plus(part.volumeM3), new sqlOf.Decimal(0));
      return [id, { ...{ from, to, volumeM3 }, ...stand, parts: own, steps: stepsOf.get(id) ?? [] }];
    }),
  );
}
