import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import type { FetchNode } from '../plan/query-plan.ts';
import { createGeneratedCode, type GeneratedCode, read, write } from './generated-code.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';

/** Adds what a subgraph sent about an object to what is known of it, in place. */
export type Merge = (target: JsonObject, source: JsonObject) => void;

/** The fields that a fetch may answer with; null inside for leaves. */
type Shape = Map<string, Shape | null>;

/**
 * Writes the function that merges one fetch's answers. `isAbstract` tells names of interfaces: where a subgraph only
 * knows an object by its interface, the type that another has named stays.
 */
export function compileMerge(node: FetchNode, isAbstract: (typeName: string) => boolean): Merge {
  // Renamed keys are not in the query; such fetches are rare enough for a walk over what came.
  if (node.outputRewrites.length > 0) return (target, source) => mergeAnything(target, source, isAbstract);
  const code = createGeneratedCode();
  const shape = shapeOf(node.document, node.requires !== null);
  return code.build<Merge>(addMergeFunction(code, shape, code.constant(isAbstract)));
}

function shapeOf(document: DocumentNode, isEntityFetch: boolean): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const shape: Shape = new Map();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  for (const definition of document.definitions) {
    if (definition.kind === 'OperationDefinition') addToShape(shape, definition.selectionSet, fragments);
  }
  return isEntityFetch ? (shape.get('_entities') ?? shape) : shape;
}

function addToShape(shape: Shape, set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): void {
  for (const node of set.selections) {
    if (node.kind === 'Field') {
      const name = node.alias?.value ?? node.name.value;
      const inner: Shape | null = node.selectionSet === undefined ? null : (shape.get(name) ?? new Map());
      shape.set(name, inner);
      if (inner !== null && node.selectionSet !== undefined) addToShape(inner, node.selectionSet, fragments);
    } else {
      const fragment = node.kind === 'FragmentSpread' ? fragments.get(node.name.value) : node;
      if (fragment !== undefined) addToShape(shape, fragment.selectionSet, fragments);
    }
  }
}

function addMergeFunction(code: GeneratedCode, shape: Shape, isAbstract: string): string {
  const name = code.unique('merge');
  const lines = [...shape].map(([field, inner]) => {
    const value = read('source', field);
    const known = read('target', field);
    if (field === '__typename') {
      return `v = ${value}; if (v !== undefined && v !== ${known} && (${known} === undefined || !${isAbstract}(v))) ${write('target', field, 'v')}`;
    }
    if (inner === null) return `v = ${value}; if (v !== undefined) ${write('target', field, 'v')}`;
    const mergeInner = addMergeFunction(code, inner, isAbstract);
    const joined = `${code.constant(join)}(k, v, ${mergeInner})`;
    return `v = ${value}; if (v !== undefined) { const k = ${known}; ${write('target', field, `k === undefined || k === null ? v : ${joined}`)} }`;
  });
  code.add(`function ${name}(target, source) { let v;\n${lines.join('\n')}\n}`);
  return name;
}

/** Two answers for one field: objects are merged, lists item by item, and what is known is not undone by a null. */
function join(known: unknown, sent: unknown, merge: Merge): unknown {
  if (known === undefined || known === null) return sent;
  if (Array.isArray(known)) {
    if (!Array.isArray(sent) || sent.length !== known.length) return known;
    for (let index = 0; index < known.length; index += 1) known[index] = join(known[index], sent[index], merge);
  } else if (isJsonObject(known) && isJsonObject(sent) && known !== sent) merge(known, sent);
  return known;
}

function mergeAnything(target: JsonObject, source: JsonObject, isAbstract: (typeName: string) => boolean): void {
  for (const [name, sent] of Object.entries(source)) {
    if (sent === undefined) continue;
    const known = Object.hasOwn(target, name) ? target[name] : undefined;
    if (name === '__typename' && known !== undefined && isAbstract(String(sent))) continue;
    const isComposite = typeof known === 'object' && typeof sent === 'object';
    const merged = isComposite ? join(known, sent, (a, b) => mergeAnything(a, b, isAbstract)) : sent;
    if (name === '__proto__') continue;
    target[name] = merged;
  }
}
