import { appendEvents } from '@cauce/shared/events/outbox';
import type { JobRun } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Pool } from 'pg';
import { servesDays, writeForecasts } from '../forecast.store.ts';
import type { Forecaster } from '../forecaster.ts';
import { type DemandPlace, readPlaces, readToday } from '../history.store.ts';
import { inTransaction, renewForecasts } from '../keep-forecasts.ts';
import { keepPastForecasts } from '../past/past-forecasts.store.ts';
import { runEvent } from './forecast-run.ts';

export interface RunForecastsDeps extends Pick<Deps, 'db' | 'clock'> {
  readonly forecaster: Forecaster;
  /** Products at sites in one transaction. */
  readonly batch?: number;
}

/** A worker that gave no sign for so long is taken for dead. */
export const deadAfterSeconds = 60;
const mostAttempts = 5;

interface TakenRun {
  readonly id: string;
  readonly attempt: number;
  readonly companyId: string;
  readonly lastProductId: string | null;
  readonly lastSiteId: string | null;
}

/**
 * Works a run from where it stands to its end. What was forecast, what is kept of it to be held against what will be sold,
 * the counts and the place to go on from are written together: a worker that dies at any moment is followed by one that does none of it twice. Does nothing when another
 * worker has it.
 */
export async function runForecasts(
  { db: { pool }, clock, forecaster, batch = 48 }: RunForecastsDeps,
  runId: string,
  { signal, log, reportProgress }: Pick<JobRun, 'signal' | 'log' | 'reportProgress'>,
): Promise<void> {
  const run = await takeRun(pool, runId);
  if (run === null) return;
  try {
    const today = await readToday(pool, run.companyId, clock.now());
    const places = await readPlaces(pool, run.companyId, today);
    const isLeft = ({ productId, siteId }: DemandPlace) =>
      run.lastProductId === null || `${productId} ${siteId}` > `${run.lastProductId} ${run.lastSiteId}`;
    const left = places.filter(isLeft);
    for (let at = 0; at < left.length; at += batch) {
      signal.throwIfAborted();
      const some = left.slice(at, at + batch);
      const renewal = await renewForecasts({ pool, forecaster }, run.companyId, today, some, signal);
      const { computed, unchanged, failed } = renewal;
      const last = some.at(-1) ?? null;
      const isOurs = await inTransaction(pool, async (client) => {
        const now = clock.now();
        const counts = [computed.length, unchanged.length, failed.length];
        const { rowCount } = await client.query(
          `UPDATE inventory.forecast_runs SET total = $3, done = done + $4 + $5 + $6, computed = computed + $4, unchanged = unchanged + $5,
             failed = failed + $6, last_product_id = $7, last_site_id = $8, heartbeat_at = now()
           WHERE id = $1 AND attempt = $2 AND status = 'RUNNING'`,
          [run.id, run.attempt, places.length, ...counts, last?.productId, last?.siteId],
        );
        if (rowCount !== 1) return false;
        await writeForecasts(client, run.companyId, computed, now);
        await keepPastForecasts(client, today, some);
        await appendEvents(client, [runEvent(run, now)]);
        return true;
      });
      if (!isOurs) return;
      if (failed.length > 0) log.warn({ runId, failed }, 'No forecast came of some histories');
      reportProgress({ done: places.length - left.length + at + some.length, total: places.length });
    }
    await endRun(pool, run, { status: 'COMPLETED', total: places.length, problem: null, today }, clock.now());
  } catch (error) {
    const status = run.attempt < mostAttempts ? 'PENDING' : 'FAILED';
    const problem = error instanceof Error ? error.message : String(error);
    await endRun(pool, run, { status, total: null, problem }, clock.now());
    throw error;
  }
}

async function takeRun(pool: Pool, runId: string): Promise<TakenRun | null> {
  const { rows } = await pool.query<TakenRun>(
    `UPDATE inventory.forecast_runs SET status = 'RUNNING', attempt = attempt + 1, heartbeat_at = now(),
       started_at = coalesce(started_at, now()), error_message = NULL
     WHERE id = $1 AND (status = 'PENDING' OR (status = 'RUNNING' AND heartbeat_at < now() - make_interval(secs => $2)))
     RETURNING id::text, attempt, company_id::text AS "companyId", last_product_id::text AS "lastProductId",
       last_site_id::text AS "lastSiteId"`,
    [runId, deadAfterSeconds],
  );
  return rows[0] ?? null;
}

interface RunEnd {
  readonly status: 'COMPLETED' | 'PENDING' | 'FAILED';
  readonly total: number | null;
  readonly problem: string | null;
  /** The day that the forecasts are for, of a run that got to its end. */
  readonly today?: string | null;
}

/** What the forecasts that serve are made by, and how much better than last week they were on days they did not know. */
const outcomeSql = `
  WITH kept AS (
    SELECT f.method::text AS method, f.beats_seasonal_naive AS beats, b.skill FROM inventory.demand_forecasts f
    LEFT JOIN inventory.forecast_backtests b ON b.forecast_id = f.id AND b.is_champion
    WHERE f.company_id = $2 AND f.starts_on > $3::date - ${servesDays})
  UPDATE inventory.forecast_runs SET
    chosen = (SELECT coalesce(jsonb_object_agg(method, times), '{}') FROM (SELECT method, count(*) AS times FROM kept GROUP BY 1) m),
    judged = (SELECT count(beats) FROM kept), beating = (SELECT count(*) FILTER (WHERE beats) FROM kept),
    skill = (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY skill) FROM kept)
  WHERE id = $1`;

/** Only while it is still ours; one that waits again goes on from where it stands. */
async function endRun(
  pool: Pool,
  run: TakenRun,
  { status, total, problem, today = null }: RunEnd,
  now: Date,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE inventory.forecast_runs SET status = $3::inventory.forecast_run_status, total = coalesce($4, total), error_message = $5,
         completed_at = CASE WHEN $3 = 'PENDING' THEN NULL ELSE $6::timestamptz END
       WHERE id = $1 AND attempt = $2 AND status = 'RUNNING'`,
      [run.id, run.attempt, status, total, problem, now],
    );
    if (rowCount !== 1) return;
    if (status === 'COMPLETED') await client.query(outcomeSql, [run.id, run.companyId, today]);
    await appendEvents(client, [runEvent(run, now)]);
  });
}
