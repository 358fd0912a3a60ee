import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** An operation with one odd text in one of its arguments. */
export interface TextProbe {
  /** Where the text stands: `products(filter.search)`. */
  readonly place: string;
  readonly query: string;
  variables(text: string): Record<string, unknown>;
}

/** One probe for each place of each root field that takes text: an argument, or a field in an input. */
export function textProbes(schema: GraphQLSchema, kind: 'query' | 'mutation'): TextProbe[] {
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  return Object.values((root as GraphQLObjectType).getFields()).flatMap((field) =>
    textPlaces(field).map((path) => ({
      place: `${field.name}(${path.join('.')})`,
      query: operationOf(kind, field),
      variables: (text) => argumentsOf(field, path, text),
    })),
  );
}

type Path = readonly string[];
const deepest = 4;

function textPlaces(field: GraphQLField<unknown, unknown>): Path[] {
  return field.args.flatMap(({ name, type }) => placesIn(type, [name]));
}

function placesIn(type: GraphQLInputType, path: Path): Path[] {
  const named = getNamedType(type);
  if (named.name === 'String' || named.name === 'ID') return [path];
  if (!isInputObjectType(named) || path.length >= deepest) return [];
  return Object.values(named.getFields()).flatMap((field) => placesIn(field.type, [...path, field.name]));
}

function argumentsOf(field: GraphQLField<unknown, unknown>, path: Path, text: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { name, type } of field.args) {
    const isOnPath = path[0] === name;
    if (isOnPath || isNonNullType(type)) given[name] = sampleOf(type, isOnPath ? path.slice(1) : null, text);
  }
  return given;
}

/** The least that a type takes; with the text where the path leads. A null path leads nowhere. */
function sampleOf(type: GraphQLInputType, path: Path | null, text: string): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, path, text);
  if (isListType(type)) return [sampleOf(type.ofType, path, text)];
  if (isInputObjectType(type)) {
    const value: Record<string, unknown> = {};
    for (const field of Object.values(type.getFields())) {
      const isOnPath = path?.[0] === field.name;
      const isNeeded = isNonNullType(field.type) && field.defaultValue === undefined;
      if (isOnPath || isNeeded) value[field.name] = sampleOf(field.type, isOnPath ? (path ?? []).slice(1) : null, text);
    }
    return value;
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (path !== null) return text;
  return scalars[getNamedType(type).name] ?? 'x';
}

const scalars: Readonly<Record<string, unknown>> = {
  ID: '0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000',
  Int: 1,
  Float: 1,
  Boolean: true,
  Date: '2026-11-01',
  DateTime: '2026-11-01T00:00:00Z',
  Decimal: '1',
  JSON: {},
};

function operationOf(kind: string, field: GraphQLField<unknown, unknown>): string {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  return `${kind}(${declared}) { ${field.name}(${passed}) ${selectionOf(field.type)} }`;
}

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isUnionType(named)) return '{ __typename }';
  if (!isObjectType(named)) return '';
  return named.name.endsWith('Connection') ? '{ totalCount edges { node { __typename } } }' : '{ __typename }';
}
