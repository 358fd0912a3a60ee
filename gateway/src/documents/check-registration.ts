import { AppError } from '@cauce/shared/errors/app-error';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { ReadyOperation } from '../execute/prepared-operation.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';

/** The mutation of the access subgraph that registers documents for a key. */
const mutation = 'registerApiKeyDocuments';
const firstErrors = 3;
/** The subgraph takes no more in one call. */
const mostTexts = 50;

/**
 * Refuses to register documents that the graph would not answer: here, since subgraphs do not know the whole graph.
 * What cannot be read as a document is left to the subgraph, which says so field by field; what a later change of the
 * graph breaks is refused when it is sent.
 */
export function checkRegistration(
  { document, operation }: ReadyOperation,
  variables: Readonly<Record<string, unknown>>,
  { executor, apiSchema }: Pick<FederatedGraph, 'executor' | 'apiSchema'>,
): void {
  if (operation.operation !== 'mutation') return;
  const definition = apiSchema.getMutationType()?.getFields()[mutation];
  if (definition === undefined) return;
  for (const field of rootFields(operation.selectionSet, document.definitions.filter(isFragment))) {
    if (field.name.value !== mutation) continue;
    for (const text of textsOf(() => getArgumentValues(definition, field, variables))) {
      const operationName = operationIn(text);
      if (operationName === null) continue;
      const prepared = executor.prepare({ source: text, operationName });
      if (prepared.kind === 'ready') continue;
      const reasons = prepared.errors.slice(0, firstErrors).map(({ message }) => message);
      throw new AppError(
        'BAD_USER_INPUT',
        `The document ${operationName} does not fit the graph: ${reasons.join('; ')}`,
      );
    }
  }
}

function rootFields({ selections }: SelectionSetNode, fragments: readonly FragmentDefinitionNode[]): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, fragments);
    const fragment = fragments.find(({ name }) => name.value === selection.name.value);
    return fragment === undefined ? [] : rootFields(fragment.selectionSet, fragments);
  });
}

function isFragment(definition: { readonly kind: string }): definition is FragmentDefinitionNode {
  return definition.kind === Kind.FRAGMENT_DEFINITION;
}

function textsOf(read: () => Readonly<Record<string, unknown>>): readonly string[] {
  try {
    const documents: unknown = Reflect.get(Object(read().input), 'documents');
    return Array.isArray(documents) ? documents.filter((text) => typeof text === 'string').slice(0, mostTexts) : [];
  } catch {
    // Variables that do not fit are refused as those of any operation.
    return [];
  }
}

/** The name of a document's first operation; null when it is no document with a named one. */
function operationIn(text: string): string | null {
  try {
    const { definitions } = parse(text, { noLocation: true, maxTokens: 4_000 });
    const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return operation?.kind === Kind.OPERATION_DEFINITION ? (operation.name?.value ?? null) : null;
  } catch {
    return null;
  }
}
