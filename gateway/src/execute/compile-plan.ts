import { type FetchBatch, scheduleFetches } from '../plan/fetch-schedule.ts';
import type { PathStep, PlanNode } from '../plan/query-plan.ts';
import { compileSchedule } from './compile-schedule.ts';
import { compileEntityFetch } from './entity-fetch.ts';
import { compileFetch } from './fetch-step.ts';
import { entityQuestion, isJoinable } from './joined-query.ts';
import type { PlanContext, Step } from './plan-context.ts';
import type { Run } from './run.ts';

/**
 * Turns a plan into one function, once; running it looks at no plan node again. Entity fetches of one subgraph go
 * together where its transport gains by that.
 */
export function compilePlan(root: PlanNode, context: PlanContext): Step {
  const batches = scheduleFetches(
    root,
    (node) => isJoinable(node) && context.transportFor(node.subgraph).isLocal !== true,
  );
  if (batches === null) return compileNode(root, context, []);
  const repeated = repeatedQuestions(batches);
  const steps = batches.map(({ fetches }) => {
    const [only] = fetches;
    return only?.node.requires === null
      ? compileFetch(only.node, only.path, context)
      : compileEntityFetch(fetches, context, repeated);
  });
  return compileSchedule(batches, steps);
}

/** What is asked in more than one batch. */
function repeatedQuestions(batches: readonly FetchBatch[]): ReadonlySet<string> {
  const asked = new Set<string>();
  const repeated = new Set<string>();
  for (const { fetches } of batches) {
    const questions = new Set(fetches.flatMap(({ node }) => (isJoinable(node) ? [entityQuestion(node)] : [])));
    for (const question of questions) (asked.has(question) ? repeated : asked).add(question);
  }
  return repeated;
}

function compileNode(node: PlanNode, context: PlanContext, path: readonly PathStep[]): Step {
  switch (node.kind) {
    case 'fetch':
      return compileFetch(node, path, context);
    case 'flatten':
      return compileNode(node.node, context, [...path, ...node.path]);
    case 'sequence':
      return inSequence(node.nodes.map((child) => compileNode(child, context, path)));
    case 'parallel':
      return inParallel(node.nodes.map((child) => compileNode(child, context, path)));
    case 'condition': {
      const whenTrue = compileOptional(node.whenTrue, context, path);
      const whenFalse = compileOptional(node.whenFalse, context, path);
      return (run) => (run.variables[node.variable] === true ? whenTrue(run) : whenFalse(run));
    }
    case 'defer': {
      // Answered in one piece for now: a client that allows parts to come later must also take them at once.
      const deferred = node.deferred.map((part) => compileOptional(part.node, context, path));
      return inSequence([compileOptional(node.primary, context, path), inParallel(deferred)]);
    }
  }
}

function compileOptional(node: PlanNode | null, context: PlanContext, path: readonly PathStep[]): Step {
  return node === null ? () => undefined : compileNode(node, context, path);
}

function inSequence(steps: readonly Step[]): Step {
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return only;
  const runFrom = (run: Run, start: number): void | Promise<void> => {
    for (let index = start; index < steps.length; index += 1) {
      const pending = steps[index]?.(run);
      if (pending !== undefined) return pending.then(() => runFrom(run, index + 1));
    }
    return undefined;
  };
  return (run) => runFrom(run, 0);
}

function inParallel(steps: readonly Step[]): Step {
  return (run) => {
    const pending: Promise<void>[] = [];
    for (const step of steps) {
      const started = step(run);
      if (started !== undefined) pending.push(started);
    }
    if (pending.length < 2) return pending[0];
    return Promise.all(pending).then(ignore);
  };
}

function ignore(): void {}
