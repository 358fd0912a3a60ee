import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

export type Kind = 'query' | 'mutation' | 'subscription';

/** A place of a field where an id is given: an argument, or a field inside one. */
export interface IdPlace {
  /** `setStockLevel(input.siteId)`; below a root with its type before it: `Product.sales(siteIds)`. */
  readonly name: string;
  readonly parent: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly path: readonly string[];
}

/** Every place of every field of a schema where an id can be given. */
export function idPlaces(schema: GraphQLSchema): IdPlace[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((parent) =>
      Object.values(parent.getFields())
        .filter(({ name }) => !name.startsWith('_'))
        .flatMap((field) =>
          field.args
            .flatMap(({ name, type }) => pathsOfIds(type, [name]))
            .map((path) => ({
              ...{ parent, field, path },
              name: `${roots.includes(parent) ? '' : `${parent.name}.`}${field.name}(${path.join('.')})`,
            })),
        ),
    );
}

const deepest = 4;

function pathsOfIds(type: GraphQLInputType, path: readonly string[]): (readonly string[])[] {
  const named = getNamedType(type);
  if (named.name === 'ID') return [path];
  if (!isInputObjectType(named) || path.length >= deepest) return [];
  return Object.values(named.getFields()).flatMap((field) => pathsOfIds(field.type, [...path, field.name]));
}

/** What is given at a place of a field: undefined leaves it to the least that the type takes. */
type GivenAt = (path: readonly string[]) => unknown;

/**
 * The arguments of a field: all that is needed, all on the way to `path` and those named by `more`, the rest left out.
 * @param givenAt values of leaves by their path
 */
export function argumentsFor(
  field: GraphQLField<unknown, unknown>,
  path: readonly string[],
  givenAt: GivenAt,
  more: ReadonlySet<string>,
): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { name, type, defaultValue } of field.args) {
    const isNeeded = isNonNullType(type) && defaultValue === undefined;
    if (name === path[0] || isNeeded) given[name] = sample(type, [name], { path, givenAt, more });
  }
  return given;
}

interface Wanted {
  readonly path: readonly string[];
  readonly givenAt: GivenAt;
  readonly more: ReadonlySet<string>;
}

function sample(type: GraphQLInputType, at: readonly string[], wanted: Wanted): unknown {
  if (isNonNullType(type)) return sample(type.ofType, at, wanted);
  if (isListType(type)) return [sample(type.ofType, at, wanted)];
  if (isInputObjectType(type)) {
    const { path, more } = wanted;
    const isOnPath = at.every((name, depth) => path[depth] === name);
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter(({ name, type: inner, defaultValue }) => {
          const isNeeded = isNonNullType(inner) && defaultValue === undefined;
          return isNeeded || more.has(name) || (isOnPath && path[at.length] === name);
        })
        .map((inner) => [inner.name, sample(inner.type, [...at, inner.name], wanted)]),
    );
  }
  const given = wanted.givenAt(at);
  if (given !== undefined) return given;
  return isEnumType(type) ? type.getValues()[0]?.name : (leaves[type.name] ?? 'x');
}

const leaves: Readonly<Record<string, unknown>> = {
  ...{ Int: 1, Float: 1, Boolean: true, Decimal: '1', JSON: {} },
  ...{ Date: '2026-11-01', DateTime: '2026-11-01T00:00:00Z' },
};

/** `($a: ID!) { field(a: $a) { … } }` with the variables that are given. */
export function operationFor(
  kind: Kind,
  field: GraphQLField<unknown, unknown>,
  given: Readonly<Record<string, unknown>>,
  selection: string,
): string {
  const args = field.args.filter(({ name }) => name in given);
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const called = args.length === 0 ? field.name : `${field.name}(${passed})`;
  return `${kind}${args.length === 0 ? '' : `(${declared})`} { ${called} ${selection} }`;
}

/** All leaves of a type and of what it holds, so many objects deep; fields that need an argument are left out. */
export function selectionOf(schema: GraphQLSchema, type: GraphQLOutputType, depth: number, prefix = ''): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    // Members may have fields of one name and different types.
    const parts = schema.getPossibleTypes(named).map((one) => {
      return `... on ${one.name} ${selectionOf(schema, one, depth, `${one.name}_`)}`;
    });
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    const needsMore = field.args.some(
      ({ type: wanted, defaultValue }) => isNonNullType(wanted) && defaultValue === undefined,
    );
    const isDeeper = !isLeafType(getNamedType(field.type));
    if (needsMore || (isDeeper && depth === 0)) return [];
    const name = prefix === '' ? field.name : `${prefix}${field.name}: ${field.name}`;
    return [`${name} ${selectionOf(schema, field.type, depth - (isConnectionPart(named) ? 0 : 1))}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

/** The way from a list to its rows is not counted. */
const isConnectionPart = ({ name }: GraphQLObjectType) => /(Connection|Edge)$/.test(name);
