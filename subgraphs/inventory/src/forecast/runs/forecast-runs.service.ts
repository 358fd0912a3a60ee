import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { isUuid } from '@cauce/shared/db/uuid';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { appendEvents } from '@cauce/shared/events/outbox';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { isUniqueViolation } from '../../erp/unique-violation.ts';
import { forecastAllJob } from './forecast.jobs.ts';
import { type ForecastRun, forecastRunChanged, runEvent } from './forecast-run.ts';

/** Runs that forecast all of a company, as one viewer may see and begin them. */
export interface ForecastRuns {
  /** The last one of a company within reach; null where there was none. */
  latest(companyId: string): Promise<ForecastRun | null>;
  /** @throws NotFound or Conflict (`ALREADY_RUNNING`) */
  start(companyId: string): Promise<ForecastRun>;
  /** The run of a company, each time one has changed from now on. */
  changes(companyId: string): AsyncIterableIterator<ForecastRun>;
}

export interface ForecastRunsDeps extends Pick<Deps, 'clock' | 'jobs' | 'bus'> {
  readonly client: ScopedClient;
  readonly actor: AuditActor;
  readonly signal: AbortSignal;
}

/** Only its name and data count where it is enqueued. */
const forecastAll = forecastAllJob(async () => {});

export function createForecastRuns({ client, clock, jobs, bus, actor, signal }: ForecastRunsDeps): ForecastRuns {
  const latest = (companyId: string) =>
    isUuid(companyId)
      ? client.forecastRun.findFirst({ where: { companyId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })
      : Promise.resolve(null);
  return {
    latest,
    async start(companyId) {
      const known = isUuid(companyId)
        ? await client.product.findFirst({ where: { companyId }, select: { id: true } })
        : null;
      if (known === null) throw new NotFound('Company');
      const now = clock.now();
      try {
        return await client.$transaction(async (tx) => {
          const run = await tx.forecastRun.create({
            data: { companyId, requestedBy: actor.viewer.userId, createdAt: now },
          });
          await jobs.enqueue(forecastAll, { runId: run.id }, { tx: unscoped(tx) });
          await appendEvents(unscoped(tx), [runEvent(run, now)]);
          await recordAudit(tx, actor, {
            ...{ action: 'inventory.startForecastRun', entityType: 'ForecastRun', entityId: run.id, companyId },
            after: {},
          });
          return run;
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw new Conflict('ALREADY_RUNNING', 'The company is being forecast already');
        throw error;
      }
    },
    changes: (companyId) =>
      reachableEvents(bus, forecastRunChanged, {
        ...{ viewer: actor.viewer, signal },
        read: async ({ payload }) =>
          isUuid(companyId) ? client.forecastRun.findFirst({ where: { id: payload.runId, companyId } }) : null,
      }),
  };
}
