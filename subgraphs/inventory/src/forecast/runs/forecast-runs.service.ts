import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { isUuid } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { appendEvents } from '@cauce/shared/events/outbox';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { forecastAllJob } from './forecast.jobs.ts';
import { type ForecastRun, forecastRunChanged, runEvent, toRun } from './forecast-run.ts';

/** Runs that forecast all of a company, as one viewer may see and begin them. */
export interface ForecastRuns {
  /** The last one of a company within reach; null where there was none. */
  latest(companyId: string): Promise<ForecastRun | null>;
  /** Those of a company within reach, newest first. @throws AppError BAD_USER_INPUT */
  history(companyId: string, first: number): Promise<ForecastRun[]>;
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

const mostRuns = 100;

/** Only its name and data count where it is enqueued. */
const forecastAll = forecastAllJob(async () => {});

export function createForecastRuns({ client, clock, jobs, bus, actor, signal }: ForecastRunsDeps): ForecastRuns {
  const newest = async (companyId: string, take: number) => {
    if (!isUuid(companyId)) return [];
    const orderBy = [{ createdAt: 'desc' }, { id: 'desc' }] as const;
    return (await client.forecastRun.findMany({ where: { companyId }, orderBy: [...orderBy], take })).map(toRun);
  };
  return {
    latest: async (companyId) => (await newest(companyId, 1))[0] ?? null,
    async history(companyId, first) {
      if (first >= 0 && first <= mostRuns) return newest(companyId, first);
      throw new AppError('BAD_USER_INPUT', `first must be between 0 and ${mostRuns}`, {
        detail: { argument: 'first' },
      });
    },
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
          return toRun(run);
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw new Conflict('ALREADY_RUNNING', 'The company is being forecast already');
        throw error;
      }
    },
    changes: (companyId) =>
      reachableEvents(bus, forecastRunChanged, {
        ...{ viewer: actor.viewer, signal },
        read: async ({ payload }) => {
          if (!isUuid(companyId)) return null;
          const run = await client.forecastRun.findFirst({ where: { id: payload.runId, companyId } });
          return run && toRun(run);
        },
      }),
  };
}
