import { defaultFieldResolver, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import type { Tracing } from './tracing.ts';

type Resolve = NonNullable<GraphQLFieldConfig<unknown, unknown>['resolve']>;

const wrapped = new WeakSet<Resolve>();

/**
 * Gives the root fields of a schema a span each, `Query.sites`; the schema belongs to one process and is made for it.
 * What lies deeper is told by the statements that it makes.
 */
export function traceRootResolvers(schema: GraphQLSchema, tracing: Tracing): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    if (!type) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve: Resolve = field.resolve ?? defaultFieldResolver;
      if (wrapped.has(resolve)) continue;
      const name = `${type.name}.${field.name}`;
      const traced: Resolve = (source, args, context, info) =>
        tracing.inSpan(name, { attributes: attributesOf(field.name, args) }, () =>
          resolve(source, args, context, info),
        );
      wrapped.add(traced);
      field.resolve = traced;
    }
  }
}

function attributesOf(field: string, args: Readonly<Record<string, unknown>>) {
  const { representations } = args;
  return {
    'graphql.field.name': field,
    ...(Array.isArray(representations) ? { 'cauce.entities': representations.length } : {}),
  };
}
