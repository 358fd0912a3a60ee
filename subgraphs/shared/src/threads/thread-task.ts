import { parentPort } from 'node:worker_threads';

/** What a thread says about the task that it was given. */
export type ThreadReply<Answer> =
  | { readonly answer: Answer }
  | { readonly problem: string; readonly isBroken: boolean };

export interface ServedTasks<Task, Answer> {
  /** Computes one task; it reaches nothing but what it is given. */
  readonly compute: (task: Task) => Answer;
  /** Errors after which this thread must not compute any more. */
  readonly breaks?: (error: unknown) => boolean;
}

/** To be called once in the script of a thread: answers tasks one after the other. */
export function serveTasks<Task, Answer>({ compute, breaks }: ServedTasks<Task, Answer>): void {
  const port = parentPort;
  if (port === null) throw new Error('Computes in a thread of its own');
  port.on('message', (task: Task) => port.postMessage(replyTo(task)));

  function replyTo(task: Task): ThreadReply<Answer> {
    try {
      return { answer: compute(task) };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error), isBroken: breaks?.(error) ?? false };
    }
  }
}
