import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import ErrorsPlugin from '@pothos/plugin-errors';
import FederationPlugin from '@pothos/plugin-federation';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Permission } from '../auth/permissions.ts';
import { can } from '../auth/viewer.ts';
import { AppError } from '../errors/app-error.ts';
import type { SubgraphContext } from '../subgraph/subgraph-context.ts';
import type { CacheControl } from './cache-control.ts';
import { addOutcomeTypes } from './outcome-types.ts';
import { pageSizesPlugin } from './page-sizes.ts';
import { type DecimalLike, dateScalar, dateTimeScalar, decimalScalar, jsonScalar } from './scalars.ts';

/** The types every subgraph's schema is built with; `Services` is what its resolvers call. */
export interface BuilderTypes<Services> {
  Context: SubgraphContext<Services>;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: true;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date | string };
    Date: { Input: string; Output: Date | string };
    Decimal: { Input: string; Output: DecimalLike };
    JSON: { Input: unknown; Output: unknown };
  };
  Directives: {
    cacheControl: { locations: 'OBJECT' | 'FIELD_DEFINITION'; args: CacheControl };
    sparesCache: { locations: 'FIELD_DEFINITION'; args: Record<string, never> };
  };
  Connection: { totalCount: number | (() => Promise<number>) };
  AuthScopes: {
    /** Anybody who signed in, whatever they may do. */
    authenticated: boolean;
    /** Somebody who holds the permission; which rows they see is the store's business. */
    permission: Permission;
    /** The platform itself (gateway, jobs), never a client. */
    internal: boolean;
  };
}

export type CauceSchemaTypes<Services> = PothosSchemaTypes.ExtendDefaultTypes<BuilderTypes<Services>>;
export type CauceBuilder<Services> = PothosSchemaTypes.SchemaBuilder<CauceSchemaTypes<Services>>;

/**
 * A Pothos builder with the house rules: non-null unless said, Relay connections with `totalCount`, permissions on
 * fields, expected failures as union members, and the shared scalars. No root type exists yet: a subgraph adds those
 * it has.
 */
export function createBuilder<Services>(): CauceBuilder<Services> {
  const builder = new SchemaBuilder<BuilderTypes<Services>>({
    // Errors come before auth, so that a missing permission stays a top-level error and is never a union member.
    plugins: [ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, DirectivesPlugin, FederationPlugin, pageSizesPlugin],
    defaultFieldNullability: false,
    defaultInputFieldRequiredness: true,
    errors: { directResult: true, defaultTypes: [] },
    scopeAuth: {
      authorizeOnSubscribe: true,
      authScopes: ({ viewer }) => ({
        authenticated: viewer.kind !== 'anonymous',
        internal: viewer.kind === 'system',
        permission: (permission) => can(viewer, permission),
      }),
      unauthorizedError: (_parent, context) =>
        context.viewer.kind === 'anonymous'
          ? new AppError('UNAUTHENTICATED', 'Sign in to see this')
          : new AppError('FORBIDDEN', 'You do not have the permission that this needs'),
    },
    relay: {
      clientMutationId: 'omit',
      cursorType: 'String',
      nodeQueryOptions: false,
      nodesQueryOptions: false,
      edgesFieldOptions: { nullable: { list: false, items: false } },
      nodeFieldOptions: { nullable: false },
      pageInfoTypeOptions: { shareable: true, description: 'Where this page stands in the whole list.' },
    },
  });
  builder.scalarType('DateTime', dateTimeScalar);
  builder.scalarType('Date', dateScalar);
  builder.scalarType('Decimal', decimalScalar);
  builder.scalarType('JSON', jsonScalar);
  builder.globalConnectionField('totalCount', (t) =>
    t.int({
      // It counts rows that nobody is shown.
      cost: 5,
      description: 'Rows in the whole filtered list, as far as the viewer may see; counted only when asked for.',
      resolve: ({ totalCount }) => (typeof totalCount === 'function' ? totalCount() : totalCount),
    }),
  );
  addOutcomeTypes(builder);
  return builder;
}
