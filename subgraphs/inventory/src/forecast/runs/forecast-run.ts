import type { ForecastRun as StoredRun } from '@cauce/prisma/client';
import { defineTopic } from '@cauce/shared/events/domain-event';
import { type ForecastMethod, forecastMethods } from '../engine/demand-forecast.ts';

export const forecastRunStatuses = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED'] as const;
export type ForecastRunStatus = (typeof forecastRunStatuses)[number];

/** Forecasting all that a company sells, as it is told. */
export interface ForecastRun {
  readonly id: string;
  readonly companyId: string;
  readonly status: ForecastRunStatus;
  /** Products at sites; null until they were counted. */
  readonly total: number | null;
  readonly done: number;
  readonly computed: number;
  readonly unchanged: number;
  readonly failed: number;
  /** The day whose night it is of; null when a person asked. */
  readonly nightOf: Date | null;
  readonly requestedBy: string | null;
  /** What makes the forecasts that the company had when it ended, the most frequent first. */
  readonly chosen: readonly ChosenMethod[];
  /** Of these, how many could be tried, and how many of those missed by less than seasonal naive. */
  readonly judged: number;
  readonly beating: number;
  /** The one in the middle of what they miss less than seasonal naive, as a share; null where none was tried. */
  readonly skill: number | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
}

export interface ChosenMethod {
  readonly method: ForecastMethod;
  readonly count: number;
}

/** A run as it is kept, with its methods as a list. */
export function toRun({ chosen, ...row }: StoredRun): ForecastRun {
  const counts = Object(chosen);
  const methods = forecastMethods.flatMap((method) => {
    const count = Number(counts[method] ?? 0);
    return count > 0 ? [{ method, count }] : [];
  });
  return { ...row, chosen: methods.sort((one, other) => other.count - one.count) };
}

/** A run began, went on or ended; its row says how far it is. */
export const forecastRunChanged = defineTopic<{ readonly runId: string }>('inventory.forecastRunChanged');

/** To be appended in the transaction of the change. */
export const runEvent = ({ id, companyId }: Pick<ForecastRun, 'id' | 'companyId'>, occurredAt: Date) => ({
  ...{ topic: forecastRunChanged, companyId, siteId: null, key: id, occurredAt },
  payload: { runId: id },
});
