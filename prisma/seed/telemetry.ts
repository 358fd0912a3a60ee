import type { Pool, PoolClient } from 'pg';
import { seedAlerts } from './telemetry/alerts.ts';
import { seedCompliance } from './telemetry/compliance.ts';
import { type DemoPoint, demoPoints } from './telemetry/points.ts';
import { seedRegistry } from './telemetry/registry.ts';
import { seededDays, seedSeries } from './telemetry/series.ts';

/**
 * The demo's water: twelve catchment points with a year of readings up to `now`, and what follows from them. A database
 * that has it already is left as it is, whatever `now` is. Nothing is written to the outbox.
 */
export async function seedTelemetry(pool: Pool, now: Date): Promise<void> {
  const { rows } = await pool.query('SELECT FROM telemetry.compliance_submissions LIMIT 1');
  if (rows.length > 0) return;
  await pool.query(
    `SELECT telemetry.ensure_partitions(($1::timestamptz - make_interval(days => $2))::date, ($1::timestamptz + interval '2 months')::date)`,
    [now, seededDays + 1],
  );
  await inTransaction(pool, (client) => seedRegistry(client, now));
  // Two connections, so that two cores are busy; the heaviest points are dealt out first.
  const [first, second] = deal(demoPoints);
  await Promise.all([seedPoints(pool, first, now), seedPoints(pool, second, now)]);
  await pool.query('ANALYZE telemetry.measurements, telemetry.raw_readings, telemetry.measurement_rollups');
  // Last, because its rows say that the seed is complete.
  await inTransaction(pool, async (client) => {
    await seedAlerts(client, now);
    await seedCompliance(client, now);
  });
  await pool.query('ANALYZE telemetry.alerts, telemetry.compliance_submissions, telemetry.latest_measurements');
}

/** Each point in a transaction of its own: an interrupted seed goes on where it stopped. */
async function seedPoints(pool: Pool, points: readonly DemoPoint[], now: Date): Promise<void> {
  for (const point of points) {
    await inTransaction(pool, async (client) => {
      const { rows } = await client.query('SELECT FROM telemetry.latest_measurements WHERE point_id = $1 LIMIT 1', [
        point.id,
      ]);
      if (rows.length > 0) return;
      await client.query(`SET LOCAL synchronous_commit = off; SET LOCAL jit = off; SET LOCAL work_mem = '96MB'`);
      await seedSeries(client, point, now);
    });
  }
}

function deal(points: readonly DemoPoint[]): readonly [readonly DemoPoint[], readonly DemoPoint[]] {
  const heaviestFirst = points.toSorted((a, b) => a.cadenceMinutes - b.cadenceMinutes);
  return [heaviestFirst.filter((_, index) => index % 2 === 0), heaviestFirst.filter((_, index) => index % 2 === 1)];
}

async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
