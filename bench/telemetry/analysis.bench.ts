import { loadavg } from 'node:os';
import { forecastMstl } from '@cauce/shared/forecasting/augurs-models';
import { analyse } from '../../subgraphs/telemetry/src/analysis/analyse-series.ts';
import { createAnalysisThread } from '../../subgraphs/telemetry/src/analysis/analysis.jobs.ts';
import { madeSeries } from '../../subgraphs/telemetry/src/analysis/test-support/made-series.ts';
import { addPoints, startBenchDatabase } from './telemetry-database.ts';

/**
 * What it costs to analyse a series with a year of hours: anomalies, then trends and forecasts with their backtests,
 * and to find that nothing changed. Against reading its rows bare and doing nothing with them, and against one bare
 * call of the library with the same eight weeks. Beside that, how long this thread was ever kept busy meanwhile.
 *
 *   node bench/telemetry/analysis.bench.ts [points]
 */
const points = Number(process.argv[2] ?? 60);
const now = new Date('2026-11-20T12:10:00Z');
const hours = 8_760;

const { db, stop } = await startBenchDatabase();
const thread = createAnalysisThread();
try {
  await addPoints(db, points);
  const ids = (await db.client.catchmentPoint.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
  for (const [seed, id] of ids.entries()) await addYear(id, seed);
  await db.pool.query('ANALYZE telemetry.measurement_rollups');
  const deps = { client: db.client, thread };
  const bare = await time(async () => {
    for (const id of ids) {
      await db.pool.query(
        `SELECT * FROM telemetry.measurement_rollups WHERE point_id = $1 AND variable = 'TOTAL' AND grain = 'HOUR' ORDER BY bucket_start DESC LIMIT 1344`,
        [id],
      );
      await db.pool.query(
        `SELECT * FROM telemetry.measurement_rollups WHERE point_id = $1 AND variable = 'TOTAL' AND grain = 'DAY' ORDER BY bucket_start`,
        [id],
      );
    }
  });
  const eightWeeks = madeSeries({ seed: 1, length: 1_344 });
  const call = await time(async () => {
    for (const _id of ids) forecastMstl({ values: eightWeeks, periods: [24, 168], horizon: 72 });
  });
  const before = process.memoryUsage().rss;
  const busy = watchThisThread();
  const anomalies = await time(() => analyse(deps, 'anomalies', { now, pointIds: ids }));
  const outlook = await time(() => analyse(deps, 'outlook', { now, pointIds: ids }));
  const longest = busy.stop();
  const nothing = await time(async () => {
    const again = await analyse(deps, 'anomalies', { now, pointIds: ids });
    if (again.made > 0) throw new Error('Something was made again of an unchanged history');
  });
  const each = (ms: number) => `${(ms / points).toFixed(1)} ms`;
  const ratio = (ms: number) => `${(ms / bare).toFixed(1)} of the bare read, ${(ms / call).toFixed(1)} of a bare call`;
  console.log(`${points} series with a year of hours; bare read ${each(bare)}, one bare call ${each(call)}, each`);
  console.log(`anomalies ${each(anomalies)}: ${ratio(anomalies)}`);
  console.log(`trends, forecasts and 18 backtests ${each(outlook)}: ${ratio(outlook)}`);
  console.log(`unchanged ${each(nothing)}: ${(nothing / bare).toFixed(2)} of the bare read`);
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  console.log(
    `this thread busy for ${longest.toFixed(0)} ms at most; memory grew by ${grown.toFixed(0)} MB. Load ${loadavg()[0]?.toFixed(1)}.`,
  );
} finally {
  await thread.end();
  await stop();
}

async function addYear(id: string, seed: number): Promise<void> {
  const values = [...madeSeries({ seed, length: hours, memory: 0.7, yearly: 2 })].map((value) => Math.max(0, value));
  await db.pool.query(
    `INSERT INTO telemetry.measurement_rollups (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
     SELECT $1, 'TOTAL', 'HOUR', date_trunc('hour', $2::timestamptz) - (${hours} - n + 1) * interval '1 hour', 12, 12, v, v, 12 * v, v, v, v
     FROM unnest($3::float8[]) WITH ORDINALITY AS h (v, n)`,
    [id, now, values],
  );
  await db.pool.query(
    `INSERT INTO telemetry.measurement_rollups (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
     SELECT point_id, variable, 'DAY', date_trunc('day', bucket_start, 'America/Santiago') AS day, sum(count), sum(good_count), min(min),
       max(max), sum(sum), min(first), max(last), sum(delta)
     FROM telemetry.measurement_rollups WHERE point_id = $1 GROUP BY point_id, variable, day`,
    [id],
  );
  await db.pool.query(
    `INSERT INTO telemetry.latest_measurements (point_id, variable, site_id, company_id, value, unit, measured_at, received_at)
     SELECT id, 'TOTAL', site_id, company_id, 0, 'm3', $2, $2 FROM telemetry.catchment_points WHERE id = $1`,
    [id, now],
  );
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** How long a timer of 5 ms had to wait for its turn at most. */
function watchThisThread(): { stop(): number } {
  let [last, longest] = [performance.now(), 0];
  const timer = setInterval(() => {
    const at = performance.now();
    longest = Math.max(longest, at - last - 5);
    last = at;
  }, 5);
  return {
    stop: () => {
      clearInterval(timer);
      return longest;
    },
  };
}
