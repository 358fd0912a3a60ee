import type {
  FetchNode as ApolloFetchNode,
  PlanNode as ApolloPlanNode,
  QueryPlan as ApolloQueryPlan,
  FetchDataRewrite,
  QueryPlanSelectionNode,
} from '@apollo/query-planner';
import { parse } from 'graphql';
import type {
  FetchNode,
  FieldStep,
  PathStep,
  PlanNode,
  QueryPlan,
  RequiredSelection,
  Rewrite,
  TypeStep,
} from './query-plan.ts';
import type { TypeNamesOf } from './type-names.ts';

const fragmentPrefix = '... on ';

/** Apollo's plan in our words. Throws for what our executor cannot run. */
export function convertApolloPlan(plan: ApolloQueryPlan, typeNamesOf: TypeNamesOf): QueryPlan {
  const { node } = plan;
  if (node === undefined) return { root: null };
  if (node.kind !== 'Subscription') return { root: convertNode(node, typeNamesOf) };
  const primary = convertFetch(node.primary, typeNamesOf);
  return { root: { kind: 'subscription', primary, rest: convertOptional(node.rest, typeNamesOf) } };
}

function convertNode(node: ApolloPlanNode, typeNamesOf: TypeNamesOf): PlanNode {
  switch (node.kind) {
    case 'Fetch':
      return convertFetch(node, typeNamesOf);
    case 'Flatten':
      return {
        kind: 'flatten',
        path: node.path.flatMap((element) => convertPathElement(String(element))),
        node: convertNode(node.node, typeNamesOf),
      };
    case 'Sequence':
      return { kind: 'sequence', nodes: node.nodes.map((child) => convertNode(child, typeNamesOf)) };
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map((child) => convertNode(child, typeNamesOf)) };
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        whenTrue: convertOptional(node.ifClause, typeNamesOf),
        whenFalse: convertOptional(node.elseClause, typeNamesOf),
      };
    case 'Defer':
      return {
        kind: 'defer',
        primary: convertOptional(node.primary.node, typeNamesOf),
        deferred: node.deferred.map(({ label, node: deferred }) => ({
          label: label ?? null,
          node: convertOptional(deferred, typeNamesOf),
        })),
      };
  }
}

function convertOptional(node: ApolloPlanNode | undefined, typeNamesOf: TypeNamesOf): PlanNode | null {
  return node === undefined ? null : convertNode(node, typeNamesOf);
}

function convertFetch(node: ApolloFetchNode, typeNamesOf: TypeNamesOf): FetchNode {
  if (node.contextRewrites !== undefined && node.contextRewrites.length > 0) {
    throw new Error(`The plan hands @context values to subgraph ${node.serviceName}, which is not supported`);
  }
  const requires = node.requires === undefined ? null : convertRequired(node.requires, typeNamesOf);
  return {
    kind: 'fetch',
    subgraph: node.serviceName,
    operationKind: node.operationKind,
    operationName: node.operationName,
    query: node.operation,
    document: node.operationDocumentNode ?? parse(node.operation, { noLocation: true }),
    variables: (node.variableUsages ?? []).filter((name) => requires === null || name !== 'representations'),
    requires,
    inputRewrites: convertRewrites(node.inputRewrites, typeNamesOf),
    outputRewrites: convertRewrites(node.outputRewrites, typeNamesOf),
  };
}

function convertRequired(
  selections: readonly QueryPlanSelectionNode[],
  typeNamesOf: TypeNamesOf,
): readonly RequiredSelection[] {
  return selections.map((selection): RequiredSelection => {
    const inner = selection.selections === undefined ? null : convertRequired(selection.selections, typeNamesOf);
    return selection.kind === 'Field'
      ? { kind: 'field', name: selection.alias ?? selection.name, selections: inner }
      : {
          kind: 'fragment',
          typeNames: selection.typeCondition === undefined ? null : typeNamesOf(selection.typeCondition),
          selections: inner ?? [],
        };
  });
}

/** `name`, `@`, and either with the runtime types it goes on with: `media|[Book,Film]`. */
function convertPathElement(element: string): PathStep[] {
  const bar = element.indexOf('|[');
  const name = bar === -1 ? element : element.slice(0, bar);
  const steps: PathStep[] = [];
  if (name === '@') steps.push({ kind: 'list' });
  else if (name !== '') steps.push({ kind: 'field', name });
  if (bar !== -1) steps.push({ kind: 'type', typeNames: new Set(element.slice(bar + 2, -1).split(',')) });
  return steps;
}

function convertRewrites(rewrites: readonly FetchDataRewrite[] | undefined, typeNamesOf: TypeNamesOf): Rewrite[] {
  return (rewrites ?? []).flatMap((rewrite): Rewrite[] => {
    const key = rewrite.path.at(-1);
    if (key === undefined) return [];
    const path = rewrite.path
      .slice(0, -1)
      .map((element): FieldStep | TypeStep =>
        element.startsWith(fragmentPrefix)
          ? { kind: 'type', typeNames: typeNamesOf(element.slice(fragmentPrefix.length)) }
          : { kind: 'field', name: element },
      );
    return rewrite.kind === 'ValueSetter'
      ? [{ kind: 'setValue', path, key, value: rewrite.setValueTo }]
      : [{ kind: 'renameKey', path, key, newKey: rewrite.renameKeyTo }];
  });
}
