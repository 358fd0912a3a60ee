import type { Pool } from 'pg';

/** Days that what was said is kept: half a year, so that a season is seen coming and going. */
export const keptDays = 182;

/** Days that the sums over a company's weeks are kept. */
const outcomeDays = 1_095;

/** Rows of one statement, so that none holds its locks for long. */
const mostAtOnce = 5_000;

/** Forgets forecasts and sums that are older than they have to be kept, a few thousand at a time. @returns rows */
export async function prunePastForecasts(
  pool: Pool,
  now: Date,
  signal: AbortSignal,
  atOnce = mostAtOnce,
): Promise<number> {
  const dayAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  let pruned = 0;
  for (;;) {
    signal.throwIfAborted();
    const { rowCount } = await pool.query(
      `DELETE FROM inventory.past_forecasts WHERE (product_id, site_id, made_on) IN (
         SELECT product_id, site_id, made_on FROM inventory.past_forecasts WHERE made_on < $1::date ORDER BY made_on LIMIT $2)`,
      [dayAgo(keptDays), atOnce],
    );
    pruned += rowCount ?? 0;
    if ((rowCount ?? 0) < atOnce) break;
  }
  const { rowCount } = await pool.query('DELETE FROM inventory.forecast_outcomes WHERE week < $1::date', [
    dayAgo(outcomeDays),
  ]);
  return pruned + (rowCount ?? 0);
}
