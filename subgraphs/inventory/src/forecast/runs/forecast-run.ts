import { defineTopic } from '@cauce/shared/events/domain-event';

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
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
}

/** A run began, went on or ended; its row says how far it is. */
export const forecastRunChanged = defineTopic<{ readonly runId: string }>('inventory.forecastRunChanged');

/** To be appended in the transaction of the change. */
export const runEvent = ({ id, companyId }: Pick<ForecastRun, 'id' | 'companyId'>, occurredAt: Date) => ({
  ...{ topic: forecastRunChanged, companyId, siteId: null, key: id, occurredAt },
  payload: { runId: id },
});
