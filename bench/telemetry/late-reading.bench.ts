import { loadavg } from 'node:os';
import { fixedClock } from '@cauce/shared/clock';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import { createMessageStore } from '../../subgraphs/telemetry/src/intake/message-store.ts';
import { refreshRollups } from '../../subgraphs/telemetry/src/rollups/refresh-rollups.ts';
import { addPoints, percentile, startBenchDatabase } from './telemetry-database.ts';

/**
 * One late reading of a counter, from the message to the last sum: its own measurement, its neighbours', and the hour,
 * day and month that they lie in. Against the limit of 50 ms, and against itself in a table of a tenth of the size.
 *
 *   node bench/telemetry/late-reading.bench.ts [points at first] [points at last]
 */
const first = Number(process.argv[2] ?? 75);
const last = Number(process.argv[3] ?? 750);
const limitMs = 50;
const readingsEach = 2_000;
const start = Date.parse('2026-11-01T00:00:00Z');
const stepMs = 300_000;
const rounds = 60;

const { db, stop } = await startBenchDatabase();
try {
  await db.pool.query(`SELECT telemetry.ensure_partitions('2026-11-01', '2026-12-01')`);
  const clock = fixedClock(new Date('2026-11-20T00:00:00Z'));
  const store = createMessageStore(
    { db, clock, log: silentLog, metrics: createMetrics({ process: 'bench', hasProcessMetrics: false }) },
    'cauce',
  );
  const p95s: number[] = [];
  for (const points of [first, last - first]) {
    await addPoints(db, points);
    await fill(points);
    const figures: number[] = [];
    for (let round = 0; round < rounds + 5; round += 1) {
      // In the middle of what is there: the readings are five minutes apart, this one is a minute after one of them.
      const index = 200 + 23 * round;
      const body = {
        id: `late-${points}-${round}`,
        ts: new Date(start + index * stepMs + 60_000).toISOString(),
        values: { pulses: 10 * index + 2 },
      };
      const message = { topic: `cauce/BENCH-${1 + (round % first)}/up`, payload: Buffer.from(JSON.stringify(body)) };
      const startedAt = performance.now();
      await store([message]);
      await refreshRollups(db.client);
      if (round >= 5) figures.push(performance.now() - startedAt);
    }
    const { rows } = await db.pool.query<{ readings: string }>(
      'SELECT count(*)::text AS readings FROM telemetry.measurements',
    );
    const p95 = percentile(figures, 0.95);
    p95s.push(p95);
    console.log(
      `${rows[0]?.readings} measurements: p50 ${percentile(figures, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ` +
        `${(p95 / limitMs).toFixed(2)} of the limit of ${limitMs} ms`,
    );
  }
  const [small = Number.NaN, large = Number.NaN] = p95s;
  console.log(`Ten times the table: ${(large / small).toFixed(2)} times as long. Load ${loadavg()[0]?.toFixed(1)}.`);
} finally {
  await stop();
}

/** Raw readings and their measurements of the newest points, as the intake would have made them. */
async function fill(points: number): Promise<void> {
  const rows = `FROM (SELECT id FROM telemetry.catchment_points ORDER BY created_at DESC, id DESC LIMIT ${points}) AS p
    JOIN telemetry.reading_sources s ON s.point_id = p.id JOIN telemetry.point_variables v ON v.point_id = p.id
    CROSS JOIN generate_series(0, ${readingsEach - 1}) AS n
    CROSS JOIN LATERAL (SELECT to_timestamp(${start / 1_000} + n * ${stepMs / 1_000}) AS t) AS at`;
  await db.pool.query(
    `INSERT INTO telemetry.raw_readings (point_id, variable, measured_at, source_id, value) SELECT p.id, 'pulses', t, s.id, 10 * n ${rows}`,
  );
  await db.pool.query(
    `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, raw_value, delta, source_id, constants_id, rule_version)
     SELECT p.id, 'TOTAL', t, n, 10 * n, CASE WHEN n > 0 THEN 1 END, s.id, v.id, 2 ${rows}`,
  );
  await db.pool.query(
    `INSERT INTO telemetry.latest_measurements (point_id, variable, site_id, company_id, value, unit, measured_at, received_at)
     SELECT p.id, 'TOTAL', c.site_id, c.company_id, ${readingsEach - 1}, 'm3', t, now() ${rows}
     JOIN telemetry.catchment_points c ON c.id = p.id WHERE n = ${readingsEach - 1}`,
  );
  await db.pool.query('ANALYZE telemetry.measurements, telemetry.raw_readings');
}
