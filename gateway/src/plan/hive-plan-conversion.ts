import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type {
  HiveBatch,
  HiveFetch,
  HiveNode,
  HivePathSegment,
  HivePlan,
  HiveRequired,
  HiveRewrite,
} from './hive-plan.ts';
import type { FetchNode, PathStep, PlanNode, QueryPlan, RequiredSelection, Rewrite } from './query-plan.ts';
import type { TypeNamesOf } from './type-names.ts';

/** Queries are written out without fragments; one that grows beyond this is nothing to send. */
const maxSelections = 20_000;

/** Hive's plan in our words. Throws for what our executor cannot run. */
export function convertHivePlan({ node }: HivePlan, typeNamesOf: TypeNamesOf): QueryPlan {
  if (node === undefined) return { root: null };
  const [first, ...rest] = node.kind === 'Sequence' ? node.nodes : [node];
  if (first?.kind !== 'Subscription') return { root: convertNode(node, typeNamesOf) };
  const nodes = rest.map((child) => convertNode(child, typeNamesOf));
  return {
    root: {
      kind: 'subscription',
      primary: convertFetch(first.primary, typeNamesOf),
      rest: nodes.length === 0 ? null : { kind: 'sequence', nodes },
    },
  };
}

function convertNode(node: HiveNode, typeNamesOf: TypeNamesOf): PlanNode {
  switch (node.kind) {
    case 'Fetch':
      return convertFetch(node, typeNamesOf);
    case 'BatchFetch':
      return { kind: 'parallel', nodes: convertBatch(node, typeNamesOf) };
    case 'Flatten':
      return { kind: 'flatten', path: convertPath(node.path, typeNamesOf), node: convertNode(node.node, typeNamesOf) };
    case 'Sequence':
      return { kind: 'sequence', nodes: node.nodes.map((child) => convertNode(child, typeNamesOf)) };
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map((child) => convertNode(child, typeNamesOf)) };
    case 'Subscription':
      throw new Error('A subscription stands within the plan');
  }
}

function convertFetch(node: HiveFetch, typeNamesOf: TypeNamesOf): FetchNode {
  const document = withoutFragments(parse(node.operation, { noLocation: true }));
  const requires = node.requires === undefined ? null : convertRequired(node.requires, typeNamesOf);
  return {
    kind: 'fetch',
    subgraph: node.serviceName,
    operationKind: node.operationKind ?? 'query',
    operationName: node.operationName,
    query: textOf(document),
    document,
    variables: variablesOf(document).filter((name) => requires === null || name !== 'representations'),
    requires,
    inputRewrites: convertRewrites(node.inputRewrites, typeNamesOf),
    outputRewrites: convertRewrites(node.outputRewrites, typeNamesOf),
  };
}

/** One fetch for each place that a batch completes: which of them go together is our own schedule's to say. */
function convertBatch(node: HiveBatch, typeNamesOf: TypeNamesOf): PlanNode[] {
  const whole = withoutFragments(parse(node.operation, { noLocation: true }));
  return node.entityBatch.aliases.flatMap((entry): PlanNode[] => {
    const document = questionOf(whole, entry.alias, entry.representationsVariableName);
    const fetch: FetchNode = {
      kind: 'fetch',
      subgraph: node.serviceName,
      operationKind: node.operationKind ?? 'query',
      operationName: undefined,
      query: textOf(document),
      document,
      variables: variablesOf(document).filter((name) => name !== 'representations'),
      requires: convertRequired(entry.requires, typeNamesOf),
      inputRewrites: convertRewrites(entry.inputRewrites, typeNamesOf),
      outputRewrites: convertRewrites(entry.outputRewrites, typeNamesOf),
    };
    return entry.paths.map((path) => ({ kind: 'flatten', path: convertPath(path, typeNamesOf), node: fetch }));
  });
}

/** The part of a batch's query that stands under one alias, as a query of its own. */
function questionOf(document: DocumentNode, alias: string, representations: string): DocumentNode {
  const definition = operationOf(document);
  const field = definition.selectionSet.selections.find(
    (selection): selection is FieldNode => selection.kind === 'Field' && selection.alias?.value === alias,
  );
  if (field === undefined) throw new Error(`The batch asks nothing under ${alias}`);
  const { alias: _, ...plain } = field;
  const alone: OperationDefinitionNode = {
    ...definition,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [plain] },
  };
  const used = new Set<string>();
  visit(alone, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
  const variableDefinitions = (definition.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  const renamed = visit(
    { ...alone, variableDefinitions },
    {
      Variable: (variable) =>
        variable.name.value === representations
          ? { ...variable, name: { kind: Kind.NAME, value: 'representations' } }
          : undefined,
    },
  );
  return { kind: Kind.DOCUMENT, definitions: [renamed] };
}

function withoutFragments(document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  let count = 0;
  const expanded = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((node): SelectionNode => {
      count += 1;
      if (count > maxSelections) throw new Error('The query is too large without its fragments');
      if (node.kind !== 'FragmentSpread') {
        return node.selectionSet === undefined ? node : { ...node, selectionSet: expanded(node.selectionSet) };
      }
      const fragment = fragments.get(node.name.value);
      if (fragment === undefined) throw new Error(`There is no fragment ${node.name.value}`);
      const { typeCondition, selectionSet } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: expanded(selectionSet) };
    }),
  });
  const operation = operationOf(document);
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, selectionSet: expanded(operation.selectionSet) }],
  };
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const [operation, ...more] = definitions.filter((definition) => definition.kind === 'OperationDefinition');
  if (operation === undefined || more.length > 0) throw new Error('A fetch is one operation');
  return operation;
}

function textOf(document: DocumentNode): string {
  return stripIgnoredCharacters(print(document));
}

function variablesOf(document: DocumentNode): string[] {
  return (operationOf(document).variableDefinitions ?? []).map(({ variable }) => variable.name.value);
}

function convertRequired(selections: readonly HiveRequired[], typeNamesOf: TypeNamesOf): readonly RequiredSelection[] {
  return selections.map((selection): RequiredSelection => {
    if (selection.kind === 'InlineFragment') {
      const { typeCondition, selections: inner } = selection;
      return {
        kind: 'fragment',
        typeNames: typeNamesOf(typeCondition),
        selections: convertRequired(inner, typeNamesOf),
      };
    }
    const { name, selections: inner } = selection;
    return { kind: 'field', name, selections: inner === undefined ? null : convertRequired(inner, typeNamesOf) };
  });
}

function convertPath(path: readonly HivePathSegment[], typeNamesOf: TypeNamesOf): PathStep[] {
  return path.map((segment): PathStep => {
    if (segment === '@') return { kind: 'list' };
    if ('Field' in segment) return { kind: 'field', name: segment.Field };
    return { kind: 'type', typeNames: namesOf(segment.TypeCondition, typeNamesOf) };
  });
}

function convertRewrites(rewrites: readonly HiveRewrite[] | undefined, typeNamesOf: TypeNamesOf): Rewrite[] {
  return (rewrites ?? []).map((rewrite): Rewrite => {
    const { path: segments } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite.KeyRenamer;
    const last = segments.at(-1);
    if (last === undefined || !('Key' in last)) throw new Error('A rewrite names no key');
    const key = last.Key;
    const path = segments
      .slice(0, -1)
      .map((segment) =>
        'Key' in segment
          ? ({ kind: 'field', name: segment.Key } as const)
          : ({ kind: 'type', typeNames: namesOf(segment.TypenameEquals, typeNamesOf) } as const),
      );
    return 'ValueSetter' in rewrite
      ? { kind: 'setValue', path, key, value: rewrite.ValueSetter.setValueTo }
      : { kind: 'renameKey', path, key, newKey: rewrite.KeyRenamer.renameKeyTo };
  });
}

function namesOf(conditions: readonly string[], typeNamesOf: TypeNamesOf): ReadonlySet<string> {
  return new Set(conditions.flatMap((condition) => [...typeNamesOf(condition)]));
}
