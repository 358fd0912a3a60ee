import { loadavg } from 'node:os';
import { createSeries } from '../../subgraphs/telemetry/src/series/series.service.ts';
import { readSeries } from '../../subgraphs/telemetry/src/series/series.store.ts';
import { addPoints, percentile, startBenchDatabase } from './telemetry-database.ts';

/**
 * A year of five-minute readings of one point, within a thousand points of a chart, in a table that holds the hours of
 * many points. Against a limit, and against reading the same rows and doing nothing with them.
 *
 *   node bench/telemetry/year-series.bench.ts [points]
 */
const points = Number(process.argv[2] ?? 100);
const limitMs = 150;
const rounds = 80;
const [from, to] = [new Date('2025-11-20T00:00:00Z'), new Date('2026-11-20T00:00:00Z')];

const { db, stop } = await startBenchDatabase();
try {
  await addPoints(db, points);
  await db.pool.query(
    `INSERT INTO telemetry.measurement_rollups (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
     SELECT p.id, 'TOTAL', 'HOUR', t, 12, 12, n, n + 1, 12 * n, n, n + 1, 1
     FROM telemetry.catchment_points p
     CROSS JOIN generate_series($1::timestamptz, $2::timestamptz - interval '1 hour', interval '1 hour') WITH ORDINALITY AS h (t, n)`,
    [from, to],
  );
  await db.pool.query('ANALYZE telemetry.measurement_rollups');
  const all = await db.client.catchmentPoint.findMany({ orderBy: { id: 'asc' } });
  const time = async (work: (round: number) => Promise<unknown>) => {
    const figures: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const startedAt = performance.now();
      await work(round);
      if (round >= 10) figures.push(performance.now() - startedAt);
    }
    return percentile(figures, 0.95);
  };
  const pick = (round: number) => {
    const point = all[(round * 37) % all.length];
    if (point === undefined) throw new Error('No point');
    return point;
  };
  let answered = 0;
  const ours = await time(async (round) => {
    const series = createSeries((ids, query) => readSeries(db.client, ids, query));
    const answer = await series.of(pick(round), { variable: 'TOTAL', between: { from, to }, maxPoints: 1_000 });
    answered = answer.points.length;
  });
  const bare = await time((round) =>
    db.pool.query(
      `SELECT * FROM telemetry.measurement_rollups WHERE point_id = $1 AND variable = 'TOTAL' AND grain = 'HOUR' AND bucket_start >= $2 AND bucket_start < $3`,
      [pick(round).id, from, to],
    ),
  );
  console.log(
    `A year of one of ${points} points, ${answered} points of a chart: p95 ${ours.toFixed(1)} ms, ${(ours / limitMs).toFixed(2)} of the limit of ` +
      `${limitMs} ms, ${(ours / bare).toFixed(2)} times the bare rows (${bare.toFixed(1)} ms). Load ${loadavg()[0]?.toFixed(1)}.`,
  );
} finally {
  await stop();
}
