import type { PrismaClient } from '@cauce/prisma/client';
import type { AuditActor } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import type { Points } from '../points/points.service.ts';
import type { ExpressionCompiler } from './expressions/expression-compiler.ts';
import { createGroups, type Groups } from './groups.service.ts';
import { countGroups, readGroups } from './groups.store.ts';
import { createSchemaSaving, type SchemaSaving } from './schema-saving.service.ts';
import { createSchemas, type Schemas } from './schemas.service.ts';

/** What the resolvers of schemas call. */
export interface SchemaServices {
  readonly schemas: Schemas;
  readonly schemaSaving: SchemaSaving;
  readonly groups: Groups;
}

interface SchemaServicesDeps {
  readonly client: ScopedClient;
  /** For the groups of points that were loaded for the viewer. */
  readonly sql: PrismaClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
  readonly compiler: ExpressionCompiler;
  readonly points: Points;
}

/** The services of one request. */
export function createSchemaServices({
  client,
  sql,
  clock,
  actor,
  compiler,
  points,
}: SchemaServicesDeps): SchemaServices {
  const schemas = createSchemas(client);
  return {
    schemas,
    schemaSaving: createSchemaSaving({ client, actor, compiler }),
    groups: createGroups({
      ...{ schemas, compiler, clock, point: points.byId },
      read: (ids, query) => readGroups(sql, ids, query),
      count: (id, query) => countGroups(sql, id, query),
    }),
  };
}
