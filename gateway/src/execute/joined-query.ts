import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { FetchNode } from '../plan/query-plan.ts';

/** Several entity queries for one subgraph as one. */
export interface JoinedQuery {
  readonly document: DocumentNode;
  readonly query: string;
  readonly operationName: string | undefined;
  /** Where each of them finds its answer, in their order. */
  readonly aliases: readonly string[];
  /** What each of them takes its representations from. */
  readonly representations: readonly string[];
}

/** Whether an entity query is one that can stand beside another: one `_entities` field, no fragment definitions. */
export function isJoinable(node: FetchNode): boolean {
  return node.requires !== null && node.operationKind === 'query' && entityFieldOf(node) !== null;
}

/** What makes two entity fetches ask for the same: then one list of representations serves both. */
export function entityQuestion(node: FetchNode): string {
  const field = entityFieldOf(node);
  const parts = [
    node.subgraph,
    field === null ? node.query : print(field),
    node.variables,
    node.requires,
    node.inputRewrites,
    node.outputRewrites,
  ];
  return JSON.stringify(parts, (_name, value) => (value instanceof Set ? [...value] : value));
}

/** Writes the query that asks for all of them at once, each under an alias and with representations of its own. */
export function joinQueries(nodes: readonly FetchNode[]): JoinedQuery {
  const definitions = new Map<string, VariableDefinitionNode>();
  const taken = new Set(nodes.flatMap(({ variables }) => variables));
  const representations = nodes.map((_node, index) => {
    let name = `representations_${index}`;
    while (taken.has(name)) name += '_';
    return name;
  });
  const aliases = nodes.map((_node, index) => `entities_${index}`);
  const selections = nodes.map((node, index): FieldNode => {
    for (const definition of operationOf(node)?.variableDefinitions ?? []) {
      const isOwn = definition.variable.name.value === 'representations';
      const name = isOwn ? (representations[index] ?? '') : definition.variable.name.value;
      definitions.set(name, {
        ...definition,
        variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
      });
    }
    const field = entityFieldOf(node);
    if (field === null) throw new Error(`The fetch from ${node.subgraph} cannot be joined with another`);
    const renamed: FieldNode = visit(field, {
      Variable: (variable) =>
        variable.name.value === 'representations'
          ? { ...variable, name: { kind: Kind.NAME, value: representations[index] ?? '' } }
          : undefined,
    });
    return { ...renamed, alias: { kind: Kind.NAME, value: aliases[index] ?? '' } };
  });
  const first = nodes[0] && operationOf(nodes[0]);
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...(first?.name === undefined ? {} : { name: first.name }),
        kind: Kind.OPERATION_DEFINITION,
        operation: first?.operation ?? ('query' as OperationDefinitionNode['operation']),
        variableDefinitions: [...definitions.values()],
        selectionSet: { kind: Kind.SELECTION_SET, selections },
      },
    ],
  };
  const query = stripIgnoredCharacters(print(document));
  return { document, query, operationName: first?.name?.value, aliases, representations };
}

function operationOf({ document }: FetchNode): OperationDefinitionNode | null {
  const [definition] = document.definitions;
  return document.definitions.length === 1 && definition?.kind === Kind.OPERATION_DEFINITION ? definition : null;
}

function entityFieldOf(node: FetchNode): FieldNode | null {
  const selections = operationOf(node)?.selectionSet.selections ?? [];
  const [field] = selections;
  const isOne = selections.length === 1 && field?.kind === Kind.FIELD && field.name.value === '_entities';
  return isOne && field.alias === undefined ? field : null;
}
