import type { Prisma } from '@cauce/prisma/client';
import { createIdLoader, createListLoader } from '@cauce/shared/db/create-loader';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { CatchmentPoint } from '../points/point.ts';
import type { schemaTypes } from './schema-intervals.ts';
import { schemaParts, type TelemetrySchemaRow } from './telemetry-schema.ts';

export interface SchemaFilter {
  readonly companyIds?: readonly string[] | null | undefined;
  readonly types?: readonly (typeof schemaTypes)[number][] | null | undefined;
  readonly search?: string | null | undefined;
}

/** Schemas as far as one viewer may see them: those of companies within reach, with their points within reach. */
export interface Schemas {
  byId(id: string): Promise<TelemetrySchemaRow | null>;
  page(filter: SchemaFilter, args: PageArgs): Promise<Page<TelemetrySchemaRow>>;
  /** Those that hold for a point, by name. */
  ofPoint(point: Pick<CatchmentPoint, 'id' | 'companyId'>): Promise<readonly TelemetrySchemaRow[]>;
  /** The points that a schema names, as far as they are within reach. */
  pointIdsOf(schemaId: string): Promise<readonly string[]>;
}

/** More than a company may have. */
const schemasPerRead = 10_000;

export function createSchemas(client: ScopedClient): Schemas {
  const byId = createIdLoader((ids) =>
    client.telemetrySchema.findMany({ where: { id: { in: [...ids] } }, include: schemaParts }),
  );
  const ofCompany = createListLoader(
    (ids: readonly string[]) =>
      client.telemetrySchema.findMany({
        where: { companyId: { in: [...ids] } },
        include: schemaParts,
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: schemasPerRead,
      }),
    (schema: TelemetrySchemaRow) => schema.companyId,
  );
  const namedFor = createListLoader(
    (ids: readonly string[]) => client.telemetrySchemaPoint.findMany({ where: { pointId: { in: [...ids] } } }),
    ({ pointId }) => pointId,
  );
  const namedBy = createListLoader(
    (ids: readonly string[]) =>
      client.telemetrySchemaPoint.findMany({ where: { schemaId: { in: [...ids] } }, orderBy: { pointId: 'asc' } }),
    ({ schemaId }) => schemaId,
  );
  return {
    byId: (id) => byId.load(id),
    pointIdsOf: async (schemaId) => (await namedBy.load(schemaId)).map(({ pointId }) => pointId),

    async ofPoint({ id, companyId }) {
      const [schemas, named] = await Promise.all([ofCompany.load(companyId), namedFor.load(id)]);
      const own = new Set(named.map(({ schemaId }) => schemaId));
      return schemas.filter((schema) => schema.isForAllPoints || own.has(schema.id));
    },

    async page(filter, args) {
      const keyset = readKeyset(args, ['text', 'id']);
      const where = whereOf(filter);
      const after = afterKeyset(
        [
          { column: 'name', direction: 'asc' },
          { column: 'id', direction: 'asc' },
        ],
        keyset.after,
      );
      const rows = await client.telemetrySchema.findMany({
        where: { AND: [where, after] },
        include: schemaParts,
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: keyset.limit + 1,
      });
      return toPage(
        rows,
        keyset,
        ({ name, id }) => [name, id],
        () => client.telemetrySchema.count({ where }),
      );
    },
  };
}

function whereOf({ companyIds, types, search }: SchemaFilter): Prisma.TelemetrySchemaWhereInput {
  const text = search
    ?.trim()
    .replaceAll('\0', '')
    .replaceAll(/[\\%_]/g, String.raw`\$&`);
  return {
    ...(companyIds ? { companyId: { in: onlyUuids(companyIds) } } : {}),
    ...(types ? { type: { in: [...types] } } : {}),
    ...(text ? { name: { contains: text, mode: 'insensitive' } } : {}),
  };
}
