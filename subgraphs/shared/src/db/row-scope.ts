import type { Viewer } from '../auth/viewer.ts';

/**
 * Where a model's rows keep the company and the site they belong to. A row with a site belongs to the site; one
 * without, to its company.
 */
export type RowScope =
  | { readonly kind: 'direct'; readonly site?: string; readonly company?: string; readonly isSiteOptional?: boolean }
  /** Belongs to whatever its parent belongs to: `relation` is the Prisma relation, `foreignKey` its column. */
  | { readonly kind: 'parent'; readonly relation: string; readonly foreignKey: string; readonly model: string }
  /** Reference data that everybody may read, and nobody but the platform may write. */
  | { readonly kind: 'reference' };

/** The scope of each Prisma model that a subgraph's requests may touch. A model that is not listed is refused. */
export type RowScopes = Readonly<Record<string, RowScope>>;

export const bySite = (column = 'siteId'): RowScope => ({ kind: 'direct', site: column });
export const byCompany = (column = 'companyId'): RowScope => ({ kind: 'direct', company: column });
export const bySiteOrCompany = (): RowScope => ({
  kind: 'direct',
  site: 'siteId',
  company: 'companyId',
  isSiteOptional: true,
});
export const byParent = (relation: string, foreignKey: string, model: string): RowScope => ({
  kind: 'parent',
  relation,
  foreignKey,
  model,
});
export const reference: RowScope = { kind: 'reference' };

type Where = Record<string, unknown>;

/** The Prisma filter that keeps a viewer to their rows; `null` when they reach all of them. */
export function scopeFilter(scopes: RowScopes, model: string, viewer: Viewer): Where | null {
  const scope = scopeOf(scopes, model);
  if (scope.kind === 'reference') return null;
  if (scope.kind === 'parent') {
    const parent = scopeFilter(scopes, scope.model, viewer);
    return parent === null ? null : { [scope.relation]: { is: parent } };
  }
  const { siteIds, companyIds } = viewer;
  const bySiteFilter = scope.site === undefined || siteIds === 'all' ? null : { [scope.site]: { in: [...siteIds] } };
  const byCompanyFilter =
    scope.company === undefined || companyIds === 'all' ? null : { [scope.company]: { in: [...companyIds] } };
  if (scope.isSiteOptional !== true) return bySiteFilter ?? byCompanyFilter;
  if (bySiteFilter === null && byCompanyFilter === null) return null;
  const siteless = { [scope.site ?? 'siteId']: null, ...(byCompanyFilter ?? {}) };
  return { OR: [bySiteFilter ?? { NOT: { [scope.site ?? 'siteId']: null } }, siteless] };
}

export function scopeOf(scopes: RowScopes, model: string): RowScope {
  const scope = scopes[model];
  if (scope === undefined) throw new Error(`Model ${model} has no row scope; requests may not touch it`);
  return scope;
}
