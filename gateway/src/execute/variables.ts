import { GraphQLError, type GraphQLSchema, getVariableValues } from 'graphql';
import type { JsonObject } from './json-object.ts';
import type { ReadyOperation } from './prepared-operation.ts';

const none: JsonObject = {};

/** The variables of a request with their defaults, or what is wrong with them. */
export function coerceVariables(
  schema: GraphQLSchema,
  { operation, conditionVariables }: ReadyOperation,
  sent: Readonly<Record<string, unknown>>,
): { readonly values: JsonObject } | { readonly errors: readonly GraphQLError[] } {
  const definitions = operation.variableDefinitions;
  if (definitions === undefined || definitions.length === 0) return { values: none };
  const { coerced, errors } = getVariableValues(schema, definitions, sent, { maxErrors: 20 });
  if (errors !== undefined) return { errors: errors.map(asBadInput) };
  for (const name of conditionVariables) {
    const isDefined = definitions.some(({ variable }) => variable.name.value === name);
    if (isDefined && typeof coerced[name] !== 'boolean') {
      return {
        errors: [asBadInput(new GraphQLError(`Variable "$${name}" decides a directive and must not be null.`))],
      };
    }
  }
  return { values: coerced };
}

function asBadInput({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } });
}
