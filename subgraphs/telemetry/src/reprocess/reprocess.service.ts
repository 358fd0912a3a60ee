import type { Prisma, ReprocessRun } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { createIdLoader, createListLoader } from '@cauce/shared/db/create-loader';
import { type ScopedClient, type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import type { JobQueue } from '@cauce/shared/jobs/job-queue';
import { dateRangeSchema } from '@cauce/shared/schema/date-range';
import { z } from 'zod';
import type { CatchmentPoint } from '../points/point.ts';
import { type VariableKind, variableKinds } from '../variables/variable-kinds.ts';
import { nextDay, startOfDay } from '../zone-time.ts';
import type { reprocessJob } from './reprocess.jobs.ts';
import type { ReprocessReason } from './reprocess-run.ts';

/** Making measurements again, as far as one viewer reaches. */
export interface Reprocessing {
  byId(id: string): Promise<ReprocessRun | null>;
  /** Newest first, 20 at most. */
  ofPoint(pointId: string): Promise<readonly ReprocessRun[]>;
  /** @throws NotFound or ValidationFailed */
  request(input: unknown): Promise<ReprocessRun>;
  /** Begins a run in the transaction of the fact that calls for it. */
  follow(tx: ScopedTransaction, point: CatchmentPoint, run: NewRun): Promise<ReprocessRun>;
}

export interface NewRun {
  readonly variables: readonly VariableKind[];
  readonly from: Date;
  readonly to: Date;
  readonly isDryRun: boolean;
  readonly reason: ReprocessReason;
}

export interface ReprocessingDeps {
  readonly client: ScopedClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
  readonly jobs: JobQueue;
  readonly job: ReturnType<typeof reprocessJob>;
}

const inputSchema = z.object({
  pointId: z.uuid(),
  variables: z.array(z.enum(variableKinds)).min(1).nullish(),
  range: dateRangeSchema,
  isDryRun: z.boolean().nullish(),
});

export function createReprocessing({ client, clock, actor, jobs, job }: ReprocessingDeps): Reprocessing {
  const byId = createIdLoader((ids: readonly string[]) =>
    client.reprocessRun.findMany({ where: { id: { in: [...ids] } } }),
  );
  const byPoint = createListLoader(
    (ids: readonly string[]) => newestRuns(client, ids),
    (run: ReprocessRun) => run.pointId,
  );

  const follow = async (tx: ScopedTransaction, point: CatchmentPoint, given: NewRun): Promise<ReprocessRun> => {
    const { variables, from, to, isDryRun, reason } = given;
    const run = await tx.reprocessRun.create({
      data: {
        ...{ pointId: point.id, siteId: point.siteId, companyId: point.companyId },
        ...{ variables: [...variables], fromAt: from, toAt: to, isDryRun, reason },
        requestedBy: actor.viewer.userId,
      },
    });
    await jobs.enqueue(job, { runId: run.id }, { tx: unscoped(tx) });
    return run;
  };

  return {
    byId: (id) => byId.load(id),
    ofPoint: (pointId) => byPoint.load(pointId),
    follow,
    async request(input) {
      const { pointId, variables, range, isDryRun } = parseInput(inputSchema, input);
      return client.$transaction(async (tx) => {
        const point = await tx.catchmentPoint.findFirst({
          where: { id: pointId, deletedAt: null },
          include: { variables: { where: { isActive: true } } },
        });
        if (point === null) throw new NotFound('CatchmentPoint');
        const known = new Set(point.variables.map(({ variable }) => variable));
        const unknown = variables?.find((variable) => !known.has(variable));
        if (unknown !== undefined) {
          throw new ValidationFailed([
            { path: 'variables', code: 'NOT_MEASURED', message: `the point does not measure ${unknown}` },
          ]);
        }
        const run = await follow(tx, point, {
          variables: [...new Set(variables ?? known)],
          from: startOfDay(range.from, point.timeZone),
          to: startOfDay(nextDay(range.to), point.timeZone),
          isDryRun: isDryRun ?? false,
          reason: 'REQUESTED',
        });
        await recordAudit(tx, actor, {
          ...{ action: 'telemetry.reprocess', entityType: 'CatchmentPoint', entityId: point.id },
          ...{ siteId: point.siteId, companyId: point.companyId },
          after: { runId: run.id, range, variables: run.variables, isDryRun: run.isDryRun, at: clock.now() },
        });
        return run;
      });
    },
  };
}

const runsPerPoint = 20;

async function newestRuns(client: ScopedClient, pointIds: readonly string[]): Promise<ReprocessRun[]> {
  const orderBy: Prisma.ReprocessRunOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }];
  const lists = await Promise.all(
    pointIds.map((pointId) => client.reprocessRun.findMany({ where: { pointId }, orderBy, take: runsPerPoint })),
  );
  return lists.flat();
}
