import type { FetchBatch } from '../plan/fetch-schedule.ts';
import type { Step } from './plan-context.ts';
import type { Run } from './run.ts';

/** Runs each batch as soon as those before it have ended. */
export function compileSchedule(batches: readonly FetchBatch[], steps: readonly Step[]): Step {
  const next = batches.map((_batch, index) =>
    batches.flatMap(({ after }, later) => (after.includes(index) ? [later] : [])),
  );
  const counts = batches.map(({ after }) => after.length);
  const first = counts.flatMap((count, index) => (count === 0 ? [index] : []));
  return (run) => {
    const waitingFor = [...counts];
    let open = batches.length;
    let finish: (() => void) | null = null;
    const end = (index: number, of: Run): void => {
      open -= 1;
      for (const later of next[index] ?? []) {
        waitingFor[later] = (waitingFor[later] ?? 0) - 1;
        if (waitingFor[later] === 0) start(later, of);
      }
      if (open === 0) finish?.();
    };
    const start = (index: number, of: Run): void => {
      const pending = steps[index]?.(of);
      if (pending === undefined) end(index, of);
      else void pending.then(() => end(index, of));
    };
    for (const index of first) start(index, run);
    if (open === 0) return undefined;
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  };
}
