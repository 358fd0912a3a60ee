import { createHash } from 'node:crypto';
import type { Log } from '@cauce/shared/log/log';
import { LRUCache } from 'lru-cache';
import { type PlannerProcess, startPlannerProcess } from './planner-process.ts';

/** Why there is no plan; a closed set, for metrics. */
export type WhyNoPlan =
  /** The native package cannot be loaded here. */
  | 'missing'
  /** The process ended over another operation a moment ago. */
  | 'down'
  /** Too many wait, or this one has waited too long. */
  | 'busy'
  /** It has ended the process before, or kept it past the deadline; it is not asked again. */
  | 'poison'
  | 'timeout'
  | 'crash'
  /** The planner says that it cannot. */
  | 'refused'
  /** The planner cannot work on this supergraph at all. */
  | 'graph';

export class NoPlan extends Error {
  override readonly name = 'NoPlan';
  readonly why: WhyNoPlan;

  constructor(why: WhyNoPlan, message: string = why) {
    super(message);
    this.why = why;
  }
}

export interface GraphText {
  /** Names the supergraph. */
  readonly key: string;
  readonly sdl: string;
}

export interface PlanQuestion {
  readonly operation: string;
  /** Labels of the overrides in force. */
  readonly labels: readonly string[];
  /** Where the request stands between 0 and 100, for overrides by percentage. */
  readonly percentage: number;
}

export interface IsolatedPlannerLimits {
  /** For one plan, in milliseconds. */
  readonly deadlineMs: number;
  /** For reading a supergraph. */
  readonly loadMs: number;
  /** How many may wait while another is planned, and for how long. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  /** How many operations are remembered as never to be asked again. */
  readonly maxPoison: number;
  /** How long to wait before the next start, after so many ends in a row. */
  readonly restartMs: (ends: number) => number;
}

export interface IsolatedPlannerOptions {
  readonly log: Log;
  readonly limits?: Partial<IsolatedPlannerLimits>;
  /** All that the process sees of an environment. Default: nothing. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called for every end of the process that nobody wished for. */
  readonly ended?: () => void;
}

/** A planner that may abort the process it runs in, in a process where that harms nobody. */
export interface IsolatedPlanner {
  /** The plan as the planner words it. Rejects with `NoPlan`, and within the limits. */
  plan(graph: GraphText, question: PlanQuestion): Promise<unknown>;
  /** Resolves once it is known whether the planner can be used here at all. */
  readonly checked: Promise<void>;
  /** The process of now, if there is one. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

const defaultLimits: IsolatedPlannerLimits = {
  ...{ deadlineMs: 500, loadMs: 10_000, maxWaiting: 64, maxWaitMs: 500, maxPoison: 10_000 },
  // At once, then after 0.25, 0.5, 1 … 30 s.
  restartMs: (ends) => (ends < 2 ? 0 : Math.min(30_000, 125 * 2 ** (ends - 1))),
};
/** One that has lived this long begins to count anew. */
const steadyMs = 10_000;
/** As many supergraphs as the process holds. */
const maxGraphs = 2;
/** Something else may have ended the process while it was reading, so once is not enough to give a supergraph up. */
const maxReads = 2;

interface Task extends PlanQuestion {
  readonly graph: GraphText;
  readonly hash: string;
  readonly timer: NodeJS.Timeout;
  resolve(plan: unknown): void;
  reject(why: NoPlan): void;
}

/** Starts the process at once, and again whenever it ends. */
export function createIsolatedPlanner(options: IsolatedPlannerOptions): IsolatedPlanner {
  const { log, ended = () => undefined } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const waiting: Task[] = [];
  const poison = new LRUCache<string, true>({ max: limits.maxPoison });
  /** How often a supergraph could not be read, or the process has ended over it. */
  const unread = new LRUCache<string, number>({ max: 16 });
  /** Set while the process is up, and told apart by identity from the one after it. */
  let running: PlannerProcess | null = null;
  let isReady = false;
  let isBusy = false;
  let isMissing = false;
  let isStopped = false;
  let loaded: readonly string[] = [];
  let ends = 0;
  let restart: NodeJS.Timeout | undefined;
  let markChecked = () => {};
  const checked = new Promise<void>((resolve) => {
    markChecked = resolve;
  });

  const start = () => {
    const startedAt = performance.now();
    const own = startPlannerProcess(options.env ?? {});
    running = own;
    void own.problem.then((problem) => {
      markChecked();
      if (problem === null) {
        isReady = true;
        next();
        return;
      }
      isMissing = true;
      log.warn({ problem }, "Hive's planner cannot be loaded here; every operation is planned by Apollo's");
      own.kill();
    });
    void own.ended.then((end) => {
      running = null;
      isReady = false;
      loaded = [];
      markChecked();
      if (isStopped || isMissing) return refuseAll(isMissing ? 'missing' : 'down');
      ended();
      ends = performance.now() - startedAt > steadyMs ? 1 : ends + 1;
      const delayMs = limits.restartMs(ends);
      log.warn({ ...end, ends, delayMs }, "Hive's planner has ended its process; another is started");
      if (delayMs === 0) return start();
      refuseAll('down');
      restart = setTimeout(start, delayMs);
    });
  };
  const refuseAll = (why: WhyNoPlan) => {
    for (const task of waiting.splice(0)) {
      clearTimeout(task.timer);
      task.reject(new NoPlan(why));
    }
  };

  const next = () => {
    if (isBusy || running === null || !isReady) return;
    const task = waiting.shift();
    if (task === undefined) return;
    clearTimeout(task.timer);
    isBusy = true;
    void work(running, task)
      .then(task.resolve, task.reject)
      .finally(() => {
        isBusy = false;
        next();
      });
  };
  const work = async (own: PlannerProcess, { graph, hash, operation, labels, percentage }: Task): Promise<unknown> => {
    const { key, sdl } = graph;
    if ((unread.get(key) ?? 0) >= maxReads) throw new NoPlan('graph');
    if (!loaded.includes(key)) {
      try {
        const { kind, message } = await within(own, own.ask({ kind: 'load', graph: key, sdl }), limits.loadMs);
        if (kind !== 'loaded') throw new NoPlan('graph', message);
      } catch (error) {
        unread.set(key, (unread.get(key) ?? 0) + 1);
        log.warn({ err: error }, "Hive's planner could not read the supergraph; Apollo's works on it");
        throw new NoPlan('graph');
      }
      loaded = [...loaded, key].slice(-maxGraphs);
    }
    try {
      const question = { kind: 'plan', graph: key, operation, labels, percentage } as const;
      const { kind, message, plan } = await within(own, own.ask(question), limits.deadlineMs);
      if (kind === 'planned') return plan;
      throw new NoPlan('refused', message);
    } catch (error) {
      const why = error instanceof NoPlan ? error : new NoPlan('refused', String(error));
      if (why.why === 'crash' || why.why === 'timeout') {
        poison.set(hash, true);
        log.warn({ hash, why: why.why }, "Hive's planner is not asked about this operation again");
      }
      throw why;
    }
  };

  start();
  return {
    checked,
    get pid() {
      return running?.pid;
    },
    plan(graph, question) {
      const hash = hashOf(question);
      if (isMissing) return Promise.reject(new NoPlan('missing'));
      if (poison.has(hash)) return Promise.reject(new NoPlan('poison'));
      if (isStopped || running === null) return Promise.reject(new NoPlan('down'));
      if (waiting.length >= limits.maxWaiting) return Promise.reject(new NoPlan('busy'));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(task), 1);
          reject(new NoPlan('busy'));
        }, limits.maxWaitMs);
        const task: Task = { ...question, graph, hash, timer, resolve, reject };
        waiting.push(task);
        next();
      });
    },
    async stop() {
      isStopped = true;
      clearTimeout(restart);
      const last = running;
      last?.kill();
      await last?.ended;
      refuseAll('down');
    },
  };
}

/** The answer, unless the process ends or keeps us waiting; then it is ended, for it may never come to an end itself. */
async function within<Value>(own: PlannerProcess, answer: Promise<Value>, deadlineMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoPlan('timeout')), deadlineMs);
  });
  const gone = own.ended.then(({ how }): never => {
    throw new NoPlan('crash', how);
  });
  try {
    return await Promise.race([answer, gone, late]);
  } catch (error) {
    if (error instanceof NoPlan && error.why === 'timeout') {
      own.kill();
      await own.ended;
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function hashOf({ operation, labels, percentage }: PlanQuestion): string {
  return createHash('sha256')
    .update(JSON.stringify([operation, labels, percentage]))
    .digest('base64url');
}
