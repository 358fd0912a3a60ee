import { Worker } from 'node:worker_threads';
import type { ThreadReply } from './thread-task.ts';

export interface ComputeThread<Task, Answer> {
  /** Tasks are done one at a time, in the order in which they were given. @throws TaskFailed, or why the signal was aborted */
  run(task: Task, signal?: AbortSignal): Promise<Answer>;
  /** Ends the thread; the next task begins another. */
  end(): Promise<void>;
}

export interface ComputeThreadOptions {
  /** Script that calls `serveTasks`. */
  readonly script: URL;
  /** What one task may take, with starting the thread. */
  readonly milliseconds: number;
  readonly heapMegabytes: number;
  /** How long it waits for another task before it ends. */
  readonly idleMilliseconds?: number;
}

/** One task came to nothing; the others are not harmed by it. */
export class TaskFailed extends Error {
  readonly code: 'TOOK_TOO_LONG' | 'NEEDS_TOO_MUCH_MEMORY' | 'FAILED';

  constructor(code: TaskFailed['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * A thread that computes what would keep this one from serving. It is begun by the first task and kept for the next; one
 * that takes too long, wants too much memory or breaks is ended, and the next task has a new one.
 */
export function createComputeThread<Task, Answer>(options: ComputeThreadOptions): ComputeThread<Task, Answer> {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const begin = () => {
    const begun = new Worker(options.script, {
      resourceLimits: { maxOldGenerationSizeMb: options.heapMegabytes, maxYoungGenerationSizeMb: 16 },
      // Nothing of this process is for it to read, and what a broken library prints says nothing that the error does not.
      ...{ env: {}, stdin: false, stderr: true },
    });
    begun.stderr.resume();
    begun.once('exit', () => {
      if (worker === begun) worker = null;
    });
    // A failure between two tasks is noticed by its end.
    begun.on('error', () => undefined);
    return begun;
  };

  const end = async () => {
    const ended = worker;
    worker = null;
    clearTimeout(idle);
    await ended?.terminate();
  };

  const doTask = async (task: Task, signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    clearTimeout(idle);
    worker ??= begin();
    const reply = await replyOf<Task, Answer>(worker, task, options.milliseconds, signal).catch(async (error) => {
      await end();
      throw error;
    });
    idle = setTimeout(() => void end(), options.idleMilliseconds ?? 10_000).unref();
    if ('answer' in reply) return reply.answer;
    if (reply.isBroken) await end();
    throw new TaskFailed('FAILED', reply.problem);
  };

  return {
    run(task, signal) {
      const done = last.then(() => doTask(task, signal));
      last = done.catch(() => undefined);
      return done;
    },
    end,
  };
}

async function replyOf<Task, Answer>(
  worker: Worker,
  task: Task,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<ThreadReply<Answer>> {
  const { promise, resolve, reject } = Promise.withResolvers<ThreadReply<Answer>>();
  const late = setTimeout(
    () => reject(new TaskFailed('TOOK_TOO_LONG', `${milliseconds} ms have passed`)),
    milliseconds,
  );
  const aborted = () => reject(signal?.reason);
  const failed = (error: unknown) => {
    const isMemory = error instanceof Error && Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY';
    reject(new TaskFailed(isMemory ? 'NEEDS_TOO_MUCH_MEMORY' : 'FAILED', String(error)));
  };
  const ended = (code: number) => reject(new TaskFailed('FAILED', `The thread ended with ${code}`));
  signal?.addEventListener('abort', aborted, { once: true });
  worker.once('message', resolve).once('error', failed).once('exit', ended);
  try {
    worker.postMessage(task);
    return await promise;
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', aborted);
    worker.off('message', resolve).off('error', failed).off('exit', ended);
  }
}
