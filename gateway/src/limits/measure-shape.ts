import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';

/** What an operation is made of, fragments counted wherever they are spread. */
export interface OperationShape {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly rootFields: number;
  readonly selections: number;
  /** How often one selection set asks for one name: what validation compares each with each. */
  readonly repeats: number;
}

const nothing: OperationShape = { depth: 0, aliases: 0, directives: 0, rootFields: 0, selections: 0, repeats: 0 };

/**
 * Measures the largest operation of a document, without a schema and before validation, which takes long for just
 * those documents that are refused here. Each fragment is walked once; one that spreads itself counts as nothing the
 * second time, and is validation's to refuse.
 */
export function measureShape(document: DocumentNode): OperationShape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, OperationShape>();
  const ofFragment = (name: string): OperationShape => {
    const measured = known.get(name);
    if (measured !== undefined) return measured;
    known.set(name, nothing);
    const fragment = fragments.get(name);
    if (fragment === undefined) return nothing;
    const shape = ofSelections(fragment.selectionSet);
    known.set(name, shape);
    return shape;
  };
  const ofSelections = ({ selections }: SelectionSetNode): OperationShape => {
    const sum = { ...nothing };
    const names = new Map<string, number>();
    for (const node of selections) {
      sum.selections += 1;
      sum.directives += node.directives?.length ?? 0;
      if (node.kind !== 'Field') {
        const part = node.kind === 'InlineFragment' ? ofSelections(node.selectionSet) : ofFragment(node.name.value);
        add(sum, part, part.depth, part.rootFields);
        continue;
      }
      if (node.alias !== undefined) sum.aliases += 1;
      sum.rootFields += 1;
      const name = (node.alias ?? node.name).value;
      const repeats = (names.get(name) ?? 0) + 1;
      names.set(name, repeats);
      sum.repeats = Math.max(sum.repeats, repeats);
      const part = node.selectionSet === undefined ? nothing : ofSelections(node.selectionSet);
      const isIntrospection = node.name.value === '__schema' || node.name.value === '__type';
      add(sum, part, isIntrospection ? 0 : part.depth + 1, 0);
    }
    return sum;
  };
  const largest = { ...nothing };
  for (const definition of document.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    const shape = ofSelections(definition.selectionSet);
    const directives = shape.directives + (definition.directives?.length ?? 0);
    for (const key of keys) largest[key] = Math.max(largest[key], key === 'directives' ? directives : shape[key]);
  }
  return largest;
}

const keys = ['depth', 'aliases', 'directives', 'rootFields', 'selections', 'repeats'] as const;

type Sum = { -readonly [Key in keyof OperationShape]: number };

function add(sum: Sum, part: OperationShape, depth: number, rootFields: number): void {
  sum.depth = Math.max(sum.depth, depth);
  sum.repeats = Math.max(sum.repeats, part.repeats);
  sum.aliases += part.aliases;
  sum.directives += part.directives;
  sum.selections += part.selections;
  sum.rootFields += rootFields;
}
