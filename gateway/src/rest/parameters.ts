import { type GraphQLInputType, getNamedType, isListType, isNonNullType } from 'graphql';
import { z } from 'zod';
import { namedRanges, timeZoneSchema } from './date-range.ts';
import type { RestOperation } from './rest-operation.ts';
import { pathNames, type RestMethod } from './route.ts';
import { valueFromText, variableSchema } from './variable-schema.ts';

/** One value that a request may carry. */
export interface Parameter {
  readonly name: string;
  readonly place: 'path' | 'query' | 'body';
  readonly schema: z.ZodType;
  readonly isRequired: boolean;
  readonly isList: boolean;
  /** It is the body itself, not a field of it. */
  readonly isWhole?: boolean;
  readonly description: string | null;
  readonly defaultValue: unknown;
  /** Reads it from text; absent where the text is the value. */
  readonly fromText?: (text: string | readonly string[]) => unknown;
}

export interface ParameterSource {
  readonly method: RestMethod;
  readonly path: string;
  readonly rules?: Readonly<Record<string, z.ZodType>> | undefined;
  readonly ignored?: Readonly<Record<string, string>> | undefined;
  readonly wholeBody?: string | undefined;
  /** Whether pages are numbered. */
  readonly isPaged: boolean;
}

/** The variable that is always shown as days and named spans. */
export const rangeType = 'DateRangeInput';

/** Words for variables that stand for no argument. */
const descriptions: Readonly<Record<string, string>> = {
  counted: 'Whether to count the whole filtered table into `total`; a page comes faster without.',
  limit: 'Rows of a page of JSON, at most 200.',
  after: 'The `next` of the page before.',
};

/** Variables that the door fills itself. */
const hidden = new Set(['after']);

/** The parameters of a route: its operation's variables, where they belong by path and method. */
export function parametersOf(source: ParameterSource, operation: RestOperation): readonly Parameter[] {
  const { method, path, rules = {}, ignored = {}, isPaged, wholeBody } = source;
  const inPath = new Set(pathNames(path));
  const rest = (method === 'POST' || method === 'PUT') && wholeBody === undefined ? 'body' : 'query';
  const known = new Set(operation.variables.map(({ name }) => name));
  for (const name of [...inPath, ...Object.keys(rules).filter((rule) => rule !== 'page')]) {
    if (!known.has(name))
      throw new Error(
        `The REST route ${method} ${path} speaks of $${name}, which ${operation.name}.graphql does not have`,
      );
  }
  const parameters = operation.variables
    .filter(({ name }) => !(isPaged && hidden.has(name)))
    .flatMap(({ name, type, defaultValue, description }): Parameter[] => {
      if (getNamedType(type).name === rangeType) return rangeParameters(isNonNullType(type));
      const isWhole = name === wholeBody;
      const place = inPath.has(name) ? 'path' : isWhole ? 'body' : rest;
      return [
        {
          name,
          place,
          ...(isWhole ? { isWhole } : {}),
          schema: rules[name] ?? variableSchema(type),
          isRequired: place === 'path' || (isNonNullType(type) && defaultValue === undefined),
          isList: isList(type),
          description: description ?? descriptions[name] ?? null,
          defaultValue,
          fromText: (text) => valueFromText(type, text),
        },
      ];
    });
  const notes = Object.entries(ignored).map(([name, reason]): Parameter => {
    return { ...optional(name, rest, z.unknown(), `Taken and not used: ${reason}`), fromText: String };
  });
  return [...parameters, ...(isPaged ? [pageParameter(rules.page)] : []), ...notes];
}

function rangeParameters(isRequired: boolean): Parameter[] {
  const either = isRequired ? ' Give both days, or `date_range`.' : '';
  return [
    optional('from', 'query', z.iso.date(), `First day, YYYY-MM-DD.${either}`),
    optional('to', 'query', z.iso.date(), 'Last day, included.'),
    optional('date_range', 'query', z.enum(namedRanges), 'A span by name, in place of `from` and `to`.'),
    {
      ...optional('time_zone', 'query', timeZoneSchema, 'In whose days `date_range` counts; an IANA name.'),
      defaultValue: 'UTC',
    },
  ];
}

function pageParameter(rule: z.ZodType | undefined): Parameter {
  const schema = rule ?? z.int().min(1).max(10_000);
  return {
    ...optional('page', 'query', schema, 'Which page, from 1.'),
    defaultValue: 1,
    fromText: (text) => (typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : text),
  };
}

function optional(name: string, place: Parameter['place'], schema: z.ZodType, description: string): Parameter {
  return { name, place, schema, isRequired: false, isList: false, description, defaultValue: undefined };
}

function isList(type: GraphQLInputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
