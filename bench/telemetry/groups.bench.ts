import { loadavg } from 'node:os';
import type { GroupsQuery } from '../../subgraphs/telemetry/src/schemas/groups.store.ts';
import { readGroups } from '../../subgraphs/telemetry/src/schemas/groups.store.ts';
import { addPoints, percentile, startBenchDatabase } from './telemetry-database.ts';

/**
 * The newest page of fifty groups of three quantities, of five minutes from the measurements and of hours from their
 * sums, before and after the history has become ten times as long: it costs what is on the page.
 *
 *   node bench/telemetry/groups.bench.ts [points] [days]
 */
const points = Number(process.argv[2] ?? 20);
const days = Number(process.argv[3] ?? 30);
const rounds = 110;
const to = new Date('2026-11-20T00:00:00.000Z');
const variables = `unnest(ARRAY['FLOW', 'LEVEL', 'TOTAL']::telemetry.variable_kind[]) AS v (kind)`;

const { db, stop } = await startBenchDatabase();
try {
  await addPoints(db, points);
  const all = (await db.client.catchmentPoint.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
  await addDays(0, days);
  const before = { fine: await time(all, 'MINUTES_5', 93), hours: await time(all, 'HOUR', 732) };
  await addDays(days, days * 10);
  const after = { fine: await time(all, 'MINUTES_5', 93), hours: await time(all, 'HOUR', 732) };
  report('5 minutes', before.fine, after.fine);
  report('hours', before.hours, after.hours);
} finally {
  await stop();
}

/** A reading a minute of each quantity, in parts, because a statement may not take longer than the database lets it. */
async function addDays(first: number, last: number): Promise<void> {
  await db.pool.query(
    `SELECT telemetry.ensure_partitions(($1::timestamptz - make_interval(days => $2))::date, $1::date)`,
    [to, last + 1],
  );
  for (let day = first; day < last; day += 10) {
    const span = [to, day, Math.min(day + 10, last)];
    const times = (step: string) =>
      `generate_series($1::timestamptz - make_interval(days => $3), $1::timestamptz - make_interval(days => $2) - interval '${step}', interval '${step}') AS t`;
    await db.pool.query(
      `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, delta, source_id)
       SELECT p.id, v.kind, t, 10, CASE WHEN v.kind = 'TOTAL' THEN 1 END, p.id FROM telemetry.catchment_points p
       CROSS JOIN ${variables} CROSS JOIN ${times('1 minute')} WHERE t < $1 ON CONFLICT DO NOTHING`,
      span,
    );
    await db.pool.query(
      `INSERT INTO telemetry.measurement_rollups (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
       SELECT p.id, v.kind, 'HOUR', t, 60, 60, 10, 10, 600, 10, 10, CASE WHEN v.kind = 'TOTAL' THEN 60 END
       FROM telemetry.catchment_points p CROSS JOIN ${variables} CROSS JOIN ${times('1 hour')} ON CONFLICT DO NOTHING`,
      span,
    );
  }
  await db.pool.query('ANALYZE telemetry.measurements, telemetry.measurement_rollups');
}

interface Figures {
  readonly p50: number;
  readonly p95: number;
}

/** ms; the first ones warm up. */
async function time(all: readonly string[], interval: GroupsQuery['interval'], longest: number): Promise<Figures> {
  const query: GroupsQuery = {
    ...{ interval, toleranceMinutes: 0, limit: 51, to, from: new Date(to.getTime() - longest * 86_400_000) },
    quantities: [
      { variable: 'FLOW', aggregate: 'AVERAGE' },
      { variable: 'TOTAL', aggregate: 'DELTA' },
      { variable: 'LEVEL', aggregate: 'LAST' },
    ],
  };
  const figures: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const id = all[round % all.length] ?? '';
    const startedAt = performance.now();
    const groups = (await readGroups(db.client, [id], query)).get(id) ?? [];
    if (groups.length !== 51) throw new Error(`${groups.length} groups came instead of 51`);
    if (round >= 10) figures.push(performance.now() - startedAt);
  }
  return { p50: percentile(figures, 0.5), p95: percentile(figures, 0.95) };
}

function report(what: string, before: Figures, after: Figures): void {
  console.log(
    `${what}: p50 ${before.p50.toFixed(1)} ms, p95 ${before.p95.toFixed(1)} ms; with ten times the history p50 ${after.p50.toFixed(1)} ms, ` +
      `p95 ${after.p95.toFixed(1)} ms: ${(after.p50 / before.p50).toFixed(2)} times that. Load ${loadavg()[0]?.toFixed(1)}.`,
  );
}
