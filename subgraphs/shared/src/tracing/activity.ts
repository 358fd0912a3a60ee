import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';

/** What the code that runs now belongs to. */
export interface Activity {
  /** The request's id, or that of the job. */
  readonly requestId: string;
  /** The span it runs under; null while nothing is traced. */
  readonly trace: Context | null;
}

// The flow of calls is the process's own: it needs no configuration, holds nothing, and costs nothing until used.
const flow = new AsyncLocalStorage<Activity>();

/** What the caller belongs to, through every `await` since `runAs`; undefined outside of requests and jobs. */
export function currentActivity(): Activity | undefined {
  return flow.getStore();
}

/** Runs `work`, and all that it starts, as part of an activity. */
export function runAs<Value>(activity: Activity, work: () => Value): Value {
  return flow.run(activity, work);
}

/** The function as part of the activity in which it is bound now, for callbacks that others call. */
export function bindActivity<Args extends unknown[], Value>(work: (...args: Args) => Value): (...args: Args) => Value {
  const activity = currentActivity();
  return activity === undefined ? work : (...args) => flow.run(activity, () => work(...args));
}
