import {
  type DocumentNode,
  executeSync,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { SelectedOperation, Selection } from '../plan/selection.ts';

export type AnswerIntrospection = (variables: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

const nothing: Readonly<Record<string, unknown>> = {};

/** Answers `__schema` and `__type` from the API schema; once for good when no variable takes part. */
export function compileIntrospection(schema: GraphQLSchema, operation: SelectedOperation): AnswerIntrospection {
  const selections = introspectionNodes(operation.selections, true);
  if (selections.length === 0) return () => nothing;
  const definitions = operation.node.variableDefinitions ?? [];
  const document = documentOf(selections, definitions);
  const answer: AnswerIntrospection = (variables) =>
    executeSync({ schema, document, variableValues: variables }).data ?? nothing;
  if (definitions.length > 0) return answer;
  let known: Readonly<Record<string, unknown>> | null = null;
  return (variables) => {
    known ??= answer(variables);
    return known;
  };
}

function introspectionNodes(selections: readonly Selection[], isRoot: boolean): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === 'fragment') return introspectionNodes(selection.selections, isRoot);
    if (isRoot && (selection.name === '__typename' || !selection.name.startsWith('__'))) return [];
    const { alias, name, arguments: given } = selection.node;
    const inner = selection.selections === null ? null : introspectionNodes(selection.selections, false);
    return [
      {
        kind: Kind.FIELD,
        name,
        ...(alias === undefined ? {} : { alias }),
        ...(given === undefined ? {} : { arguments: given }),
        ...(inner === null ? {} : { selectionSet: { kind: Kind.SELECTION_SET, selections: inner } }),
      },
    ];
  });
}

function documentOf(
  selections: readonly SelectionNode[],
  variableDefinitions: readonly VariableDefinitionNode[],
): DocumentNode {
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        variableDefinitions,
        selectionSet: { kind: Kind.SELECTION_SET, selections },
      },
    ],
  };
}
