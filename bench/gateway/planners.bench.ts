import { readFileSync } from 'node:fs';
import { createApolloPlanner } from '@cauce/gateway/plan/apollo-planner';
import { hivePlanners } from '@cauce/gateway/plan/hive-planner';
import { createIsolatedPlanner } from '@cauce/gateway/plan/isolated-planner';
import { plannedDocument } from '@cauce/gateway/plan/planned-document';
import type { Planner } from '@cauce/gateway/plan/planner';
import type { PlanNode } from '@cauce/gateway/plan/query-plan';
import { selectOperation } from '@cauce/gateway/plan/selection';
import { createLog } from '@cauce/shared/log/create-log';
import { getOperationAST, parse } from 'graphql';
import { fourSubgraphs, fourSubgraphsQuery } from '../throughput/four-subgraphs.ts';

/**
 * What it takes to plan the query of the public comparisons: milliseconds from the operation to a plan that is fit to run, translation,
 * check and the way to another process included, and how many fetches the plan has; both planners in turns, in one run.
 *
 *   node bench/gateway/planners.bench.ts [rounds]
 */
const rounds = Number(process.argv[2] ?? 200);
let fallbacks = 0;
const isolated = createIsolatedPlanner({ log: createLog({ name: 'bench', level: 'error' }) });
await isolated.checked;
const planners: readonly (readonly [string, Planner])[] = [
  ['apollo', createApolloPlanner(fourSubgraphs)],
  ['hive', hivePlanners({ isolated, planned: () => undefined, fellBack: () => (fallbacks += 1) })(fourSubgraphs)],
];
const times = new Map<string, number[]>(planners.map(([name]) => [name, []]));
const fetches = new Map<string, number>();
for (let round = 0; round < rounds; round += 1) {
  for (const [name, planner] of planners) {
    const document = normalized(planner);
    const startedAt = performance.now();
    const { root } = await planner.plan(document, new Map());
    times.get(name)?.push(performance.now() - startedAt);
    if (root !== null && root.kind !== 'subscription') fetches.set(name, fetchesIn(root));
  }
}
const [apollo = 0, hive = 0] = planners.map(([name]) => median(times.get(name) ?? []));
for (const [name] of planners) {
  console.log(`${name.padEnd(7)} ${median(times.get(name) ?? []).toFixed(2)} ms a plan   ${fetches.get(name)} fetches`);
}
console.log(
  `ratio   ${(apollo / hive).toFixed(1)}   (${fallbacks} fell back; its process holds ${residentMb(isolated.pid)} MB)`,
);
await isolated.stop();

function normalized({ schema }: Planner) {
  const source = parse(fourSubgraphsQuery);
  const operation = getOperationAST(source);
  const planned = operation && plannedDocument(schema, selectOperation(schema, source, operation, new Map()));
  if (!planned) throw new Error('There is nothing to plan');
  return planned.document;
}

function fetchesIn(node: PlanNode): number {
  switch (node.kind) {
    case 'fetch':
      return 1;
    case 'flatten':
      return fetchesIn(node.node);
    case 'sequence':
    case 'parallel':
      return node.nodes.reduce((sum, child) => sum + fetchesIn(child), 0);
    default:
      return 0;
  }
}

function residentMb(pid: number | undefined): string {
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024).toFixed(0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
