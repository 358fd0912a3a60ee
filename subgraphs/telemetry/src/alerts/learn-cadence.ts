import type { PrismaClient } from '@cauce/prisma/client';

/** How far back it looks, in readings and in days: enough for three nights of a device that sleeps. */
const readingsAtMost = 1_000;
const days = 14;
/** Fewer say nothing yet: the point's sampling interval holds. */
const gapsAtLeast = 20;
const pointsAtOnce = 100;

/**
 * Learns from each quantity's own readings how often it comes, and how long it is used to stay away: the third longest
 * gap, so that one outage or two teach nothing, and a device that sleeps every night or sends by the hour is known for
 * it. Gaps are those between the times of measurement and those between the arrivals.
 * @returns quantities of which something new was learned
 */
export async function learnCadence(client: PrismaClient, now: Date, signal?: AbortSignal): Promise<number> {
  const points = await client.catchmentPoint.findMany({ where: { deletedAt: null }, select: { id: true } });
  let changed = 0;
  for (let first = 0; first < points.length; first += pointsAtOnce) {
    signal?.throwIfAborted();
    const ids = points.slice(first, first + pointsAtOnce).map(({ id }) => id);
    changed += await learnOf(client, ids, now);
  }
  return changed;
}

function learnOf(client: PrismaClient, pointIds: readonly string[], now: Date): Promise<number> {
  return client.$executeRaw`
    WITH learned AS (
      SELECT l.point_id, l.variable, seen.*
      FROM telemetry.latest_measurements l
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE gap > 0) AS gaps,
          percentile_disc(0.5) WITHIN GROUP (ORDER BY gap) FILTER (WHERE gap > 0) AS cadence,
          greatest((array_agg(gap ORDER BY gap DESC NULLS LAST))[3], (array_agg(arrival ORDER BY arrival DESC NULLS LAST))[3]) AS usual
        FROM (
          SELECT extract(epoch FROM measured_at - lag(measured_at) OVER (ORDER BY measured_at)) AS gap,
            extract(epoch FROM processed_at - lag(processed_at) OVER (ORDER BY processed_at)) AS arrival
          FROM (
            SELECT m.measured_at, m.processed_at FROM telemetry.measurements m
            WHERE m.point_id = l.point_id AND m.variable = l.variable
              AND m.measured_at > ${now}::timestamptz - make_interval(days => ${days}) AND m.measured_at <= ${now}
            ORDER BY m.measured_at DESC LIMIT ${readingsAtMost}) AS newest) AS gaps) AS seen
      WHERE l.point_id = ANY(${[...pointIds]}::uuid[]))
    UPDATE telemetry.latest_measurements l
    SET cadence_seconds = ceil(learned.cadence), usual_gap_seconds = ceil(learned.usual)
    FROM learned
    WHERE l.point_id = learned.point_id AND l.variable = learned.variable AND learned.gaps >= ${gapsAtLeast}
      AND (l.cadence_seconds, l.usual_gap_seconds) IS DISTINCT FROM (ceil(learned.cadence)::int, ceil(learned.usual)::int)`;
}
