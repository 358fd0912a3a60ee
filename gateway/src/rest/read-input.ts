import { getNamedType, isNonNullType } from 'graphql';
import { z } from 'zod';
import { type NamedRange, namedRange } from './date-range.ts';
import { type Parameter, rangeType } from './parameters.ts';
import { type FieldProblem, validationFailed } from './refusal.ts';
import type { RestOperation } from './rest-operation.ts';

/** What a request carries, not yet believed. */
export interface RawInput {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export type InputReader = (raw: RawInput) => Readonly<Record<string, unknown>>;

/**
 * Makes the reader of a route's requests: every parameter checked and defaults filled in, or 422 with each field that
 * is wrong, unknown names among them, since a filter with a typing error would quietly answer everything.
 */
export function createInputReader(parameters: readonly Parameter[]): InputReader {
  const schema = z.strictObject(
    Object.fromEntries(parameters.map((one) => [one.name, one.isRequired ? one.schema : one.schema.nullish()])),
  );
  const inUrl = new Map(parameters.filter(({ place }) => place !== 'body').map((one) => [one.name, one]));
  const takesBody = parameters.some(({ place }) => place === 'body');
  const whole = parameters.find(({ isWhole }) => isWhole === true);
  const defaults = parameters.filter(({ defaultValue }) => defaultValue !== undefined);
  return ({ path, query, body }) => {
    const given: Record<string, unknown> =
      whole === undefined ? (takesBody ? { ...bodyFields(body) } : {}) : { [whole.name]: body };
    const strays: FieldProblem[] = [];
    for (const [name, value] of [...Object.entries(query), ...Object.entries(path)]) {
      const parameter = inUrl.get(name);
      if (parameter === undefined) strays.push({ field: name, code: 'UNKNOWN', message: 'There is no such parameter' });
      else {
        const read = readText(parameter, value);
        if (read !== undefined) given[name] = read;
      }
    }
    const parsed = schema.safeParse(given);
    if (!parsed.success)
      throw validationFailed([...strays, ...parsed.error.issues.flatMap((issue) => fieldProblems(issue, given))]);
    if (strays.length > 0) throw validationFailed(strays);
    const input: Record<string, unknown> = { ...parsed.data };
    for (const { name, defaultValue } of defaults) input[name] ??= defaultValue;
    return input;
  };
}

/** The operation's variables from checked parameters. Throws 422 for a span that cannot be made out. */
export function variablesFrom(
  operation: RestOperation,
  input: Readonly<Record<string, unknown>>,
  now: Date,
): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const { name, type } of operation.variables) {
    const value = getNamedType(type).name === rangeType ? rangeFrom(input, now, isNonNullType(type)) : input[name];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}

function bodyFields(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  if (body === undefined || body === null) return {};
  throw validationFailed([{ field: 'body', code: 'INVALID_TYPE', message: 'The body must be a JSON object' }]);
}

/** An empty text is what an empty form field sends: nothing. */
function readText(parameter: Parameter, value: unknown): unknown {
  if (value === '' && parameter.place === 'query') return undefined;
  const { fromText } = parameter;
  const isText = typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
  return isText && fromText !== undefined ? fromText(value) : value;
}

function fieldProblems(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): FieldProblem[] {
  const path = issue.path.map(String);
  const code = issue.code.toUpperCase();
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...path, key].join('.'),
      code: 'UNKNOWN',
      message: 'There is no such field',
    }));
  }
  const isMissing = path.length === 1 && given[path[0] ?? ''] === undefined;
  return [
    {
      field: path.length === 0 ? 'body' : path.join('.'),
      code: isMissing ? 'REQUIRED' : code,
      message: isMissing ? 'This is needed' : issue.message,
    },
  ];
}

function rangeFrom(input: Readonly<Record<string, unknown>>, now: Date, isNeeded: boolean): unknown {
  const { from, to, date_range: name, time_zone: zone } = input;
  const refuse = (message: string) => validationFailed([{ field: 'date_range', code: 'INVALID_RANGE', message }]);
  if (typeof name === 'string') {
    if (from || to) throw refuse('Give `from` and `to`, or `date_range`, not both');
    return namedRange(name as NamedRange, now, String(zone));
  }
  if (typeof from === 'string' && typeof to === 'string') {
    if (from > to) throw validationFailed([{ field: 'from', code: 'INVALID_RANGE', message: 'Is after `to`' }]);
    return { from, to };
  }
  if (from || to)
    throw validationFailed([{ field: from ? 'to' : 'from', code: 'REQUIRED', message: 'Both ends are needed' }]);
  if (isNeeded) throw refuse('Give `from` and `to`, or `date_range`');
  return undefined;
}
