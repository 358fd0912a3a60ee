import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { isUuid } from '@cauce/shared/db/uuid';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { appendEvents } from '@cauce/shared/events/outbox';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { type SyncMode, syncModes } from '../sync/sync.ts';
import { statusEvent } from './copy/run-records.ts';
import { isCron, nextRun } from './cron.ts';
import { copyFromErpJob } from './erp.jobs.ts';
import { erpEntities, isErpEntity } from './erp-entity.ts';

/** Asking for runs, and ending them, for who may trigger them. Each is audited in its own transaction. */
export interface SyncRuns {
  /** The id of the run that waits. @throws NotFound, Conflict (`ALREADY_RUNNING`, `NOT_CONFIRMED`, ...) or ValidationFailed */
  start(input: {
    readonly installationId?: string | null;
    readonly entity: string;
    readonly mode: SyncMode;
  }): Promise<string>;
  /** A full run of every kind that has none waiting or working; their ids. @throws as `start` */
  startFull(installationId: string | null): Promise<readonly string[]>;
  /** @throws NotFound or Conflict (`NOT_RUNNING`) */
  cancel(jobId: string): Promise<string>;
  /** Goes on with a run that was cancelled or failed, from where it was. @throws NotFound or Conflict */
  resume(jobId: string): Promise<string>;
  /** @throws NotFound or ValidationFailed */
  saveSchedule(input: unknown): Promise<string>;
}

export interface SyncRunsDeps extends Pick<Deps, 'clock' | 'jobs'> {
  readonly client: ScopedClient;
  readonly actor: AuditActor;
}

const scheduleSchema = z.object({
  installationId: z.uuid(),
  entity: z.enum(erpEntities),
  mode: z.enum(syncModes),
  cron: z.string().trim().max(120).refine(isCron, 'must be a cron of five fields'),
  isActive: z.boolean(),
});

/** Only its name and data count where it is enqueued. */
const copyJob = copyFromErpJob(async () => {});

export function createSyncRuns({ client, clock, jobs, actor }: SyncRunsDeps): SyncRuns {
  const find = async (id: string) => {
    const job = isUuid(id) ? await client.syncJob.findFirst({ where: { id } }) : null;
    if (job === null) throw new NotFound('SyncJob');
    return job;
  };
  const installationFor = async (id: string | null | undefined) => {
    const where = id == null ? { isActive: true } : { id };
    const found = id != null && !isUuid(id) ? [] : await client.erpInstallation.findMany({ where, take: 2 });
    const [only, other] = found;
    if (only === undefined) throw new NotFound('ErpInstallation');
    if (other !== undefined)
      throw new ValidationFailed([{ path: 'installationId', code: 'REQUIRED', message: 'say which ERP' }]);
    return only;
  };

  const start: SyncRuns['start'] = async ({ installationId, entity, mode }) => {
    if (!isErpEntity(entity))
      throw new ValidationFailed([{ path: 'entity', code: 'NOT_COPIED', message: 'is not copied from an ERP' }]);
    const installation = await installationFor(installationId);
    if (!installation.isActive) throw new Conflict('PAUSED', 'The ERP is paused');
    if (installation.mappingConfirmedAt === null)
      throw new Conflict('NOT_CONFIRMED', 'Nobody has confirmed how the ERP is read');
    return onlyOne(() =>
      client.$transaction(async (tx) => {
        const { id, companyId } = await tx.syncJob.create({
          data: {
            ...{ entity, mode, installationId: installation.id, companyId: installation.companyId },
            ...{ requestedBy: actor.viewer.userId, createdAt: clock.now() },
          },
        });
        await jobs.enqueue(copyJob, { jobId: id }, { tx: unscoped(tx) });
        await appendEvents(unscoped(tx), [statusEvent({ id, companyId: installation.companyId }, clock.now())]);
        await recordAudit(tx, actor, {
          ...{ action: 'inventory.startSync', entityType: 'SyncJob', entityId: id, companyId },
          after: { entity, mode, installationId: installation.id },
        });
        return id;
      }),
    );
  };

  return {
    start,

    async startFull(id) {
      const { id: installationId } = await installationFor(id);
      const started: string[] = [];
      // In the order in which they refer to each other: later ones wait for earlier ones.
      for (const entity of erpEntities) {
        try {
          started.push(await start({ installationId, entity, mode: 'FULL' }));
        } catch (error) {
          if (!(error instanceof Conflict) || error.reason !== 'ALREADY_RUNNING') throw error;
        }
      }
      if (started.length === 0) throw new Conflict('ALREADY_RUNNING', 'Every kind waits or works already');
      return started;
    },

    async cancel(jobId) {
      const job = await find(jobId);
      await client.$transaction(async (tx) => {
        const now = clock.now();
        // A run that waits ends here; one that works is ended by its worker, which then writes no more.
        const waiting = await tx.syncJob.updateMany({
          where: { id: job.id, status: 'PENDING' },
          data: { status: 'CANCELLED', cancelRequestedAt: now, completedAt: now },
        });
        const working =
          waiting.count > 0
            ? waiting
            : await tx.syncJob.updateMany({
                where: { id: job.id, status: 'RUNNING' },
                data: { cancelRequestedAt: now },
              });
        if (working.count === 0) throw new Conflict('NOT_RUNNING', 'The run has ended already');
        await appendEvents(unscoped(tx), [statusEvent({ id: job.id, companyId: job.companyId ?? '' }, now)]);
        await recordAudit(tx, actor, {
          ...{ action: 'inventory.cancelSync', entityType: 'SyncJob', entityId: job.id, companyId: job.companyId },
        });
      });
      return job.id;
    },

    async resume(jobId) {
      const job = await find(jobId);
      const newer = await client.syncJob.count({
        where: { installationId: job.installationId, entity: job.entity, createdAt: { gt: job.createdAt } },
      });
      if (newer > 0) throw new Conflict('SUPERSEDED', 'There is a later run: start a new one');
      return onlyOne(() =>
        client.$transaction(async (tx) => {
          const { count } = await tx.syncJob.updateMany({
            where: { id: job.id, status: { in: ['CANCELLED', 'FAILED'] } },
            data: {
              ...{ status: 'PENDING', cancelRequestedAt: null, completedAt: null, failures: 0, errorMessage: null },
              ...{ errorCode: null, nextAttemptAt: clock.now() },
            },
          });
          if (count === 0) throw new Conflict('NOT_ENDED', 'The run was neither cancelled nor did it fail');
          await jobs.enqueue(copyJob, { jobId: job.id }, { tx: unscoped(tx) });
          await appendEvents(unscoped(tx), [statusEvent({ id: job.id, companyId: job.companyId ?? '' }, clock.now())]);
          await recordAudit(tx, actor, {
            ...{ action: 'inventory.resumeSync', entityType: 'SyncJob', entityId: job.id, companyId: job.companyId },
          });
          return job.id;
        }),
      );
    },

    async saveSchedule(input) {
      const { installationId, entity, mode, cron, isActive } = parseInput(scheduleSchema, input);
      const installation = await installationFor(installationId);
      return client.$transaction(async (tx) => {
        const where = { installationId, entity, mode };
        const before = await tx.syncSchedule.findFirst({ where });
        const data = { cron, isActive, nextRunAt: nextRun(cron, installation.timeZone, clock.now()) };
        const { id } =
          before === null
            ? await tx.syncSchedule.create({ data: { ...where, ...data } })
            : await tx.syncSchedule.update({ where: { id: before.id }, data });
        await recordAudit(tx, actor, {
          ...{ action: 'inventory.saveSyncSchedule', entityType: 'SyncSchedule', entityId: id },
          ...{ companyId: installation.companyId, before, after: { ...where, ...data } },
        });
        return id;
      });
    },
  };
}

/** Postgres lets one run of a kind wait or work. */
async function onlyOne(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) throw new Conflict('ALREADY_RUNNING', 'A run of this kind waits or works already');
    throw error;
  }
}
