import type { Viewer } from '@cauce/shared/auth/viewer';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { describePlan } from '../observe/describe-plan.ts';
import { type Soon, whenReady } from '../plan/when-ready.ts';
import type { AdmittedOperation } from './admit-operation.ts';
import type { Inspection } from './inspection.ts';
import type { OperationParams } from './operation-params.ts';

/** What an answer tells of itself, beside its data. */
export type ExplainAnswer = (
  params: OperationParams,
  admitted: AdmittedOperation,
  viewer: Viewer,
) => Soon<Readonly<Record<string, unknown>> | null>;

/**
 * Tells who may inspect the platform, and asks for it, what the operation cost at most (`extensions: { cost: true }`)
 * and how it was planned (`extensions: { queryPlan: true }`). To anybody else the answer is as ever.
 */
export function createExplainAnswer(graph: FederatedGraph, inspection: Inspection): ExplainAnswer {
  return ({ extensions }, { request, cost, budget }, viewer) => {
    const wantsCost = extensions?.cost === true;
    const wantsPlan = extensions?.queryPlan === true;
    if (!(wantsCost || wantsPlan) || !inspection.mayInspect(viewer)) return null;
    const planned = wantsPlan ? graph.executor.explain(request) : null;
    return whenReady(planned, (plan) => ({
      // The platform itself has no budget, and JSON no infinity.
      ...(wantsCost ? { cost: { estimated: cost, budget: Number.isFinite(budget) ? budget : null } } : {}),
      ...(wantsPlan ? { queryPlan: plan === null ? null : describePlan(plan) } : {}),
    }));
  };
}
