import { type ConstDirectiveNode, type DocumentNode, Kind, type TypeNode } from 'graphql';
import { enumArgument, graphNamesIn, textArgument } from './required-fields.ts';

/** What a field leads to. */
export interface JoinedField {
  readonly typeName: string;
  /** How many lists stand around it. */
  readonly depth: number;
}

/** Which subgraph has what of a supergraph. */
export interface JoinedGraph {
  readonly rootTypes: Readonly<Record<'query' | 'mutation' | 'subscription', string>>;
  field(typeName: string, name: string): JoinedField | undefined;
  /** The names that objects of a type may give themselves in answers of a subgraph; empty when it does not know it. */
  typesIn(subgraph: string, typeName: string): ReadonlySet<string>;
  /** The same, whichever subgraph answers. Only names of objects. */
  typesOf(typeName: string): ReadonlySet<string>;
  /** Whether a subgraph's schema has a field at all, be it one that it needs from others. */
  has(subgraph: string, typeName: string, name: string): boolean;
  isInterface(typeName: string): boolean;
}

interface JoinedType {
  readonly kind: 'object' | 'interface' | 'union' | 'leaf';
  readonly directives: readonly ConstDirectiveNode[];
  readonly fields: ReadonlyMap<string, JoinedField & { readonly subgraphs: ReadonlySet<string> | null }>;
}

/** Reads the `join__` directives of a supergraph. */
export function readJoinedGraph(supergraph: DocumentNode): JoinedGraph {
  const graphNames = graphNamesIn(supergraph);
  const graphOf = (directive: ConstDirectiveNode) => {
    const name = enumArgument(directive, 'graph');
    return name === null ? null : (graphNames.get(name) ?? name);
  };
  const types = new Map<string, JoinedType>();
  const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.SCHEMA_DEFINITION) {
      for (const { operation, type } of definition.operationTypes) rootTypes[operation] = type.name.value;
    }
    const kind = kindOf(definition.kind);
    if (kind === null || !('name' in definition) || definition.name === undefined) continue;
    const fields = 'fields' in definition ? (definition.fields ?? []) : [];
    types.set(definition.name.value, {
      kind,
      directives: ('directives' in definition ? definition.directives : []) as readonly ConstDirectiveNode[],
      fields: new Map(
        fields.map((field) => {
          const joins = (field.directives ?? []).filter(({ name }) => name.value === 'join__field');
          const named = joins.flatMap((join) => graphOf(join as ConstDirectiveNode) ?? []);
          // Without a word of a subgraph it is in all that have the type.
          return [field.name.value, { ...leadsTo(field.type), subgraphs: named.length === 0 ? null : new Set(named) }];
        }),
      ),
    });
  }
  return { rootTypes, ...lookUps(types, graphOf) };
}

function lookUps(
  types: ReadonlyMap<string, JoinedType>,
  graphOf: (directive: ConstDirectiveNode) => string | null,
): Omit<JoinedGraph, 'rootTypes'> {
  const joins = (typeName: string, name: string) =>
    (types.get(typeName)?.directives ?? []).filter((directive) => directive.name.value === name);
  const isIn = (subgraph: string, typeName: string) =>
    joins(typeName, 'join__type').some((join) => graphOf(join) === subgraph);
  const implementersOf = (typeName: string, subgraph: string | null) =>
    [...types].flatMap(([name, { kind }]) => {
      const implemented = joins(name, 'join__implements').some(
        (join) => textArgument(join, 'interface') === typeName && (subgraph === null || graphOf(join) === subgraph),
      );
      return kind === 'object' && implemented ? [name] : [];
    });
  const membersOf = (typeName: string, subgraph: string | null) =>
    joins(typeName, 'join__unionMember').flatMap((join) =>
      subgraph === null || graphOf(join) === subgraph ? (textArgument(join, 'member') ?? []) : [],
    );
  const find = (subgraph: string | null, typeName: string): string[] => {
    const type = types.get(typeName);
    if (type === undefined || (subgraph !== null && !isIn(subgraph, typeName))) return [];
    if (type.kind === 'union') return membersOf(typeName, subgraph);
    if (type.kind !== 'interface') return [typeName];
    const asObject = joins(typeName, 'join__type').some(
      (join) =>
        graphOf(join) === subgraph &&
        join.arguments?.some(
          ({ name, value }) => name.value === 'isInterfaceObject' && value.kind === 'BooleanValue' && value.value,
        ),
    );
    return asObject ? [typeName] : implementersOf(typeName, subgraph);
  };
  const known = new Map<string, ReadonlySet<string>>();
  const remembered = (subgraph: string | null, typeName: string) => {
    const key = `${subgraph ?? ''}\n${typeName}`;
    const found = known.get(key) ?? new Set(find(subgraph, typeName));
    known.set(key, found);
    return found;
  };
  return {
    field: (typeName, name) => types.get(typeName)?.fields.get(name),
    typesIn: (subgraph, typeName) => remembered(subgraph, typeName),
    typesOf: (typeName) => remembered(null, typeName),
    has(subgraph, typeName, name) {
      const field = types.get(typeName)?.fields.get(name);
      return field !== undefined && (field.subgraphs?.has(subgraph) ?? isIn(subgraph, typeName));
    },
    isInterface: (typeName) => types.get(typeName)?.kind === 'interface',
  };
}

function kindOf(kind: string): JoinedType['kind'] | null {
  switch (kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
      return 'object';
    case Kind.INTERFACE_TYPE_DEFINITION:
      return 'interface';
    case Kind.UNION_TYPE_DEFINITION:
      return 'union';
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
      return 'leaf';
    default:
      return null;
  }
}

function leadsTo(type: TypeNode): JoinedField {
  if (type.kind === Kind.NAMED_TYPE) return { typeName: type.name.value, depth: 0 };
  const inner = leadsTo(type.type);
  return type.kind === Kind.LIST_TYPE ? { ...inner, depth: inner.depth + 1 } : inner;
}
