import { type DocumentNode, GraphQLError, type SelectionSetNode } from 'graphql';
import type { FetchNode, PlanNode, QueryPlan } from './query-plan.ts';

/**
 * Throws when a plan leaves out a field that stands at the root of the operation. Apollo's planner does, silently, where
 * no object can ever have the type that is asked for; the field would come as null as if that were its value.
 */
export function refuseUnplanned(document: DocumentNode, { root }: QueryPlan): void {
  const planned = new Set<string>();
  if (root !== null) {
    for (const fetch of rootFetches(root.kind === 'subscription' ? root.primary : root)) {
      addNames(fetch.document, planned);
      for (const rewrite of fetch.outputRewrites) if (rewrite.kind === 'renameKey') planned.add(rewrite.newKey);
    }
  }
  const asked = new Set<string>();
  addNames(document, asked);
  for (const name of asked) {
    if (planned.has(name)) continue;
    throw new GraphQLError('No subgraph can answer what is selected in a field of this operation', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  }
}

function rootFetches(node: PlanNode): FetchNode[] {
  switch (node.kind) {
    case 'fetch':
      return node.requires === null ? [node] : [];
    case 'flatten':
      return node.path.length === 0 ? rootFetches(node.node) : [];
    case 'sequence':
    case 'parallel':
      return node.nodes.flatMap(rootFetches);
    case 'condition':
      return [node.whenTrue, node.whenFalse].flatMap((child) => (child === null ? [] : rootFetches(child)));
    case 'defer':
      return [node.primary, ...node.deferred.map((part) => part.node)].flatMap((child) =>
        child === null ? [] : rootFetches(child),
      );
  }
}

function addNames(document: DocumentNode, names: Set<string>): void {
  const add = (set: SelectionSetNode) => {
    for (const node of set.selections) {
      if (node.kind === 'Field') names.add(node.alias?.value ?? node.name.value);
      else if (node.kind === 'InlineFragment') add(node.selectionSet);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind === 'OperationDefinition') add(definition.selectionSet);
  }
}
