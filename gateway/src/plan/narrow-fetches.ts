import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type { FetchNode, PathStep, PlanNode, QueryPlan, RequiredSelection } from './query-plan.ts';

/** By runtime type, the fields that the operation asks of the objects at one place. */
type Asked = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Asks a subgraph that knows objects by their interface alone only for what is wanted of each type. It cannot read a
 * type condition, so Apollo's planner asks it the same of all: then a field that fails where it may not be null takes
 * along what was wanted of an object of which the field was not.
 */
export function narrowFetches(plan: QueryPlan, document: DocumentNode, schema: GraphQLSchema): QueryPlan {
  const { root } = plan;
  if (root === null) return plan;
  const optional = (node: PlanNode | null, path: readonly PathStep[]) => (node === null ? null : narrowed(node, path));
  const narrowed = (node: PlanNode, path: readonly PathStep[]): PlanNode => {
    switch (node.kind) {
      case 'fetch': {
        const nodes = splitByType(node, schema, () => askedAt(schema, document, path));
        const [only] = nodes;
        return nodes.length === 1 && only !== undefined ? only : { kind: 'parallel', nodes };
      }
      case 'flatten':
        return { ...node, node: narrowed(node.node, [...path, ...node.path]) };
      case 'sequence':
      case 'parallel':
        return { ...node, nodes: node.nodes.map((child) => narrowed(child, path)) };
      case 'condition':
        return { ...node, whenTrue: optional(node.whenTrue, path), whenFalse: optional(node.whenFalse, path) };
      case 'defer':
        return {
          ...node,
          primary: optional(node.primary, path),
          deferred: node.deferred.map((part) => ({ ...part, node: optional(part.node, path) })),
        };
    }
  };
  return root.kind === 'subscription'
    ? { root: { ...root, rest: optional(root.rest, []) } }
    : { root: narrowed(root, []) };
}

function splitByType(node: FetchNode, schema: GraphQLSchema, asked: () => Asked): FetchNode[] {
  const { requires } = node;
  const type = schema.getType(objectsKnownAs(node) ?? '');
  if (requires === null || !isInterfaceType(type)) return [node];
  const required = new Set(typeNamesIn(requires));
  const types = schema.getPossibleTypes(type).flatMap(({ name }) => (required.has(name) ? [name] : []));
  const names = fieldsOf(node);
  if (types.length < 2 || names.length < 2) return [node];
  const askedOf = asked();
  const wanted = (typeName: string, field: FieldNode) => {
    const name = field.alias?.value ?? field.name.value;
    // What no client asks for the plan itself needs.
    return askedOf.get(typeName)?.has(name) === true || ![...askedOf.values()].some((fields) => fields.has(name));
  };
  const isRisky = names.some(
    (field) =>
      isNonNullType(type.getFields()[field.name.value]?.type) && !types.every((typeName) => wanted(typeName, field)),
  );
  if (!isRisky) return [node];
  const groups = new Map<string, string[]>();
  for (const typeName of types) {
    const key = names.map((field) => (wanted(typeName, field) ? '1' : '0')).join('');
    groups.set(key, [...(groups.get(key) ?? []), typeName]);
  }
  const parts = [...groups.values()].flatMap((group): FetchNode[] => {
    const left = names.filter((field) => group.some((typeName) => wanted(typeName, field)));
    if (left.length === 0) return [];
    const others = new Set(types.filter((typeName) => !group.includes(typeName)));
    return [withFields(node, new Set(left), without(requires, others))];
  });
  return parts.length === 0 ? [node] : parts;
}

/** The interface whose name a fetch gives all of its entities. */
function objectsKnownAs({ inputRewrites }: FetchNode): string | null {
  const names = new Set(
    inputRewrites.flatMap((rewrite) =>
      rewrite.kind === 'setValue' && rewrite.key === '__typename' ? [String(rewrite.value)] : [],
    ),
  );
  const [only] = names;
  return names.size === 1 && only !== undefined ? only : null;
}

/** The fields directly on the entities; none where they stand in several fragments. */
function fieldsOf({ document }: FetchNode): FieldNode[] {
  const fields = (set: SelectionSetNode | undefined): FieldNode[] =>
    (set?.selections ?? []).flatMap((node) => {
      if (node.kind === 'InlineFragment') return fields(node.selectionSet);
      return node.kind === 'Field' && node.name.value !== '__typename' ? [node] : [];
    });
  return document.definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition'
      ? definition.selectionSet.selections.flatMap((node) => (node.kind === 'Field' ? fields(node.selectionSet) : []))
      : [],
  );
}

function withFields(
  node: FetchNode,
  wanted: ReadonlySet<FieldNode>,
  requires: readonly RequiredSelection[],
): FetchNode {
  const all = new Set(fieldsOf(node));
  const pruned = visit(node.document, {
    Field: (field) => (all.has(field) && !wanted.has(field) ? null : undefined),
    InlineFragment: { leave: (fragment) => (fragment.selectionSet.selections.length === 0 ? null : undefined) },
  });
  const used = new Set<string>();
  visit(pruned, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
  const document = visit(pruned, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
  return {
    ...node,
    document,
    query: stripIgnoredCharacters(print(document)),
    variables: node.variables.filter((name) => used.has(name)),
    requires,
  };
}

function typeNamesIn(selections: readonly RequiredSelection[]): string[] {
  return selections.flatMap((selection) =>
    selection.kind === 'fragment' ? [...(selection.typeNames ?? typeNamesIn(selection.selections))] : [],
  );
}

function without(
  selections: readonly RequiredSelection[],
  typeNames: ReadonlySet<string>,
): readonly RequiredSelection[] {
  return selections.flatMap((selection): RequiredSelection[] => {
    if (selection.kind === 'field') return [selection];
    const inner = without(selection.selections, typeNames);
    if (selection.typeNames === null) return [{ ...selection, selections: inner }];
    const left = new Set([...selection.typeNames].filter((name) => !typeNames.has(name)));
    return left.size === 0 ? [] : [{ ...selection, typeNames: left, selections: inner }];
  });
}

/** What the operation asks of each runtime type at the end of a path. */
function askedAt(schema: GraphQLSchema, document: DocumentNode, path: readonly PathStep[]): Asked {
  const asked = new Map<string, Set<string>>();
  const read = (set: SelectionSetNode, types: readonly string[], steps: readonly PathStep[]): void => {
    const [step, ...rest] = steps;
    if (step?.kind === 'list' || step?.kind === 'type') {
      const left = step.kind === 'list' ? types : types.filter((name) => step.typeNames.has(name));
      read(set, left, rest);
      return;
    }
    for (const node of set.selections) {
      if (node.kind === 'FragmentSpread') continue;
      if (node.kind === 'InlineFragment') {
        const condition = node.typeCondition?.name.value;
        const within = condition === undefined ? null : new Set(typesOf(schema, condition));
        const left = types.filter((name) => within?.has(name) ?? true);
        if (left.length > 0) read(node.selectionSet, left, steps);
        continue;
      }
      const name = node.alias?.value ?? node.name.value;
      if (step === undefined) {
        for (const type of types) asked.set(type, (asked.get(type) ?? new Set()).add(name));
      } else if (step.name === name && node.selectionSet !== undefined) {
        read(node.selectionSet, [...new Set(types.flatMap((type) => typesIn(schema, type, node.name.value)))], rest);
      }
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    const root = schema.getRootType(definition.operation);
    if (root) read(definition.selectionSet, [root.name], path);
  }
  return asked;
}

function typesIn(schema: GraphQLSchema, typeName: string, field: string): string[] {
  const type = schema.getType(typeName);
  const inner = isObjectType(type) ? getNamedType(type.getFields()[field]?.type) : undefined;
  return inner === undefined ? [] : typesOf(schema, inner.name);
}

function typesOf(schema: GraphQLSchema, typeName: string): string[] {
  const type = schema.getType(typeName);
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [typeName];
}
