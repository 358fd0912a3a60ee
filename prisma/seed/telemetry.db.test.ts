import { testDatabase } from '@cauce/shared/test/test-database';
import { describe, expect, it } from 'vitest';
import { seedTelemetry } from './telemetry.ts';

const db = await testDatabase();
const now = new Date('2026-11-20T14:07:33Z');

async function rows<Row extends object>(sql: string): Promise<Row[]> {
  // One reading of the year is sorted here; that may take longer than a request would.
  return (await db.pool.query<Row>(sql)).rows;
}

async function counts(): Promise<Record<string, number>> {
  const tables = ['catchment_points', 'measurements', 'raw_readings', 'measurement_rollups', 'latest_measurements'];
  const more = ['alerts', 'rules', 'providers', 'compliance_submissions', 'submission_attempts', 'dead_letters'];
  const found: Record<string, number> = {};
  for (const table of [...tables, ...more]) {
    const [row] = await rows<{ count: number }>(`SELECT count(*)::int AS count FROM telemetry.${table}`);
    found[table] = row?.count ?? 0;
  }
  return found;
}

describe('seedTelemetry', () => {
  it('gives a year of believable water, and changes nothing the second time', { timeout: 180_000 }, async () => {
    await seedTelemetry(db.pool, now);
    const first = await counts();
    expect(first.catchment_points).toBe(12);
    expect(first.measurements).toBeGreaterThanOrEqual(1_000_000);
    await seedTelemetry(db.pool, new Date(now.getTime() + 3_600_000));
    expect(await counts()).toEqual(first);
    expect(await rows('SELECT FROM platform.outbox')).toEqual([]);
  });

  it('has readings that are minutes old, but for the device that is silent', async () => {
    const silent = await rows<{ code: string }>(
      `SELECT p.code FROM telemetry.catchment_points p
       JOIN telemetry.latest_measurements l ON l.point_id = p.id GROUP BY p.id
       HAVING max(l.measured_at) < '${now.toISOString()}'::timestamptz - make_interval(mins => p.sampling_frequency_minutes)`,
    );
    expect(silent).toEqual([{ code: 'MAULE-RIO-1' }]);
  });

  it('keeps raw readings of a month behind the measurements, and each measurement is what its raw reading says', async () => {
    const [raw] = await rows<{ days: number; strangers: number }>(
      `SELECT (extract(epoch FROM max(r.measured_at) - min(r.measured_at)) / 86400)::float8 AS days,
              count(*) FILTER (WHERE m.raw_value IS DISTINCT FROM r.value)::int AS strangers
       FROM telemetry.raw_readings r
       JOIN telemetry.reading_sources s ON s.id = r.source_id
       JOIN telemetry.source_channels c ON c.source_id = s.id AND c.channel = r.variable
       LEFT JOIN telemetry.measurements m ON m.point_id = r.point_id AND m.variable = c.variable AND m.measured_at = r.measured_at`,
    );
    expect(raw?.days).toBeGreaterThan(31);
    expect(raw?.strangers).toBe(0);
  });

  it('has counters whose steps add up to what they moved, in every grain, through resets and outages', async () => {
    const wrong = await rows(
      `WITH moved AS (
         SELECT point_id, sum(delta) AS total FROM telemetry.measurements WHERE variable = 'TOTAL' GROUP BY 1
       ), stepped AS (
         SELECT point_id, sum(CASE WHEN value >= before THEN value - before ELSE value END) AS total
         FROM (SELECT point_id, value, lag(value) OVER (PARTITION BY point_id ORDER BY measured_at) AS before
               FROM telemetry.measurements WHERE variable = 'TOTAL') AS w WHERE before IS NOT NULL GROUP BY 1)
       SELECT point_id, grain, sum(r.delta), moved.total, stepped.total FROM telemetry.measurement_rollups r
       JOIN moved USING (point_id) JOIN stepped USING (point_id)
       WHERE variable = 'TOTAL' GROUP BY 1, 2, 4, 5
       HAVING abs(sum(r.delta) - moved.total) > 0.001 OR abs(moved.total - stepped.total) > 0.001`,
    );
    expect(wrong).toEqual([]);
    const [resets] = await rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM telemetry.measurements WHERE 'COUNTER_RESET' = ANY(flags)`,
    );
    expect(resets?.count).toBe(4);
  });

  it('has every state of the ledger, an open alert at Planta Norte, and no live slot without its voucher', async () => {
    const states = await rows<{ status: string }>('SELECT DISTINCT status::text FROM telemetry.compliance_submissions');
    expect(states).toHaveLength(12);
    expect(
      await rows(
        `SELECT FROM telemetry.compliance_submissions WHERE status IN ('SENT', 'VERIFIED') AND voucher IS NULL`,
      ),
    ).toEqual([]);
    const open = await rows<{ code: string }>(
      `SELECT DISTINCT p.code FROM telemetry.alerts a JOIN telemetry.catchment_points p ON p.id = a.point_id WHERE a.status = 'OPEN' ORDER BY 1`,
    );
    expect(open.map(({ code }) => code)).toEqual(['MAULE-RIO-1', 'NORTE-POZO-1']);
  });
});
