import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { createListLoader } from '@cauce/shared/db/create-loader';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { isUuid } from '@cauce/shared/db/uuid';
import { NotFound } from '@cauce/shared/errors/outcomes';
import type { CatchmentPoint } from '../points/point.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import { type AnalysisDeps, type AnalysisTally, analyse } from './analyse-series.ts';
import {
  type AnalysisState,
  anomalySchema,
  type KeptAnomaly,
  type Outlook,
  outlookSchema,
  type StoredAnalysis,
} from './analysis.ts';

export interface ReadAnomalies {
  readonly state: AnalysisState;
  readonly madeAt: Date | null;
  /** End of the last hour that was looked at. */
  readonly upTo: Date | null;
  /** Newest first. */
  readonly items: readonly KeptAnomaly[];
}

export interface ReadOutlook {
  readonly state: AnalysisState;
  readonly madeAt: Date | null;
  readonly outlook: Outlook | null;
}

/** What series come to, as far as one viewer may see it; read once for a request. */
export interface Analyses {
  anomalies(pointId: string, variable: VariableKind): Promise<ReadAnomalies>;
  outlook(pointId: string, variable: VariableKind): Promise<ReadOutlook>;
  /** Makes what is not made of the newest sums at once. @throws NotFound */
  analyse(pointId: string): Promise<CatchmentPoint>;
}

export interface AnalysesDeps {
  readonly client: ScopedClient;
  readonly own: AnalysisDeps;
  readonly clock: Clock;
  readonly actor: AuditActor;
  readonly signal: AbortSignal;
}

export function createAnalyses({ client, own, clock, actor, signal }: AnalysesDeps): Analyses {
  const loader = createListLoader(
    (ids: readonly string[]) => client.seriesAnalysis.findMany({ where: { pointId: { in: [...ids] } } }),
    (row: StoredAnalysis) => row.pointId,
  );
  const find = async (pointId: string, variable: VariableKind) =>
    (await loader.load(pointId)).find((row) => row.variable === variable) ?? null;
  return {
    async anomalies(pointId, variable) {
      const row = await find(pointId, variable);
      const items = anomalySchema
        .array()
        .catch([])
        .parse(row?.anomalies ?? []);
      return {
        state: row?.anomaliesState ?? 'WAITING',
        madeAt: row?.anomaliesAt ?? null,
        upTo: row?.anomaliesUpTo ?? null,
        items: items.toReversed(),
      };
    },
    async outlook(pointId, variable) {
      const row = await find(pointId, variable);
      // What an older engine left is as good as not made.
      const read = outlookSchema.safeParse(row?.outlook);
      const state = row?.outlookState ?? 'WAITING';
      const isOutdated = state === 'READY' && !read.success;
      return {
        state: isOutdated ? 'WAITING' : state,
        madeAt: row?.outlookAt ?? null,
        outlook: read.success ? read.data : null,
      };
    },
    async analyse(pointId) {
      const point = isUuid(pointId)
        ? await client.catchmentPoint.findFirst({ where: { id: pointId, deletedAt: null } })
        : null;
      if (point === null) throw new NotFound('CatchmentPoint');
      const options = { now: clock.now(), pointIds: [point.id], signal };
      const anomalies = await analyse(own, 'anomalies', options);
      const outlook = await analyse(own, 'outlook', options);
      loader.clear(point.id);
      await client.$transaction((tx) =>
        recordAudit(tx, actor, {
          ...{ action: 'telemetry.analyseCatchmentPoint', entityType: 'CatchmentPoint', entityId: point.id },
          ...{ siteId: point.siteId, companyId: point.companyId, after: madeOf(anomalies, outlook) },
        }),
      );
      return point;
    },
  };
}

const madeOf = (anomalies: AnalysisTally, outlook: AnalysisTally) => ({
  anomalies: anomalies.made,
  outlooks: outlook.made,
  failed: anomalies.failed + outlook.failed,
});
