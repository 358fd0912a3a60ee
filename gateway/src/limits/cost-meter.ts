import type { ReadyOperation } from '../execute/prepared-operation.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { type CostModel, createCostModel } from './cost-model.ts';
import { measureCost } from './measure-cost.ts';

/** What an operation may cost at most with these variables. Throws as `measureCost` does. */
export type CostMeter = (prepared: ReadyOperation, variables: Readonly<Record<string, unknown>>) => number;

/** Costs remembered for one operation: one for each combination of page sizes that was asked for. */
const maxRemembered = 64;

/** Measures by the supergraph in use, and the same operation with the same page sizes once. */
export function createCostMeter(graph: FederatedGraph): CostMeter {
  let model: CostModel = createCostModel(graph.supergraphSdl);
  let known = new WeakMap<ReadyOperation, Map<string, number>>();
  graph.onReload(() => {
    model = createCostModel(graph.supergraphSdl);
    known = new WeakMap();
  });
  return (prepared, variables) => {
    const { document, operation } = prepared;
    const costs = known.get(prepared) ?? new Map<string, number>();
    known.set(prepared, costs);
    const key = sizesIn(operation.variableDefinitions, variables);
    const measured = costs.get(key);
    if (measured !== undefined) return measured;
    const cost = measureCost({ schema: graph.apiSchema, model, document, operation, variables });
    if (costs.size >= maxRemembered) costs.clear();
    costs.set(key, cost);
    return cost;
  };
}

/** Only numbers are sizes: no other variable changes what an operation costs. */
function sizesIn(
  definitions: ReadyOperation['operation']['variableDefinitions'],
  variables: Readonly<Record<string, unknown>>,
): string {
  let key = '';
  for (const { variable } of definitions ?? []) {
    const value = variables[variable.name.value];
    // Null stands for "no size", where an absent one would be the default.
    key += typeof value === 'number' ? `${value},` : value === undefined ? ',' : 'x,';
  }
  return key;
}
