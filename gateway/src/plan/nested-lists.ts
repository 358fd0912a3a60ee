import { type DocumentNode, visit } from 'graphql';
import type { JoinedGraph } from './joined-graph.ts';
import type { PathStep, PlanNode, QueryPlan } from './query-plan.ts';

/** By the name that something is held under, the fields that it may be of. */
type FieldNames = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Hive's planner names a list of lists once, whose executor goes through lists however deep they are; ours takes one
 * step for each. Throws for a path that no field of the graph leads along.
 */
export function spellOutLists({ root }: QueryPlan, operation: DocumentNode, joined: JoinedGraph): QueryPlan {
  if (root === null) return { root };
  const names = fieldNamesIn([operation, ...documentsIn(root.kind === 'subscription' ? root.rest : root)]);
  const start = (kind: keyof JoinedGraph['rootTypes']) => new Set([joined.rootTypes[kind]]);
  const spelt = (node: PlanNode, at: ReadonlySet<string>): PlanNode => {
    switch (node.kind) {
      case 'flatten': {
        const { path, typeNames } = walk(node.path, at, names, joined);
        return { ...node, path, node: spelt(node.node, typeNames) };
      }
      case 'sequence':
      case 'parallel':
        return { ...node, nodes: node.nodes.map((child) => spelt(child, at)) };
      default:
        return node;
    }
  };
  if (root.kind !== 'subscription') return { root: spelt(root, start(operationKindOf(operation))) };
  return { root: { ...root, rest: root.rest === null ? null : spelt(root.rest, start('subscription')) } };
}

function walk(steps: readonly PathStep[], start: ReadonlySet<string>, names: FieldNames, joined: JoinedGraph) {
  const path: PathStep[] = [];
  let typeNames = start;
  let depth = 0;
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'list') {
      if (depth === 0 || steps[index - 1]?.kind === 'list') throw new Error('A path goes through a list that is none');
      for (let count = 0; count < depth; count += 1) path.push(step);
      depth = 0;
      continue;
    }
    path.push(step);
    if (step.kind === 'type') {
      typeNames = step.typeNames;
      continue;
    }
    const found = [...typeNames].flatMap((typeName) =>
      [...(names.get(step.name) ?? [step.name])].flatMap((name) => joined.field(typeName, name) ?? []),
    );
    const depths = new Set(found.map((field) => field.depth));
    const [only] = depths;
    if (depth !== 0 || depths.size !== 1 || only === undefined) throw new Error(`A path leads nowhere at ${step.name}`);
    depth = only;
    typeNames = new Set(found.flatMap((field) => [field.typeName, ...joined.typesOf(field.typeName)]));
  }
  if (depth !== 0) throw new Error('A path ends before a list');
  return { path, typeNames };
}

function fieldNamesIn(documents: readonly DocumentNode[]): FieldNames {
  const names = new Map<string, Set<string>>();
  for (const document of documents) {
    visit(document, {
      Field({ alias, name }) {
        const held = alias?.value ?? name.value;
        names.set(held, (names.get(held) ?? new Set()).add(name.value));
      },
    });
  }
  return names;
}

function documentsIn(node: PlanNode | null): DocumentNode[] {
  switch (node?.kind) {
    case 'fetch':
      return [node.document];
    case 'flatten':
      return documentsIn(node.node);
    case 'sequence':
    case 'parallel':
      return node.nodes.flatMap(documentsIn);
    default:
      return [];
  }
}

function operationKindOf({ definitions }: DocumentNode): keyof JoinedGraph['rootTypes'] {
  const [definition] = definitions;
  return definition?.kind === 'OperationDefinition' ? definition.operation : 'query';
}
