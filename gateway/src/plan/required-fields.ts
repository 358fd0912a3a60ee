import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';

/** A supergraph in which no `@requires` shares a field with the client, and what its invented fields stand for. */
export interface RequiredFields {
  readonly document: DocumentNode;
  /** The field with its arguments, by the name invented for it; empty when no `@requires` needs any. */
  readonly callsByName: ReadonlyMap<string, FieldNode>;
  /** Which invented names a field of a subgraph requires, at any depth. */
  requiredBy(subgraph: string, typeName: string, field: string): ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * Planners hold one value under a required field's name, though `@requires(fields: "price(in: \"USD\")")` and another
 * one with `"EUR"` need two. They also merge a required object with what the client selects in it, so that an error in
 * the one is a null in the other. So each required field with arguments or fields becomes a field of its own, without
 * arguments, where the real one lives; the plan's fetches are turned back afterwards (see `restored-calls.ts`).
 */
export function nameRequiredFields(supergraph: DocumentNode): RequiredFields {
  const types = compositeTypesIn(supergraph);
  const graphNames = graphNamesIn(supergraph);
  const taken = new Set([...types.values()].flatMap(({ fields }) => [...fields.keys()]));
  const namesByCall = new Map<string, string>();
  const callsByName = new Map<string, FieldNode>();
  const requiredNames = new Map<string, Set<string>>();
  /** By type, the real field that each invented one is a copy of. */
  const invented = new Map<string, Map<string, string>>();

  const nameOf = (call: FieldNode): string => {
    const text = print(call);
    const known = namesByCall.get(text);
    if (known !== undefined) return known;
    let count = 1;
    while (taken.has(`${call.name.value}__required${count}`)) count += 1;
    const name = `${call.name.value}__required${count}`;
    taken.add(name);
    namesByCall.set(text, name);
    callsByName.set(name, call);
    return name;
  };
  const addTo = (typeName: string, name: string, call: FieldNode) => {
    if (types.get(typeName)?.fields.has(call.name.value) !== true) return;
    const fields = invented.get(typeName) ?? new Map<string, string>();
    if (fields.has(name)) return;
    invented.set(typeName, fields.set(name, call.name.value));
    for (const [other, { interfaces }] of types) if (interfaces.includes(typeName)) addTo(other, name, call);
  };
  const renamed = (set: SelectionSetNode, typeName: string, found: Set<string>): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((node) => {
      if (node.kind === 'FragmentSpread') return node;
      if (node.kind === 'InlineFragment') {
        const condition = node.typeCondition?.name.value ?? typeName;
        return { ...node, selectionSet: renamed(node.selectionSet, condition, found) };
      }
      const field = types.get(typeName)?.fields.get(node.name.value);
      const inner = node.selectionSet && field && renamed(node.selectionSet, namedTypeOf(field), found);
      const isPlain = (node.arguments ?? []).length === 0 && inner === undefined;
      if (isPlain) return node;
      const { selectionSet: _, ...call } = node;
      const name = nameOf(call);
      found.add(name);
      addTo(typeName, name, call);
      const named: FieldNode = { ...node, name: { kind: Kind.NAME, value: name }, arguments: [] };
      return inner === undefined ? named : { ...named, selectionSet: inner };
    }),
  });
  const renamedDirective = (directive: ConstDirectiveNode, typeName: string, field: string): ConstDirectiveNode => {
    const requires = directive.name.value === 'join__field' ? textArgument(directive, 'requires') : null;
    const graph = enumArgument(directive, 'graph');
    if (requires === null || graph === null || !/[({]/.test(requires)) return directive;
    const found = new Set<string>();
    const set = renamed(parseFieldSet(requires), typeName, found);
    if (found.size === 0) return directive;
    requiredNames.set(keyOf(graphNames.get(graph) ?? graph, typeName, field), found);
    const value = { kind: Kind.STRING, value: print(set).replace(/^\{|\}$/g, '') } as const;
    return {
      ...directive,
      arguments: (directive.arguments ?? []).map((given) =>
        given.name.value === 'requires' ? { ...given, value } : given,
      ),
    };
  };

  const fieldsWithNames = new Map(
    [...types].map(([typeName, { fields }]) => [
      typeName,
      [...fields.values()].map((field) => ({
        ...field,
        directives: (field.directives ?? []).map((node) => renamedDirective(node, typeName, field.name.value)),
      })),
    ]),
  );
  const document: DocumentNode = {
    ...supergraph,
    definitions: supergraph.definitions.map((definition) => {
      if (definition.kind !== 'ObjectTypeDefinition' && definition.kind !== 'InterfaceTypeDefinition')
        return definition;
      const typeName = definition.name.value;
      const fields = fieldsWithNames.get(typeName) ?? [];
      const copies = [...(invented.get(typeName) ?? [])].flatMap(([name, original]) => {
        const field = fields.find((other) => other.name.value === original);
        return field === undefined
          ? []
          : [{ ...field, name: { kind: Kind.NAME as const, value: name }, arguments: [] }];
      });
      return { ...definition, fields: [...fields, ...copies] };
    }),
  };
  return {
    document,
    callsByName,
    requiredBy(subgraph, typeName, asked) {
      const field = callsByName.get(asked)?.name.value ?? asked;
      const known = requiredNames.get(keyOf(subgraph, typeName, field));
      if (known !== undefined) return known;
      // A fragment on an interface: what any of its types may require there.
      const names = [...types]
        .filter(([, { interfaces }]) => interfaces.includes(typeName))
        .flatMap(([name]) => [...(requiredNames.get(keyOf(subgraph, name, field)) ?? nothing)]);
      return names.length === 0 ? nothing : new Set(names);
    },
  };
}

/** Reads off a supergraph which fields a subgraph has to be sent for one of its own, by name, the outermost only. */
export function requiredNamesIn(supergraph: DocumentNode) {
  const graphNames = graphNamesIn(supergraph);
  const names = new Map<string, readonly string[]>();
  for (const [typeName, { fields }] of compositeTypesIn(supergraph)) {
    for (const field of fields.values()) {
      for (const directive of field.directives ?? []) {
        const requires = directive.name.value === 'join__field' ? textArgument(directive, 'requires') : null;
        const graph = enumArgument(directive, 'graph');
        if (requires === null || graph === null) continue;
        names.set(
          keyOf(graphNames.get(graph) ?? graph, typeName, field.name.value),
          outermost(parseFieldSet(requires)),
        );
      }
    }
  }
  return (subgraph: string, typeName: string, field: string) => names.get(keyOf(subgraph, typeName, field)) ?? [];
}

function outermost({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((node) => {
    if (node.kind === 'Field') return [node.name.value];
    return node.kind === 'InlineFragment' ? outermost(node.selectionSet) : [];
  });
}

function keyOf(subgraph: string, typeName: string, field: string): string {
  return [subgraph, typeName, field].join('\n');
}

interface CompositeType {
  readonly interfaces: readonly string[];
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
}

function compositeTypesIn(supergraph: DocumentNode): Map<string, CompositeType> {
  const types = new Map<string, CompositeType>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== 'ObjectTypeDefinition' && definition.kind !== 'InterfaceTypeDefinition') continue;
    types.set(definition.name.value, {
      interfaces: (definition.interfaces ?? []).map(({ name }) => name.value),
      fields: new Map((definition.fields ?? []).map((field) => [field.name.value, field])),
    });
  }
  return types;
}

/** Subgraphs' names by the enum values that stand for them in a supergraph. */
export function graphNamesIn(supergraph: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== 'EnumTypeDefinition' || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives = [] } of definition.values ?? []) {
      const graph = directives.find((directive) => directive.name.value === 'join__graph');
      names.set(name.value, (graph && textArgument(graph, 'name')) ?? name.value);
    }
  }
  return names;
}

export function textArgument(directive: ConstDirectiveNode, name: string): string | null {
  const value = directive.arguments?.find((given) => given.name.value === name)?.value;
  return value?.kind === 'StringValue' ? value.value : null;
}

export function enumArgument(directive: ConstDirectiveNode, name: string): string | null {
  const value = directive.arguments?.find((given) => given.name.value === name)?.value;
  return value?.kind === 'EnumValue' ? value.value : null;
}

function parseFieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (definition?.kind !== 'OperationDefinition') throw new Error(`Not a field set: ${text}`);
  return definition.selectionSet;
}

function namedTypeOf({ type }: FieldDefinitionNode): string {
  let named = type;
  while (named.kind !== 'NamedType') named = named.type;
  return named.name.value;
}
