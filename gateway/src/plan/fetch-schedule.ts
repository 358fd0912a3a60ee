import type { FetchNode, PathStep, PlanNode } from './query-plan.ts';

/** A fetch with the whole path to what it completes. */
export interface PlacedFetch {
  readonly node: FetchNode;
  readonly path: readonly PathStep[];
}

/** Fetches that go to one subgraph together, once all of the earlier batches named here have ended. */
export interface FetchBatch {
  readonly fetches: readonly PlacedFetch[];
  /** Places in the schedule. */
  readonly after: readonly number[];
}

interface Task extends PlacedFetch {
  readonly before: readonly Task[];
  readonly after: Task[];
  /** How many fetches have to end before it, one after the other. */
  level: number;
}

/**
 * Lays a plan out as batches: entity fetches of one subgraph that could run at the same time become one, and one that
 * nothing waits for moves to a later fetch of its subgraph, never past the last of the plan. Null when there is nothing
 * to win, or when the plan's order is more than what each fetch needs: mutations, and branches on variables.
 */
export function scheduleFetches(
  root: PlanNode,
  isMergeable: (node: FetchNode) => boolean,
): readonly FetchBatch[] | null {
  const tasks: Task[] = [];
  if (layOut(root, [], [], tasks) === null) return null;
  const placed = new Map<string, Task[]>();
  const last = Math.max(...tasks.map(({ level }) => level));
  for (const task of [...tasks].sort((a, b) => b.level - a.level)) {
    const key = isMergeable(task.node) ? levelFor(task, last, placed) : `alone ${tasks.indexOf(task)}`;
    placed.set(key, [...(placed.get(key) ?? []), task]);
  }
  const groups = [...placed.values()].sort((a, b) => levelOf(a) - levelOf(b));
  if (groups.length === tasks.length) return null;
  const batchOf = new Map(groups.flatMap((group, index) => group.map((task) => [task, index] as const)));
  return groups.map((group) => ({
    fetches: group.map(({ node, path }) => ({ node, path })),
    after: [...new Set(group.flatMap(({ before }) => before.map((task) => batchOf.get(task) ?? 0)))],
  }));
}

/** Adds a part of the plan after these fetches; answers those that what follows has to wait for. */
function layOut(
  node: PlanNode,
  path: readonly PathStep[],
  before: readonly Task[],
  tasks: Task[],
): readonly Task[] | null {
  switch (node.kind) {
    case 'fetch': {
      if (node.operationKind !== 'query') return null;
      const level = before.reduce((highest, task) => Math.max(highest, task.level + 1), 0);
      const task: Task = { node, path, before, after: [], level };
      for (const earlier of before) earlier.after.push(task);
      tasks.push(task);
      return [task];
    }
    case 'flatten':
      return layOut(node.node, [...path, ...node.path], before, tasks);
    case 'sequence':
      return inSequence(node.nodes, path, before, tasks);
    case 'parallel':
      return inParallel(node.nodes, path, before, tasks);
    case 'defer': {
      const primary = inSequence(node.primary === null ? [] : [node.primary], path, before, tasks);
      const deferred = node.deferred.flatMap((part) => (part.node === null ? [] : [part.node]));
      return primary && inParallel(deferred, path, primary, tasks);
    }
    case 'condition':
      return null;
  }
}

function inSequence(nodes: readonly PlanNode[], path: readonly PathStep[], before: readonly Task[], tasks: Task[]) {
  let ends: readonly Task[] | null = before;
  for (const node of nodes) ends = ends && layOut(node, path, ends, tasks);
  return ends;
}

function inParallel(nodes: readonly PlanNode[], path: readonly PathStep[], before: readonly Task[], tasks: Task[]) {
  if (nodes.length === 0) return before;
  const ends = new Set<Task>();
  for (const node of nodes) {
    const found = layOut(node, path, before, tasks);
    if (found === null) return null;
    for (const task of found) ends.add(task);
  }
  return [...ends];
}

/** The latest batch of its subgraph that it may join, or one of its own as early as it can run. */
function levelFor(task: Task, last: number, placed: ReadonlyMap<string, readonly Task[]>): string {
  const latest = task.after.reduce((lowest, next) => Math.min(lowest, next.level - 1), last);
  for (let level = latest; level > task.level; level -= 1) {
    const key = `${level} ${task.node.subgraph}`;
    if (placed.has(key)) {
      task.level = level;
      return key;
    }
  }
  return `${task.level} ${task.node.subgraph}`;
}

function levelOf([first]: readonly Task[]): number {
  return first?.level ?? 0;
}
