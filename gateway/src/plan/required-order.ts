import type { SelectionSetNode } from 'graphql';
import type { FetchNode, PathStep, PlanNode, QueryPlan, RequiredSelection } from './query-plan.ts';
import type { TypeNamesOf } from './type-names.ts';

/** By place and field, the types that it is held for. */
type Known = Map<string, Set<string>>;

/** A field that a fetch is to send on, and the types of the objects that it may be of. */
interface Need {
  readonly key: string;
  readonly typeNames: ReadonlySet<string> | null;
}

/** A field without a type condition around it. */
const anyType = '*';

export interface RequiringGraph {
  readonly typeNamesOf: TypeNamesOf;
  /** The fields that a subgraph has to be sent for one of its own. */
  requiredFor(subgraph: string, typeName: string, field: string): readonly string[];
}

/**
 * Moves what brings a required field before what requires it. Where a fetch needs a key that takes several fetches to
 * get and a required field as well, Apollo's planner may put the fetch of that field after the one that it is for. It may
 * also ask for a computed field without sending what that requires, and once more with it: only the second counts.
 */
export function requiredFirst(plan: QueryPlan, graph: RequiringGraph): QueryPlan {
  const { root } = plan;
  if (root === null || root.kind === 'subscription') return plan;
  // Nearly every plan is in order as it comes, and seeing that takes one walk.
  if (unmet(root, [], new Map(), graph).length === 0) return plan;
  return { root: orderedIn(root, [], new Map(), graph) };
}

/** The same part of a plan in an order that works, as far as there is one; adds what it brings to `known`. */
function orderedIn(node: PlanNode, path: readonly string[], known: Known, graph: RequiringGraph): PlanNode {
  switch (node.kind) {
    case 'fetch':
      addProvided(node, path, known, graph);
      return node;
    case 'flatten':
      return { ...node, node: orderedIn(node.node, [...path, ...fieldNames(node.path)], known, graph) };
    case 'sequence': {
      const left = [...node.nodes];
      const nodes: PlanNode[] = [];
      while (left.length > 0) {
        const [next] = left.splice(firstToRun(left, path, known, graph), 1);
        if (next !== undefined) nodes.push(orderedIn(next, path, known, graph));
      }
      return { kind: 'sequence', nodes };
    }
    case 'parallel': {
      const late = node.nodes.filter((child) => {
        const needs = unmet(child, path, known, graph);
        return (
          needs.length > 0 &&
          node.nodes.some(
            (other) =>
              other !== child &&
              brings(other, needs, path, known, graph) &&
              unmet(other, path, known, graph).length === 0,
          )
        );
      });
      const groups = [node.nodes.filter((child) => !late.includes(child)), late].filter((group) => group.length > 0);
      const stages = groups.map((group): PlanNode => {
        const before = copyOf(known);
        const nodes = group.map((child) => {
          const seen = copyOf(before);
          const ordered = orderedIn(child, path, seen, graph);
          addAll(known, seen);
          return ordered;
        });
        return { kind: 'parallel', nodes };
      });
      const [only] = stages;
      return stages.length === 1 && only !== undefined ? only : { kind: 'sequence', nodes: stages };
    }
    case 'defer': {
      const primary = node.primary === null ? null : orderedIn(node.primary, path, known, graph);
      const deferred = node.deferred.map((part) => ({
        ...part,
        node: part.node === null ? null : orderedIn(part.node, path, copyOf(known), graph),
      }));
      return { ...node, primary, deferred };
    }
    case 'condition':
      return node;
  }
}

/** Which of the nodes goes next: the first, or what brings what the first still lacks. */
function firstToRun(nodes: readonly PlanNode[], path: readonly string[], known: Known, graph: RequiringGraph): number {
  const tried = new Set<number>();
  let index = 0;
  while (!tried.has(index)) {
    tried.add(index);
    const node = nodes[index];
    if (node === undefined || isOrdered(node)) return 0;
    const needs = unmet(node, path, known, graph);
    if (needs.length === 0) return index;
    const next = nodes.findIndex(
      (other, at) => !tried.has(at) && !isOrdered(other) && brings(other, needs, path, known, graph),
    );
    if (next === -1) return 0;
    index = next;
  }
  return 0;
}

/** Mutations run in the order in which the client wrote them. */
function isOrdered(node: PlanNode): boolean {
  switch (node.kind) {
    case 'fetch':
      return node.operationKind !== 'query';
    case 'flatten':
      return isOrdered(node.node);
    case 'sequence':
    case 'parallel':
      return node.nodes.some(isOrdered);
    default:
      return true;
  }
}

function brings(
  node: PlanNode,
  needs: readonly Need[],
  path: readonly string[],
  known: Known,
  graph: RequiringGraph,
): boolean {
  const after = copyOf(known);
  addProvidedIn(node, path, after, graph);
  return needs.some((need) => isMet(need, after));
}

/** What a part of a plan requires that neither stands before it nor is brought by itself in time. */
function unmet(node: PlanNode, path: readonly string[], known: Known, graph: RequiringGraph): readonly Need[] {
  switch (node.kind) {
    case 'fetch':
      return needsOf(node.requires ?? [], path, null).filter((need) => !isMet(need, known));
    case 'flatten':
      return unmet(node.node, [...path, ...fieldNames(node.path)], known, graph);
    case 'parallel':
      return node.nodes.flatMap((child) => unmet(child, path, known, graph));
    case 'sequence': {
      const seen = copyOf(known);
      return node.nodes.flatMap((child) => {
        const needs = unmet(child, path, seen, graph);
        addProvidedIn(child, path, seen, graph);
        return needs;
      });
    }
    case 'defer': {
      const seen = copyOf(known);
      const needs = node.primary === null ? [] : unmet(node.primary, path, known, graph);
      if (node.primary !== null) addProvidedIn(node.primary, path, seen, graph);
      const parts = node.deferred.flatMap((part) => (part.node === null ? [] : [part.node]));
      return [...needs, ...parts.flatMap((part) => unmet(part, path, seen, graph))];
    }
    case 'condition':
      return [];
  }
}

function addProvidedIn(node: PlanNode, path: readonly string[], known: Known, graph: RequiringGraph): void {
  switch (node.kind) {
    case 'fetch':
      addProvided(node, path, known, graph);
      break;
    case 'flatten':
      addProvidedIn(node.node, [...path, ...fieldNames(node.path)], known, graph);
      break;
    case 'sequence':
    case 'parallel':
      for (const child of node.nodes) addProvidedIn(child, path, known, graph);
      break;
    case 'defer':
      if (node.primary !== null) addProvidedIn(node.primary, path, known, graph);
      break;
    case 'condition':
      break;
  }
}

/** Held for any of its types is enough: the others may not stand there at all. */
function isMet({ key, typeNames }: Need, known: Known): boolean {
  const held = known.get(key);
  if (held === undefined) return false;
  return typeNames === null || held.has(anyType) || [...typeNames].some((name) => held.has(name));
}

function needsOf(
  selections: readonly RequiredSelection[],
  path: readonly string[],
  typeNames: ReadonlySet<string> | null,
): Need[] {
  return selections.flatMap((selection): Need[] => {
    if (selection.kind === 'fragment') return needsOf(selection.selections, path, selection.typeNames ?? typeNames);
    if (selection.name === '__typename') return [];
    const inner = needsOf(selection.selections ?? [], [...path, selection.name], null);
    return [{ key: keyOf(path, selection.name), typeNames }, ...inner];
  });
}

function addProvided(node: FetchNode, path: readonly string[], known: Known, graph: RequiringGraph): void {
  const add = (at: readonly string[], name: string, typeNames: Iterable<string>) => {
    const key = keyOf(at, name);
    const held = known.get(key) ?? new Set();
    for (const typeName of typeNames) held.add(typeName);
    known.set(key, held);
  };
  const sent = new Set(sentNames(node.requires ?? []));
  const isAskedInVain = (field: string, typeNames: Iterable<string>) =>
    node.requires !== null &&
    [...typeNames].some((typeName) =>
      graph.requiredFor(node.subgraph, typeName, field).some((name) => !sent.has(name)),
    );
  const addSet = (set: SelectionSetNode, at: readonly string[], typeNames: Iterable<string>) => {
    for (const selection of set.selections) {
      if (selection.kind === 'InlineFragment') {
        const condition = selection.typeCondition?.name.value;
        addSet(selection.selectionSet, at, condition === undefined ? typeNames : graph.typeNamesOf(condition));
      } else if (selection.kind === 'Field') {
        const name = selection.alias?.value ?? selection.name.value;
        if (at.length === path.length && isAskedInVain(selection.name.value, typeNames)) continue;
        add(at, name, typeNames);
        if (selection.selectionSet !== undefined) addSet(selection.selectionSet, [...at, name], [anyType]);
      }
    }
  };
  for (const definition of node.document.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    const [entities] = definition.selectionSet.selections;
    if (node.requires === null) addSet(definition.selectionSet, path, [anyType]);
    else if (entities?.kind === 'Field' && entities.selectionSet !== undefined) {
      addSet(entities.selectionSet, path, [anyType]);
    }
  }
  for (const rewrite of node.outputRewrites) {
    if (rewrite.kind === 'renameKey') add([...path, ...fieldNames(rewrite.path)], rewrite.newKey, [anyType]);
  }
}

function sentNames(selections: readonly RequiredSelection[]): string[] {
  return selections.flatMap((selection) =>
    selection.kind === 'field' ? [selection.name] : sentNames(selection.selections),
  );
}

function fieldNames(path: readonly PathStep[]): string[] {
  return path.flatMap((step) => (step.kind === 'field' ? [step.name] : []));
}

function keyOf(path: readonly string[], name: string): string {
  return [...path, name].join('.');
}

function copyOf(known: Known): Known {
  return new Map([...known].map(([key, typeNames]) => [key, new Set(typeNames)]));
}

function addAll(known: Known, more: Known): void {
  for (const [key, typeNames] of more) known.set(key, new Set([...(known.get(key) ?? []), ...typeNames]));
}
