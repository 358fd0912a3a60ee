import type { Pool } from 'pg';
import { readInputs, readToday } from '../history.store.ts';
import { inTransaction } from '../keep-forecasts.ts';
import { outcomeOf } from './outcome.ts';
import { type PastForecast, pastHorizons } from './past-forecast.ts';
import { readCompaniesAhead, readUnsettled, type Settled, writeOutcomes } from './past-forecasts.store.ts';

/** Days that are waited after the last one: documents come late. */
export const graceDays = 3;

const dayMs = 86_400_000;
const daysBefore = (date: string, days: number) => new Date(Date.parse(date) - days * dayMs).toISOString().slice(0, 10);

export interface SettleOptions {
  readonly pool: Pool;
  readonly now: Date;
  /** Between two parts nothing is left half done. */
  readonly signal: AbortSignal;
  /** Forecasts in one transaction. */
  readonly atOnce?: number;
}

/**
 * Counts what came of the forecasts whose first 7 or 30 days are over, each once. Only these are read: the work follows what
 * was forecast a week and a month ago, not how much is kept.
 * @returns how many were counted
 */
export async function settlePastForecasts({ pool, now, signal, atOnce = 96 }: SettleOptions): Promise<number> {
  let done = 0;
  for (const companyId of await readCompaniesAhead(pool)) {
    const today = await readToday(pool, companyId, now);
    for (const horizon of pastHorizons) {
      const until = daysBefore(today, horizon + graceDays);
      for (;;) {
        signal.throwIfAborted();
        const due = await readUnsettled(pool, companyId, { horizon, until, atMost: atOnce });
        if (due.length === 0) break;
        const histories = await historiesOf(pool, companyId, today, due);
        const settled = due.map((past): Settled => {
          const history = histories.get(keyOf(past));
          const outcome = history === undefined ? null : outcomeOf(past, history, horizon);
          return { past, outcome: outcome ?? unknown };
        });
        await inTransaction(pool, (client) => writeOutcomes(client, horizon, settled));
        done += due.length;
      }
    }
  }
  return done;
}

const unknown = { knownDays: 0, insideDays: 0, claimedDays: 0, said: 0, sold: 0, naive: 0 };
const keyOf = ({ productId, siteId }: Pick<PastForecast, 'productId' | 'siteId'>) => `${productId} ${siteId}`;

async function historiesOf(pool: Pool, companyId: string, today: string, due: readonly PastForecast[]) {
  const places = new Map(due.map(({ productId, siteId }) => [`${productId} ${siteId}`, { productId, siteId }]));
  const inputs = await readInputs(pool, companyId, today, [...places.values()]);
  return new Map(inputs.map((input) => [keyOf(input), input.question.history]));
}
