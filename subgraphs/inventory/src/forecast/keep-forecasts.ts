import type { Pool, PoolClient } from 'pg';
import { type NewForecast, readForecasts, type StoredForecast, servesDays } from './forecast.store.ts';
import type { Forecaster } from './forecaster.ts';
import { type DemandPlace, readInputs } from './history.store.ts';

export interface Renewal {
  readonly computed: readonly NewForecast[];
  readonly unchanged: readonly StoredForecast[];
  /** Nothing came of these; what was kept of them stays. */
  readonly failed: readonly DemandPlace[];
}

const dayMs = 86_400_000;

/** Forecasts what has changed of some products at sites since it was last done, and what was done too long ago. */
export async function renewForecasts(
  { pool, forecaster }: { readonly pool: Pool; readonly forecaster: Forecaster },
  companyId: string,
  today: string,
  places: readonly DemandPlace[],
  signal?: AbortSignal,
): Promise<Renewal> {
  const [inputs, kept] = await Promise.all([readInputs(pool, companyId, today, places), readForecasts(pool, places)]);
  const keptOf = new Map(kept.map((one) => [`${one.productId} ${one.siteId}`, one]));
  const unchanged: StoredForecast[] = [];
  const changed = inputs.filter((input) => {
    const before = keptOf.get(`${input.productId} ${input.siteId}`);
    if (before === undefined || before.inputHash !== input.inputHash || !serves(before, today)) return true;
    unchanged.push(before);
    return false;
  });
  const forecasts = await forecaster.forecast(
    changed.map(({ question }) => question),
    signal,
  );
  const computed: NewForecast[] = [];
  const failed: DemandPlace[] = [];
  changed.forEach(({ productId, siteId, inputHash }, at) => {
    const forecast = forecasts[at] ?? null;
    if (forecast === null) failed.push({ productId, siteId });
    else computed.push({ productId, siteId, inputHash, forecast });
  });
  return { computed, unchanged, failed };
}

const serves = ({ startsOn }: StoredForecast, today: string) => {
  const age = (Date.parse(today) - Date.parse(startsOn)) / dayMs;
  return age >= 0 && age < servesDays;
};

/** Does it all or nothing on a connection of its own. */
export async function inTransaction<Value>(pool: Pool, work: (client: PoolClient) => Promise<Value>): Promise<Value> {
  const client = await pool.connect();
  let isWell = false;
  try {
    await client.query('BEGIN');
    const value = await work(client);
    await client.query('COMMIT');
    isWell = true;
    return value;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    // A session that was left inside a transaction is not given to the next.
    client.release(!isWell);
  }
}
