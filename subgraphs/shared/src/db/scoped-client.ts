import type { PrismaClient } from '@cauce/prisma/client';
import { reaches, type Viewer } from '../auth/viewer.ts';
import { NotFound } from '../errors/outcomes.ts';
import type { DatabaseTransaction } from './database.ts';
import { type RowScopes, scopeFilter, scopeOf } from './row-scope.ts';

/** The typed client inside a transaction, kept to the rows of one viewer. */
export type ScopedTransaction = Omit<PrismaClient, `$${string}`>;

/** The typed client, kept to the rows of one viewer. Raw SQL is not on it: it could not be kept. */
export type ScopedClient = ScopedTransaction & {
  $transaction<Value>(work: (tx: ScopedTransaction) => Promise<Value>): Promise<Value>;
};

/**
 * The same transaction without the scope, for what belongs to no viewer and must commit with the change: events,
 * audit entries, jobs. Only `shared` and audit writers call it.
 */
export function unscoped(tx: ScopedTransaction | DatabaseTransaction): DatabaseTransaction {
  return tx as unknown as DatabaseTransaction;
}

type Args = Record<string, unknown>;

const filtered = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
  'update',
  'updateMany',
  'updateManyAndReturn',
  'delete',
  'deleteMany',
]);
const creating = new Set(['create', 'createMany', 'createManyAndReturn', 'upsert']);

/**
 * The one place where row scope is applied. Reads, updates and deletes get the viewer's filter beside their own;
 * creates, and updates that move a row, are checked against the same reach. Every model must be listed in `scopes`.
 */
export function createScopedClient(client: PrismaClient, scopes: RowScopes): (viewer: Viewer) => ScopedClient {
  // Viewers are shared between requests of the same credential; so is the client made for each.
  const clients = new WeakMap<Viewer, ScopedClient>();
  return (viewer) => {
    const known = clients.get(viewer);
    if (known !== undefined) return known;
    const extended = client.$extends({
      query: {
        $allModels: {
          async $allOperations({ model, operation, args, query }) {
            const checked = await guard(client, scopes, viewer, model, operation, (args ?? {}) as Args);
            return query(checked as typeof args);
          },
        },
      },
    });
    const scoped = extended as unknown as ScopedClient;
    clients.set(viewer, scoped);
    return scoped;
  };
}

async function guard(
  client: PrismaClient,
  scopes: RowScopes,
  viewer: Viewer,
  model: string,
  operation: string,
  args: Args,
): Promise<Args> {
  if (operation === 'upsert') await checkWritten(client, scopes, viewer, model, args.create, true);
  else if (creating.has(operation)) await checkWritten(client, scopes, viewer, model, args.data, true);
  if (operation.startsWith('update')) await checkWritten(client, scopes, viewer, model, args.data, false);
  if (operation === 'upsert') await checkWritten(client, scopes, viewer, model, args.update, false);
  const filter = scopeFilter(scopes, model, viewer);
  if (filter === null || (creating.has(operation) && operation !== 'upsert')) return args;
  if (!filtered.has(operation) && operation !== 'upsert') {
    throw new Error(`Operation ${operation} is not available on a scoped client`);
  }
  const where = (args.where ?? {}) as Args;
  const and = where.AND === undefined ? [] : Array.isArray(where.AND) ? where.AND : [where.AND];
  return { ...args, where: { ...where, AND: [...and, filter] } };
}

/** Refuses to write a row into a company or site that the viewer does not reach, as if it were not there. */
async function checkWritten(
  client: PrismaClient,
  scopes: RowScopes,
  viewer: Viewer,
  model: string,
  data: unknown,
  isNew: boolean,
): Promise<void> {
  const scope = scopeOf(scopes, model);
  if (scope.kind === 'reference') {
    if (viewer.kind !== 'system') throw new Error(`Reference model ${model} is written by the platform only`);
    return;
  }
  for (const row of (Array.isArray(data) ? data : [data]) as Args[]) {
    if (scope.kind === 'direct') {
      const site = scope.site === undefined ? undefined : writtenValue(row[scope.site]);
      const company = scope.company === undefined ? undefined : writtenValue(row[scope.company]);
      if (typeof site === 'string' && !reaches(viewer.siteIds, site)) throw new NotFound('Site');
      if (typeof company === 'string' && !reaches(viewer.companyIds, company)) throw new NotFound('Company');
      const isPlaced = typeof site === 'string' || typeof company === 'string';
      if (isNew && !isPlaced) throw new Error(`A new ${model} must name the site or company it belongs to`);
      continue;
    }
    const parentId = writtenValue(row[scope.foreignKey]);
    if (parentId === undefined && !isNew) continue;
    if (typeof parentId !== 'string')
      throw new Error(`A new ${model} must name its ${scope.relation} by ${scope.foreignKey}`);
    await checkParent(client, scopes, viewer, scope.model, parentId);
  }
}

async function checkParent(client: PrismaClient, scopes: RowScopes, viewer: Viewer, model: string, id: string) {
  const filter = scopeFilter(scopes, model, viewer);
  if (filter === null) return;
  const delegate = Reflect.get(client, model.charAt(0).toLowerCase() + model.slice(1)) as {
    count(args: { where: Args }): Promise<number>;
  };
  if ((await delegate.count({ where: { AND: [{ id }, filter] } })) === 0) throw new NotFound(model);
}

/** Prisma takes a bare value or `{ set: value }`. */
function writtenValue(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'set' in input ? input.set : input;
}
