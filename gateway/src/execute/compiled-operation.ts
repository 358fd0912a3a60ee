import type { Decisions } from '../plan/decisions.ts';
import { plannedDocument } from '../plan/planned-document.ts';
import type { Planner } from '../plan/planner.ts';
import type { FetchNode, QueryPlan } from '../plan/query-plan.ts';
import { selectOperation } from '../plan/selection.ts';
import type { Transport } from '../transports/transport.ts';
import { compilePlan } from './compile-plan.ts';
import { type AnswerIntrospection, compileIntrospection } from './introspection.ts';
import type { PlanContext, ReportFetchFailure, Step } from './plan-context.ts';
import type { ReadyOperation } from './prepared-operation.ts';
import { compileProjection, type Project } from './projection.ts';

/** An operation that only has to be run. */
export interface CompiledOperation {
  readonly introspect: AnswerIntrospection;
  /** Fetches everything, or for a subscription what its events lack. */
  readonly fetch: Step;
  readonly project: Project;
  readonly stream: CompiledStream | null;
  /** What `fetch` was made from; null when there is nothing to fetch. */
  readonly plan: QueryPlan | null;
}

/** Where a subscription's events come from. */
export interface CompiledStream {
  readonly node: FetchNode;
  readonly context: PlanContext;
}

export interface CompileDeps {
  readonly planner: Planner;
  readonly transportFor: (subgraph: string) => Transport;
  readonly reportFetchFailure: ReportFetchFailure;
}

const fetchNothing: Step = () => undefined;

/**
 * Plans and compiles an operation for one set of decisions: `@skip` and `@include`, what the viewer may see, which
 * overrides are in force. They are made before planning, so that a plan fetches nothing for what is skipped or denied
 * and no part of running it has to ask again.
 */
export function compileOperation(deps: CompileDeps, ready: ReadyOperation, decisions: Decisions): CompiledOperation {
  const { planner } = deps;
  const { conditions, rules, unmet, overrides } = decisions;
  const { schema } = planner;
  const operation = selectOperation(
    schema,
    ready.document,
    ready.operation,
    conditions,
    (parent, field) => rules?.demandsOf(parent, field).some((demand) => unmet.has(demand)) === true,
  );
  const shared = {
    introspect: compileIntrospection(schema, operation),
    project: compileProjection(schema, operation),
  };
  const planned = plannedDocument(schema, operation);
  const plan = planned === null ? null : planner.plan(planned.document, overrides);
  const root = plan?.root ?? null;
  if (planned === null || root === null) return { ...shared, fetch: fetchNothing, stream: null, plan: null };
  const context: PlanContext = {
    schema,
    operation,
    renamedVariables: planned.renamedVariables,
    transportFor: deps.transportFor,
    reportFetchFailure: deps.reportFetchFailure,
  };
  if (root.kind === 'subscription') {
    const fetch = root.rest === null ? fetchNothing : compilePlan(root.rest, context);
    return { ...shared, fetch, stream: { node: root.primary, context }, plan };
  }
  return { ...shared, fetch: compilePlan(root, context), stream: null, plan };
}
