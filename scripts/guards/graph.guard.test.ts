import { errorCodes } from '@cauce/shared/errors/error-codes';
import { subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { type GraphQLField, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schemaMakers } from '../schema-makers.ts';
import { sourceFiles } from './source-files.ts';

/**
 * Root fields that anybody may ask for, because they are how one becomes somebody, or because their argument is the
 * proof: a regulator's own token, the random token of a voucher's link.
 */
const publicFields = new Set([
  'Mutation.signInRegulator',
  'Query.regulatorHistory',
  'Query.publicVoucher',
  'Mutation.signIn',
  'Mutation.refreshSession',
  'Mutation.signOut',
  'Query._service',
  'Query._entities',
]);

describe.each(subgraphNames)('the %s subgraph', (name) => {
  it('asks for a permission on every root field', async () => {
    const schema = await schemaMakers[name]();
    const open = (['Query', 'Mutation', 'Subscription'] as const).flatMap((root) => {
      const type = schema.getType(root);
      if (!isObjectType(type)) return [];
      return Object.values(type.getFields())
        .filter((field) => authScopesOf(field) === undefined && !publicFields.has(`${root}.${field.name}`))
        .map((field) => `${root}.${field.name}`);
    });
    expect(open).toEqual([]);
  });

  it('says of every field what it means', async () => {
    const schema = await schemaMakers[name]();
    const silent = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!(isObjectType(type) || isInterfaceType(type)) || type.name.startsWith('_')) return [];
      // Connections and edges mean what Relay says.
      if (/(?:Connection|Edge)$|^PageInfo$/.test(type.name)) return [];
      const isRoot = ['Query', 'Mutation', 'Subscription'].includes(type.name);
      return Object.values(type.getFields())
        .filter((field) => !field.description && !(isRoot && field.name.startsWith('_')))
        .map((field) => `${type.name}.${field.name}`);
    });
    expect(silent).toEqual([]);
  });
});

describe('error codes', () => {
  it('are all in docs/error-codes.md, and nothing else is', () => {
    const page = sourceFiles(['.md']).find(({ path }) => path === 'docs/error-codes.md');
    const documented = [...(page?.text ?? '').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code);
    expect(documented.sort()).toEqual(Object.keys(errorCodes).sort());
  });
});

function authScopesOf(field: GraphQLField<unknown, unknown>): unknown {
  const options = field.extensions.pothosOptions;
  return typeof options === 'object' && options !== null ? Reflect.get(options, 'authScopes') : undefined;
}
