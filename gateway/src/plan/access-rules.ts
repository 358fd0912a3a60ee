import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** What a viewer must be or have; equal demands of one supergraph are the same object. */
export type Demand =
  | { readonly kind: 'authenticated' }
  /** All names of at least one of the lists. */
  | { readonly kind: 'scopes' | 'policies'; readonly anyOf: readonly (readonly string[])[] };

/** `@authenticated`, `@requiresScopes` and `@policy` of one supergraph. */
export interface AccessRules {
  /** Everything that a viewer must satisfy to be shown a field of a type. */
  demandsOf(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): readonly Demand[];
  /** Everything that any field of a document demands, in the order of first use. */
  demandsIn(document: DocumentNode): readonly Demand[];
}

const none: readonly Demand[] = [];

/**
 * Reads the access directives off a supergraph; null when it has none. A field demands what it declares, what its own
 * type and its parent declare, and, asked of an interface, what any of the objects there may demand: nothing is shown
 * by way of an interface that its object would not show.
 */
export function createAccessRules(supergraphSdl: string, schema: GraphQLSchema): AccessRules | null {
  if (!/@(authenticated|requiresScopes|policy)\b/.test(supergraphSdl)) return null;
  const declared = declaredDemands(parse(supergraphSdl, { noLocation: true }));
  if (declared.size === 0) return null;
  const of = (name: string) => declared.get(name) ?? none;
  const known = new Map<GraphQLField<unknown, unknown>, Map<GraphQLCompositeType, readonly Demand[]>>();
  const find = (parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): readonly Demand[] => {
    if (field.name.startsWith('__')) return none;
    const objects = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [];
    const demands = new Set([
      ...of(parent.name),
      ...of(`${parent.name}.${field.name}`),
      ...of(getNamedType(field.type).name),
      ...objects.flatMap((object) => [...of(object.name), ...of(`${object.name}.${field.name}`)]),
    ]);
    return demands.size === 0 ? none : [...demands];
  };
  const demandsOf: AccessRules['demandsOf'] = (parent, field) => {
    const byParent = known.get(field) ?? new Map<GraphQLCompositeType, readonly Demand[]>();
    const demands = byParent.get(parent) ?? find(parent, field);
    known.set(field, byParent.set(parent, demands));
    return demands;
  };
  return {
    demandsOf,
    demandsIn(document) {
      const demands = new Set<Demand>();
      const types = new TypeInfo(schema);
      const Field = () => {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        if (parent && field) for (const demand of demandsOf(parent, field)) demands.add(demand);
      };
      visit(document, visitWithTypeInfo(types, { Field }));
      return [...demands];
    },
  };
}

/** By the name of a type, or of a type and its field. */
function declaredDemands(supergraph: DocumentNode): Map<string, readonly Demand[]> {
  const demands = new Map<string, Demand>();
  const declared = new Map<string, readonly Demand[]>();
  const declare = (name: string, directives: readonly ConstDirectiveNode[] | undefined) => {
    const own = (directives ?? []).flatMap((directive) => {
      const demand = demandIn(directive);
      if (demand === null) return [];
      const text = JSON.stringify(demand);
      const same = demands.get(text) ?? demand;
      demands.set(text, same);
      return [same];
    });
    if (own.length > 0) declared.set(name, own);
  };
  for (const definition of supergraph.definitions) {
    if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) continue;
    if (definition.kind === 'OperationDefinition' || definition.kind === 'FragmentDefinition') continue;
    declare(definition.name.value, definition.directives);
    if (definition.kind !== 'ObjectTypeDefinition' && definition.kind !== 'InterfaceTypeDefinition') continue;
    for (const field of definition.fields ?? []) {
      declare(`${definition.name.value}.${field.name.value}`, field.directives);
    }
  }
  return declared;
}

function demandIn({ name, arguments: given }: ConstDirectiveNode): Demand | null {
  const value = given?.[0]?.value;
  switch (name.value) {
    case 'authenticated':
      return { kind: 'authenticated' };
    case 'requiresScopes':
      return { kind: 'scopes', anyOf: listsIn(value) };
    case 'policy':
      return { kind: 'policies', anyOf: listsIn(value) };
    default:
      return null;
  }
}

/** A value that is no list, which GraphQL lets stand for a list of one, is read as one. */
function listsIn(value: ConstValueNode | undefined): string[][] {
  return itemsOf(value).map((inner) =>
    itemsOf(inner).flatMap((item) => (item.kind === 'StringValue' ? [item.value] : [])),
  );
}

function itemsOf(value: ConstValueNode | undefined): readonly ConstValueNode[] {
  if (value === undefined) return [];
  return value.kind === 'ListValue' ? value.values : [value];
}
