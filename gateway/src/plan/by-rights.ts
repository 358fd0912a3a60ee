import { type DocumentNode, Kind, parse, type SelectionSetNode, type TypeNode } from 'graphql';
import type { PlanNode, SubscriptionNode } from './query-plan.ts';

/** Whether nothing that a subscription's plan asks for depends on who the viewer is. */
export type ByRights = (plan: SubscriptionNode) => boolean;

/** `@tag(name: "by-rights")` on a field, or on a type for all of its fields. */
const tagName = 'by-rights';

/**
 * Reads from a supergraph which fields are declared to answer by the viewer's rights alone. What is not declared counts
 * as personal: a stream of it is shared only between connections of the same user. A tag on a type speaks for the
 * fields that every subgraph gives it.
 */
export function readByRights(supergraphSdl: string): ByRights {
  let read: Map<string, DeclaredType> | null = null;
  // Only subscriptions ask.
  const typeNamed = (name: string) => {
    read ??= typesOf(parse(supergraphSdl, { noLocation: true }));
    return read.get(name);
  };

  const isDeclared = (typeName: string, { selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return false;
      const { selectionSet } = selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return isDeclared(selection.typeCondition?.name.value ?? typeName, selection.selectionSet);
      }
      const name = selection.name.value;
      if (name === '__typename') return true;
      // Its fragments say which types they are on.
      if (name === '_entities' && selectionSet !== undefined) return isDeclared('_Entity', selectionSet);
      const type = typeNamed(typeName);
      const field = type?.fields.get(name);
      if (type === undefined || field === undefined || !(type.isTagged || field.isTagged)) return false;
      return selectionSet === undefined || isDeclared(field.typeName, selectionSet);
    });
  const isDocumentDeclared = (document: DocumentNode) =>
    document.definitions.every(
      (definition) =>
        definition.kind === Kind.OPERATION_DEFINITION &&
        isDeclared(definition.operation === 'subscription' ? 'Subscription' : 'Query', definition.selectionSet),
    );
  const isNodeDeclared = (node: PlanNode | null): boolean => {
    if (node === null) return true;
    switch (node.kind) {
      case 'fetch':
        return isDocumentDeclared(node.document);
      case 'flatten':
        return isNodeDeclared(node.node);
      case 'sequence':
      case 'parallel':
        return node.nodes.every(isNodeDeclared);
      case 'condition':
        return isNodeDeclared(node.whenTrue) && isNodeDeclared(node.whenFalse);
      case 'defer':
        return isNodeDeclared(node.primary) && node.deferred.every((part) => isNodeDeclared(part.node));
    }
  };
  return ({ primary, rest }) => isDocumentDeclared(primary.document) && isNodeDeclared(rest);
}

interface DeclaredType {
  isTagged: boolean;
  readonly fields: Map<string, { readonly isTagged: boolean; readonly typeName: string }>;
}

function typesOf(document: DocumentNode): Map<string, DeclaredType> {
  const types = new Map<string, DeclaredType>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const fields = (definition.fields ?? []).map(
      ({ name, type, directives }) =>
        [name.value, { isTagged: isTagged(directives), typeName: namedTypeOf(type) }] as const,
    );
    types.set(definition.name.value, { isTagged: isTagged(definition.directives), fields: new Map(fields) });
  }
  return types;
}

interface Directive {
  readonly name: { readonly value: string };
  readonly arguments?: readonly { readonly name: { readonly value: string }; readonly value: object }[];
}

function isTagged(directives: readonly Directive[] = []): boolean {
  return directives.some(
    ({ name, arguments: given }) =>
      name.value === 'tag' && given?.some(({ value }) => 'value' in value && value.value === tagName),
  );
}

function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}
