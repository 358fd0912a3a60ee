import type { Viewer } from '@cauce/shared/auth/viewer';
import type { DocumentNode } from 'graphql';
import { checkRegistration } from '../documents/check-registration.ts';
import { type DocumentDeps, type ResolvedDocument, resolveDocument } from '../documents/resolve-document.ts';
import type { GraphRequest } from '../execute/executor.ts';
import { asGraphQLError, type ReadyOperation, type RefusedOperation } from '../execute/prepared-operation.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { budgetOf, type CostBudgets, refuseTooCostly } from '../limits/cost-budget.ts';
import { createCostMeter } from '../limits/cost-meter.ts';
import type { QuotaLeft } from '../limits/quota.ts';
import { refuseZeroBytes } from '../limits/zero-bytes.ts';
import type { Inspection } from './inspection.ts';
import type { OperationParams } from './operation-params.ts';

/** An operation that may run for the viewer who asked. */
export interface AdmittedOperation {
  readonly kind: 'admitted';
  readonly operation: ReadyOperation['operation'];
  /** All that the executor needs but the scope. */
  readonly request: Omit<GraphRequest, 'scope'> & { readonly document: DocumentNode };
  /** What it may cost at most, and what its viewer may ask for at once. */
  readonly cost: number;
  readonly budget: number;
  /** What the API key that asked may still spend. */
  readonly quotaLeft?: QuotaLeft;
}

/**
 * Lets an operation in, or says with which errors it is refused. Never rejects. `ours` is the text of an operation
 * that the platform itself holds, such as that of a REST route: it needs no client's right to the document.
 */
export type AdmitOperation = (
  params: OperationParams,
  viewer: Viewer,
  ours?: string,
) => Promise<AdmittedOperation | RefusedOperation>;

export interface AdmitDeps {
  readonly graph: FederatedGraph;
  readonly documents: DocumentDeps;
  readonly budgets: CostBudgets;
  readonly inspection: Inspection;
}

/**
 * What every operation passes before it runs, whichever door it came through: its document is found, parsed, checked
 * for its size and validated (remembered together), and its cost with these variables is held against what its viewer
 * may ask for.
 */
export function createAdmitOperation({ graph, documents, budgets, inspection }: AdmitDeps): AdmitOperation {
  const costOf = createCostMeter(graph);
  return async (params, viewer, ours) => {
    try {
      const { text, remember }: ResolvedDocument =
        ours === undefined ? await resolveDocument(params, viewer, documents) : { text: ours, remember: null };
      const { operationName } = params;
      const variables = params.variables ?? {};
      const asked = { source: text, operationName };
      const prepared = graph.executor.prepare(asked);
      if (prepared.kind === 'refused') {
        const { executor } = graph;
        return inspection.mayInspect(viewer) ? { kind: 'refused', errors: executor.explainRefusal(asked) } : prepared;
      }
      const { document, operation } = prepared;
      inspection.refuseIntrospection(prepared, viewer);
      refuseZeroBytes(document, variables);
      const budget = budgetOf(viewer, budgets);
      const cost = costOf(prepared, variables);
      refuseTooCostly(cost, budget);
      checkRegistration(prepared, variables, graph);
      remember?.();
      return { kind: 'admitted', operation, request: { ...asked, document, variables }, cost, budget };
    } catch (error) {
      return { kind: 'refused', errors: [asGraphQLError(error)] };
    }
  };
}
