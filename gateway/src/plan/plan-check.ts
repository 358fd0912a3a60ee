import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { addFields, addTo, copyOf, fieldsAt, type Held, type HeldFields } from './held-fields.ts';
import type { JoinedGraph } from './joined-graph.ts';
import type { FetchNode, PathStep, PlanNode, QueryPlan, RenameKey, RequiredSelection, Rewrite } from './query-plan.ts';

export interface CheckedGraph {
  readonly joined: JoinedGraph;
  /** The fields that a subgraph has to be sent for one of its own. */
  requiredFor(subgraph: string, typeName: string, field: string): readonly string[];
}

/**
 * Goes through a plan as running it would, with types for objects, and throws unless every field of the operation is
 * held in the end for every type of object that its subgraphs may answer with; unless each subgraph has what it is asked for,
 * what identifies an entity is held before it is asked for, and what a field requires is sent along.
 */
export function checkPlan({ root }: QueryPlan, operation: DocumentNode, graph: CheckedGraph): void {
  const definition = operationOf(operation);
  const rootType = graph.joined.rootTypes[definition.operation];
  const held: Held = new Map([[rootType, new Map()]]);
  if (root?.kind === 'subscription') {
    run(root.primary, [], held, graph);
    if (root.rest !== null) run(root.rest, [], held, graph);
  } else if (root !== null) run(root, [], held, graph);
  expectHeld(definition.selectionSet, held, graph.joined, []);
}

/** Stands among the fields of an interface whose objects have been told apart; no field is named so. */
const toldApart = '(told apart)';

function run(node: PlanNode, path: readonly PathStep[], held: Held, graph: CheckedGraph): void {
  switch (node.kind) {
    case 'fetch':
      for (const place of placesAt(held, path)) {
        if (node.requires === null) takeRoot(node, place, graph);
        else takeEntities(node, node.requires, place, graph);
      }
      return;
    case 'flatten':
      run(node.node, [...path, ...node.path], held, graph);
      return;
    case 'sequence':
      for (const child of node.nodes) run(child, path, held, graph);
      return;
    case 'parallel': {
      // None of them can count on what another brings.
      const before = copyOf(held);
      for (const child of node.nodes) {
        const own = copyOf(before);
        run(child, path, own, graph);
        addTo(held, own);
      }
      return;
    }
    default:
      throw new Error(`A ${node.kind} cannot be checked`);
  }
}

interface Place {
  readonly held: Held;
  /** Null for all that stand there. */
  readonly typeNames: ReadonlySet<string> | null;
}

function placesAt(start: Held, path: readonly PathStep[]): Place[] {
  let places: Place[] = [{ held: start, typeNames: null }];
  for (const step of path) {
    if (step.kind === 'list') continue;
    places = places.flatMap(({ held, typeNames }): Place[] => {
      if (step.kind === 'type') return [{ held, typeNames: step.typeNames }];
      return [...held].flatMap(([typeName, fields]) => {
        const inner = typeNames === null || typeNames.has(typeName) ? fields.get(step.name) : undefined;
        return inner === undefined || inner === null ? [] : [{ held: inner, typeNames: null }];
      });
    });
  }
  return places;
}

function takeRoot(node: FetchNode, { held }: Place, graph: CheckedGraph): void {
  const { selectionSet } = operationOf(node.document);
  for (const [typeName, fields] of held) {
    take(selectionSet, node.subgraph, typeName, fields, graph, () => true);
    rename(node.outputRewrites, typeName, fields);
  }
}

function takeEntities(
  node: FetchNode,
  requires: readonly RequiredSelection[],
  { held, typeNames }: Place,
  graph: CheckedGraph,
): void {
  const { joined } = graph;
  tellApart(held, joined);
  const [entities] = operationOf(node.document).selectionSet.selections;
  if (entities?.kind !== 'Field' || entities.selectionSet === undefined) throw new Error('A fetch asks for nothing');
  for (const [typeName, fields] of [...held]) {
    const sent = requiredOf(requires, typeName);
    if (typeNames?.has(typeName) === false || sent.length === 0) continue;
    if (!fields.has('__typename') || !sent.every((selection) => isHeld(selection, typeName, fields))) continue;
    const sentAs = sentTypeName(node.inputRewrites, typeName);
    const names = new Set(namesIn(sent));
    const isSent = (field: string) =>
      graph.requiredFor(node.subgraph, sentAs, field).every((required) => names.has(required));
    for (const found of joined.typesIn(node.subgraph, sentAs)) {
      const own = typeName === sentAs ? found : typeName;
      const known = fieldsAt(held, own);
      if (own !== typeName) addFields(known, learned(fields));
      take(entities.selectionSet, node.subgraph, found, known, graph, isSent);
      rename(node.outputRewrites, own, known);
      if (own !== typeName && known.has('__typename')) fields.set(toldApart, null);
    }
  }
}

/** Adds what a subgraph answers for an object that it knows as `typeName`. */
function take(
  set: SelectionSetNode,
  subgraph: string,
  typeName: string,
  fields: HeldFields,
  graph: CheckedGraph,
  isAnswered: (field: string) => boolean,
): void {
  const { joined } = graph;
  for (const node of set.selections) {
    if (node.kind === Kind.FRAGMENT_SPREAD) throw new Error('A fetch has fragments');
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const condition = node.typeCondition?.name.value ?? typeName;
      if (condition === typeName || joined.typesIn(subgraph, condition).has(typeName)) {
        take(node.selectionSet, subgraph, typeName, fields, graph, isAnswered);
      }
      continue;
    }
    const name = node.alias?.value ?? node.name.value;
    if (node.name.value === '__typename') {
      fields.set(name, null);
      continue;
    }
    const field = joined.field(typeName, node.name.value);
    if (field === undefined || !joined.has(subgraph, typeName, node.name.value)) {
      throw new Error(`${subgraph} has no ${typeName}.${node.name.value}`);
    }
    if (!isAnswered(node.name.value)) continue;
    if (node.selectionSet === undefined) {
      fields.set(name, null);
      continue;
    }
    const inner: Held = fields.get(name) ?? new Map();
    fields.set(name, inner);
    for (const found of joined.typesIn(subgraph, field.typeName)) {
      take(node.selectionSet, subgraph, found, fieldsAt(inner, found), graph, () => true);
    }
  }
}

/** Throws for the first field that is not held of a type that may stand there. */
function expectHeld(set: SelectionSetNode, held: Held, joined: JoinedGraph, path: readonly string[]): void {
  tellApart(held, joined);
  for (const [typeName, fields] of held) {
    if (!fields.has(toldApart)) expectFields(set, typeName, fields, joined, path);
  }
}

/** Objects that were known by their interface alone and have been told apart have what was learned of them before. */
function tellApart(held: Held, joined: JoinedGraph): void {
  for (const [typeName, fields] of [...held]) {
    if (!fields.has(toldApart)) continue;
    for (const found of joined.typesOf(typeName)) {
      const own = held.get(found);
      if (own !== undefined) addFields(own, learned(fields));
    }
  }
}

function learned(fields: HeldFields): HeldFields {
  return new Map([...fields].filter(([name]) => name !== toldApart));
}

function expectFields(
  set: SelectionSetNode,
  typeName: string,
  fields: HeldFields,
  joined: JoinedGraph,
  path: readonly string[],
): void {
  for (const node of set.selections) {
    if (node.kind === Kind.FRAGMENT_SPREAD) throw new Error('The operation has fragments');
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const condition = node.typeCondition?.name.value ?? typeName;
      const isKnown = !joined.isInterface(typeName);
      if (!isKnown && condition !== typeName) throw new Error(`What ${path.join('.')} is stays unknown`);
      if (condition === typeName || joined.typesOf(condition).has(typeName)) {
        expectFields(node.selectionSet, typeName, fields, joined, path);
      }
      continue;
    }
    const name = node.alias?.value ?? node.name.value;
    const inner = fields.get(name);
    if (inner === undefined) throw new Error(`${[...path, name].join('.')} of ${typeName} is not fetched`);
    if (inner !== null && node.selectionSet !== undefined) {
      expectHeld(node.selectionSet, inner, joined, [...path, name]);
    }
  }
}

function requiredOf(selections: readonly RequiredSelection[], typeName: string): readonly RequiredSelection[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'field') return [selection];
    return selection.typeNames?.has(typeName) === false ? [] : requiredOf(selection.selections, typeName);
  });
}

function isHeld(selection: RequiredSelection, typeName: string, fields: HeldFields): boolean {
  if (selection.kind === 'fragment') {
    const isMeant = selection.typeNames?.has(typeName) ?? true;
    return !isMeant || selection.selections.every((inner) => isHeld(inner, typeName, fields));
  }
  const inner = fields.get(selection.name);
  if (inner === undefined) return false;
  if (inner === null || selection.selections === null) return true;
  return [...inner].every(([name, own]) => selection.selections?.every((one) => isHeld(one, name, own)));
}

function namesIn(selections: readonly RequiredSelection[]): string[] {
  return selections.flatMap((selection) =>
    selection.kind === 'field' ? [selection.name] : namesIn(selection.selections),
  );
}

function sentTypeName(rewrites: readonly Rewrite[], typeName: string): string {
  for (const rewrite of rewrites) {
    const isMeant = rewrite.path.every((step) => step.kind === 'type' && step.typeNames.has(typeName));
    if (rewrite.kind === 'setValue' && rewrite.key === '__typename' && isMeant) return String(rewrite.value);
  }
  return typeName;
}

function rename(rewrites: readonly Rewrite[], typeName: string, fields: HeldFields): void {
  for (const rewrite of rewrites) if (rewrite.kind === 'renameKey') renameAt(rewrite, 0, typeName, fields);
}

function renameAt(rewrite: RenameKey, depth: number, typeName: string, fields: HeldFields): void {
  const step = rewrite.path[depth];
  if (step?.kind === 'type') {
    if (step.typeNames.has(typeName)) renameAt(rewrite, depth + 1, typeName, fields);
    return;
  }
  if (step?.kind === 'field') {
    for (const [name, inner] of fields.get(step.name) ?? []) renameAt(rewrite, depth + 1, name, inner);
    return;
  }
  const value = fields.get(rewrite.key);
  if (value === undefined) return;
  fields.delete(rewrite.key);
  fields.set(rewrite.newKey, value);
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const [definition] = definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('There is no operation');
  return definition;
}
