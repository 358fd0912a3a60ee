import type { Prisma, PrismaClient } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';

const withDashboards = { dashboards: { orderBy: { position: 'asc' } } } satisfies Prisma.MetricDefinitionInclude;

export type Definition = Prisma.MetricDefinitionGetPayload<{ include: typeof withDashboards }>;
export type DefinitionData = Omit<
  Prisma.MetricDefinitionUncheckedCreateInput,
  'id' | 'dashboards' | 'createdAt' | 'updatedAt'
>;

export type DefinitionStore = ReturnType<typeof createDefinitionStore>;

/** Metric definitions: one list for all companies, which everybody may read. */
export function createDefinitionStore(client: PrismaClient) {
  return {
    all: () => client.metricDefinition.findMany({ include: withDashboards, orderBy: { name: 'asc' } }),
    byIds: (ids: readonly string[]) =>
      client.metricDefinition.findMany({ where: { id: { in: [...ids] } }, include: withDashboards }),
    transaction: <Value>(work: (tx: DatabaseTransaction) => Promise<Value>) => client.$transaction(work),
    byName: (tx: DatabaseTransaction, name: string) =>
      tx.metricDefinition.findUnique({ where: { name }, include: withDashboards }),
    async save(tx: DatabaseTransaction, data: DefinitionData, dashboards: readonly string[]): Promise<Definition> {
      const { id } = await tx.metricDefinition.upsert({ where: { name: data.name }, create: data, update: data });
      await tx.metricDashboard.deleteMany({ where: { metricId: id } });
      await tx.metricDashboard.createMany({
        data: dashboards.map((dashboard, position) => ({ metricId: id, dashboard, position })),
      });
      return tx.metricDefinition.findUniqueOrThrow({ where: { id }, include: withDashboards });
    },
  };
}
