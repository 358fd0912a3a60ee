import { loadavg } from 'node:os';
import { parseEnv } from '@cauce/shared/env/parse-env';
import { createDeps } from '@cauce/shared/subgraph/create-deps';
import { askSubgraph } from '@cauce/shared/test/ask-subgraph';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testAdmin } from '@cauce/shared/test/viewers';
import { z } from 'zod';
import { readTelemetryEnv } from '../../subgraphs/telemetry/src/env.ts';
import { createTelemetrySubgraph } from '../../subgraphs/telemetry/src/subgraph.ts';
import { addPoints, percentile, startBenchDatabase } from './telemetry-database.ts';

/**
 * A year of one point in a thousand points of a chart, asked in GraphQL as the page asks it, in a table that holds the
 * hours of a year of many points. Against a limit, and against reading the same rows bare and doing nothing with them.
 * Then two months of five-minute measurements, which are read one by one; a few points have a whole year of them.
 *
 *   node bench/telemetry/year-series.bench.ts [points] [points with five-minute measurements]
 */
const points = Number(process.argv[2] ?? 1_000);
const fine = Number(process.argv[3] ?? 10);
const limitMs = 100;
const rounds = 210;
const [from, to] = ['2025-11-20T00:00:00.000Z', '2026-11-20T00:00:00.000Z'];
const pointsOf = z.object({ catchmentPoint: z.object({ series: z.object({ points: z.array(z.unknown()) }) }) });

const { db, stop } = await startBenchDatabase();
const world = await createDeps({
  ...{ env: parseEnv({ CAUCE_MODE: 'test' }), databaseUrl: db.url, process: 'bench', isWorker: false, log: silentLog },
});
try {
  await addPoints(db, points);
  // In parts: a statement may not take longer than the database lets it.
  for (let first = 0; first < points; first += 50) {
    await db.pool.query(
      `INSERT INTO telemetry.measurement_rollups (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
       SELECT p.id, 'TOTAL', 'HOUR', t, 12, 12, n, n + 1, 12 * n, n, n + 1, 1
       FROM (SELECT id FROM telemetry.catchment_points ORDER BY id LIMIT 50 OFFSET $3) AS p
       CROSS JOIN generate_series($1::timestamptz, $2::timestamptz - interval '1 hour', interval '1 hour') WITH ORDINALITY AS h (t, n)`,
      [from, to, first],
    );
  }
  await db.pool.query(`SELECT telemetry.ensure_partitions($1::date, $2::date)`, [from, to]);
  await db.pool.query(
    `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, delta, source_id)
     SELECT p.id, 'TOTAL', t, n, 1, p.id FROM (SELECT id FROM telemetry.catchment_points ORDER BY id LIMIT $3) AS p
     CROSS JOIN generate_series($1::timestamptz + interval '5 minutes', $2::timestamptz, interval '5 minutes') WITH ORDINALITY AS m (t, n)`,
    [from, to, fine],
  );
  await db.pool.query('ANALYZE telemetry.measurement_rollups, telemetry.measurements');
  const all = (await db.client.catchmentPoint.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
  const questions = askSubgraph(createTelemetrySubgraph(world.deps, readTelemetryEnv({})), db);
  const ask = async (id: string | undefined, between: { readonly from: string; readonly to: string }) => {
    const answer = await questions.ask(
      `query ($id: ID!, $between: TimeRangeInput!) { catchmentPoint(id: $id) {
         series(variable: TOTAL, between: $between, maxPoints: 1000) { unit grain points { at value min max first last delta } } } }`,
      testAdmin(),
      { id, between },
    );
    return pointsOf.parse(JSON.parse(JSON.stringify(answer.data))).catchmentPoint.series.points.length;
  };
  console.log(`${points} points with a year of hours each (${points * 8_760} rows), ${fine} of them with 5 minutes`);
  const year = await time((round) => ask(all[(round * 37) % points], { from, to }));
  const hours = await time((round) =>
    bare(`measurement_rollups WHERE grain = 'HOUR' AND bucket_start >= $2 AND bucket_start < $3`, [
      all[(round * 37) % points],
      from,
      to,
    ]),
  );
  report('a year', year, hours);
  const recent = { from: '2026-09-21T00:00:00.000Z', to };
  const months = await time((round) => ask(all[round % fine], recent));
  const single = await time((round) =>
    bare('measurements WHERE measured_at > $2 AND measured_at <= $3', [all[round % fine], recent.from, to]),
  );
  report('two months', months, single);
} finally {
  await world.stop();
  await stop();
}

async function bare(rows: string, values: readonly unknown[]): Promise<number> {
  const { rowCount } = await db.pool.query(`SELECT * FROM telemetry.${rows} AND point_id = $1 AND variable = 'TOTAL'`, [
    ...values,
  ]);
  return rowCount ?? 0;
}

interface Figures {
  readonly p50: number;
  readonly p95: number;
  readonly rows: number;
}

/** ms; the first ones warm up. */
async function time(work: (round: number) => Promise<number>): Promise<Figures> {
  const figures: number[] = [];
  let rows = 0;
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    rows = await work(round);
    if (round >= 10) figures.push(performance.now() - startedAt);
  }
  return { p50: percentile(figures, 0.5), p95: percentile(figures, 0.95), rows };
}

function report(what: string, ours: Figures, theirs: Figures): void {
  console.log(
    `${what}: p50 ${ours.p50.toFixed(1)} ms, p95 ${ours.p95.toFixed(1)} ms for ${ours.rows} points, ${(ours.p95 / limitMs).toFixed(2)} of the limit of ${limitMs} ms; ` +
      `bare ${theirs.rows} rows p50 ${theirs.p50.toFixed(1)} ms, p95 ${theirs.p95.toFixed(1)} ms: ${(ours.p95 / theirs.p95).toFixed(2)} times that. Load ${loadavg()[0]?.toFixed(1)}.`,
  );
}
