import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type { FetchNode, FieldStep, PlanNode, QueryPlan, RequiredSelection, Rewrite, TypeStep } from './query-plan.ts';
import type { RequiredFields } from './required-fields.ts';

/**
 * Turns the invented fields of `nameRequiredFields` back into calls with arguments. What they fetched is held under the
 * invented names and sent on under the real ones; a fetch that would send two values under one name is split.
 */
export function restoreCalls(plan: QueryPlan, required: RequiredFields): QueryPlan {
  const { root } = plan;
  if (required.callsByName.size === 0 || root === null) return plan;
  const optional = (node: PlanNode | null) => (node === null ? null : restored(node));
  const all = (nodes: readonly PlanNode[]) => nodes.map(restored);
  const restored = (node: PlanNode): PlanNode => {
    switch (node.kind) {
      case 'fetch': {
        const fetches = splitFetch(node, required).map((fetch) => restoredFetch(fetch, required));
        const [only] = fetches;
        return fetches.length === 1 && only !== undefined ? only : { kind: 'parallel', nodes: fetches };
      }
      case 'flatten':
        return { ...node, node: restored(node.node) };
      case 'sequence':
      case 'parallel':
        return { ...node, nodes: all(node.nodes) };
      case 'condition':
        return { ...node, whenTrue: optional(node.whenTrue), whenFalse: optional(node.whenFalse) };
      case 'defer':
        return {
          ...node,
          primary: optional(node.primary),
          deferred: node.deferred.map((part) => ({ ...part, node: optional(part.node) })),
        };
    }
  };
  return root.kind === 'subscription'
    ? { root: { ...root, primary: restoredFetch(root.primary, required), rest: optional(root.rest) } }
    : { root: restored(root) };
}

function restoredFetch(node: FetchNode, { callsByName }: RequiredFields): FetchNode {
  const document: DocumentNode = visit(node.document, {
    Field(field): FieldNode | undefined {
      const call = callsByName.get(field.name.value);
      return call && { ...field, alias: field.alias ?? field.name, name: call.name, arguments: call.arguments ?? [] };
    },
  });
  return withDocument(node, document, {
    inputRewrites: [...node.inputRewrites, ...renamings(node.requires ?? [], callsByName, [])],
  });
}

function withDocument(node: FetchNode, document: DocumentNode, more: Partial<FetchNode>): FetchNode {
  return { ...node, document, query: stripIgnoredCharacters(print(document)), ...more };
}

function renamings(
  selections: readonly RequiredSelection[],
  callsByName: RequiredFields['callsByName'],
  path: readonly (FieldStep | TypeStep)[],
): Rewrite[] {
  return selections.flatMap((selection): Rewrite[] => {
    if (selection.kind === 'fragment') {
      const { typeNames } = selection;
      const step: TypeStep[] = typeNames === null ? [] : [{ kind: 'type', typeNames }];
      return renamings(selection.selections, callsByName, [...path, ...step]);
    }
    const { name } = selection;
    // What is inside is renamed before the object itself, whose name is part of the way there.
    const inner = renamings(selection.selections ?? [], callsByName, [...path, { kind: 'field', name }]);
    const newKey = callsByName.get(name)?.name.value;
    return newKey === undefined ? inner : [...inner, { kind: 'renameKey', path, key: name, newKey }];
  });
}

/** Entity fetches in each of which no two invented fields stand for one real name. */
function splitFetch(node: FetchNode, required: RequiredFields): FetchNode[] {
  if (node.requires === null) return [node];
  const groups: Set<string>[] = [];
  const groupOf = new Map<FieldNode, number>();
  const realName = (name: string) => required.callsByName.get(name)?.name.value;
  for (const { field, typeName } of entityFields(node)) {
    const names = required.requiredBy(node.subgraph, typeName, field.name.value);
    const fits = (group: ReadonlySet<string>) =>
      [...names].every((name) => [...group].every((other) => other === name || realName(other) !== realName(name)));
    let index = groups.findIndex(fits);
    if (index === -1) index = groups.push(new Set()) - 1;
    for (const name of names) groups[index]?.add(name);
    groupOf.set(field, index);
  }
  if (groups.length < 2) return [node];
  const { requires } = node;
  return groups.map((group, index) => {
    const isElsewhere = (name: string) => !group.has(name) && groups.some((other) => other.has(name));
    const definitions = node.document.definitions.map((definition) =>
      definition.kind === 'OperationDefinition'
        ? withFields(definition, (field) => groupOf.get(field) === index)
        : definition,
    );
    const document: DocumentNode = { ...node.document, definitions };
    const used = new Set<string>();
    visit(document, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
    const pruned = visit(document, {
      VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
    });
    return withDocument(node, pruned, {
      requires: without(requires, isElsewhere),
      variables: node.variables.filter((name) => used.has(name)),
    });
  });
}

/** The fields asked of entities, with the type that each is asked of. */
function entityFields({ document }: FetchNode): { field: FieldNode; typeName: string }[] {
  const fieldsIn = (set: SelectionSetNode | undefined, typeName: string): { field: FieldNode; typeName: string }[] =>
    (set?.selections ?? []).flatMap((node) => {
      if (node.kind === 'Field') return [{ field: node, typeName }];
      return node.kind === 'InlineFragment'
        ? fieldsIn(node.selectionSet, node.typeCondition?.name.value ?? typeName)
        : [];
    });
  return document.definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition'
      ? definition.selectionSet.selections.flatMap((node) =>
          node.kind === 'Field' ? fieldsIn(node.selectionSet, '_Entity') : [],
        )
      : [],
  );
}

function withFields(
  definition: OperationDefinitionNode,
  isWanted: (field: FieldNode) => boolean,
): OperationDefinitionNode {
  const pruned = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((node): SelectionNode[] => {
      if (node.kind === 'Field') return isWanted(node) ? [node] : [];
      if (node.kind === 'FragmentSpread') return [node];
      const selectionSet = pruned(node.selectionSet);
      return selectionSet.selections.length === 0 ? [] : [{ ...node, selectionSet }];
    }),
  });
  const selections = definition.selectionSet.selections.map((node) =>
    node.kind === 'Field' && node.selectionSet !== undefined
      ? { ...node, selectionSet: pruned(node.selectionSet) }
      : node,
  );
  return { ...definition, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function without(
  selections: readonly RequiredSelection[],
  isUnwanted: (name: string) => boolean,
): readonly RequiredSelection[] {
  return selections.flatMap((selection): RequiredSelection[] => {
    if (selection.kind === 'field' && isUnwanted(selection.name)) return [];
    if (selection.selections === null) return [selection];
    const inner = without(selection.selections, isUnwanted);
    if (inner.length === 0) return [];
    return selection.kind === 'field' ? [{ ...selection, selections: inner }] : [{ ...selection, selections: inner }];
  });
}
