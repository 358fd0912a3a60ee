import type { Decisions } from '../plan/decisions.ts';
import { plannedDocument } from '../plan/planned-document.ts';
import type { Planner } from '../plan/planner.ts';
import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '../plan/query-plan.ts';
import { selectOperation } from '../plan/selection.ts';
import { type Soon, whenReady } from '../plan/when-ready.ts';
import type { Transport } from '../transports/transport.ts';
import { compilePlan } from './compile-plan.ts';
import { compileDeferredParts, type DeferredPart } from './deferred-parts.ts';
import { compileRequest } from './fetch-request.ts';
import { compileRootMerge } from './fetch-step.ts';
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
  /** What the client lets come later. */
  readonly parts: readonly DeferredPart[];
  /** Fetches what such a part lacks, once the part around it is there. */
  readonly fetchPart: (planLabel: string) => Step;
  readonly rootTypeName: string;
  readonly stream: CompiledStream | null;
  /** What `fetch` was made from; null when there is nothing to fetch. */
  readonly plan: QueryPlan | null;
}

/** Where a subscription's events come from, and what its opening and its events need. */
export interface CompiledStream {
  readonly node: FetchNode;
  readonly context: PlanContext;
  readonly request: ReturnType<typeof compileRequest>;
  readonly merge: ReturnType<typeof compileRootMerge>;
  readonly isByRights: boolean;
}

export interface CompileDeps {
  readonly planner: Planner;
  readonly transportFor: (subgraph: string) => Transport;
  readonly reportFetchFailure: ReportFetchFailure;
  readonly isByRights: (plan: SubscriptionNode) => boolean;
}

const fetchNothing: Step = () => undefined;

/**
 * Plans and compiles an operation for one set of decisions: `@skip` and `@include`, what the viewer may see, which
 * overrides are in force. They are made before planning, so that a plan fetches nothing for what is skipped or denied
 * and no part of running it has to ask again.
 */
export function compileOperation(
  deps: CompileDeps,
  ready: ReadyOperation,
  decisions: Decisions,
): Soon<CompiledOperation> {
  if (!decisions.isDeferring) return compileDecided(deps, ready, decisions);
  // Apollo's planner fails on some operations that defer what is computed from required fields; deferring is a
  // client's leave and not its order, so then the answer comes in one piece.
  const inOnePiece = () => compileDecided(deps, ready, { ...decisions, isDeferring: false });
  try {
    const compiled = compileDecided(deps, ready, decisions);
    return compiled instanceof Promise ? compiled.catch(inOnePiece) : compiled;
  } catch {
    return inOnePiece();
  }
}

function compileDecided(deps: CompileDeps, ready: ReadyOperation, decisions: Decisions): Soon<CompiledOperation> {
  const { planner } = deps;
  const { conditions, rules, unmet, overrides, isDeferring } = decisions;
  const { schema } = planner;
  const operation = selectOperation(
    schema,
    ready.document,
    ready.operation,
    conditions,
    (parent, field) => rules?.demandsOf(parent, field).some((demand) => unmet.has(demand)) === true,
    isDeferring,
  );
  const shared = {
    introspect: compileIntrospection(schema, operation),
    project: compileProjection(schema, operation),
    parts: isDeferring ? compileDeferredParts(schema, operation) : [],
    fetchPart: () => fetchNothing,
    rootTypeName: operation.rootType.name,
  };
  const planned = plannedDocument(schema, operation);
  if (planned === null) return { ...shared, fetch: fetchNothing, stream: null, plan: null };
  const context: PlanContext = {
    schema,
    operation,
    renamedVariables: planned.renamedVariables,
    transportFor: deps.transportFor,
    reportFetchFailure: deps.reportFetchFailure,
  };
  return whenReady(planner.plan(planned.document, overrides), (plan): CompiledOperation => {
    const { root } = plan;
    if (root === null) return { ...shared, fetch: fetchNothing, stream: null, plan: null };
    if (root.kind === 'subscription') {
      const fetch = root.rest === null ? fetchNothing : compilePlan(root.rest, context);
      const node = root.primary;
      const stream = {
        ...{ node, context },
        request: compileRequest(node, context),
        merge: compileRootMerge(node, [], context),
        isByRights: deps.isByRights(root),
      };
      return { ...shared, fetch, stream, plan };
    }
    if (root.kind !== 'defer' || !isDeferring)
      return { ...shared, fetch: compilePlan(root, context), stream: null, plan };
    const steps = new Map<string, Step>();
    const compile = (node: PlanNode | null): Step => {
      if (node?.kind !== 'defer') return node === null ? fetchNothing : compilePlan(node, context);
      for (const part of node.deferred) if (part.label !== null) steps.set(part.label, compile(part.node));
      return compile(node.primary);
    };
    const fetch = compile(root);
    return { ...shared, fetch, fetchPart: (label) => steps.get(label) ?? fetchNothing, stream: null, plan };
  });
}
