import { type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql';

/** What graphql-js answers on one schema that has everything. */
export async function judge(
  schema: GraphQLSchema,
  rootValue: unknown,
  source: string,
  variables: Record<string, unknown> = {},
): Promise<ExecutionResult> {
  return execute({ schema, document: parse(source), rootValue, variableValues: variables });
}

/** Data to the letter, the order of fields included. */
export function dataText({ data }: ExecutionResult): string {
  return JSON.stringify(data);
}

/**
 * Where errors have put nulls. Two executions of one operation may name the failures below a null in different numbers,
 * because siblings of a failed field may or may not have been tried; the null that the client finds is the same.
 */
export function erroredPlaces({ data, errors }: ExecutionResult): string[] {
  const places = new Set<string>();
  for (const { path } of errors ?? []) places.add(nullAt(data, path ?? []).join('.'));
  return [...places].sort();
}

function nullAt(data: unknown, path: readonly (string | number)[]): (string | number)[] {
  const walked: (string | number)[] = [];
  let value: unknown = data;
  for (const key of path) {
    if (value === null || typeof value !== 'object') break;
    walked.push(key);
    value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return walked;
}
