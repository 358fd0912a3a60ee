import type { Log } from '../log/log.ts';

/** What was started, and how to end it: the last first. */
export interface StopStack {
  /** Remembers how to end something, and within which time. */
  push(name: string, stop: () => Promise<void> | void, timeoutMs?: number): void;
  /** Ends everything, each within its time; what fails or is late is logged and does not keep the rest from ending. */
  stop(): Promise<void>;
}

export function createStopStack(log: Log): StopStack {
  const entries: { readonly name: string; readonly stop: () => Promise<void> | void; readonly timeoutMs: number }[] =
    [];
  let stopping: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    for (let entry = entries.pop(); entry; entry = entries.pop()) {
      const { name, stop, timeoutMs } = entry;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), timeoutMs);
      });
      try {
        const outcome = await Promise.race([Promise.resolve().then(stop), late]);
        if (outcome === 'late') log.warn({ part: name, timeoutMs }, 'A part did not stop in time; going on without it');
      } catch (err) {
        log.warn({ err, part: name }, 'A part did not stop cleanly');
      } finally {
        clearTimeout(timer);
      }
    }
  };
  return {
    push: (name, stop, timeoutMs = 5_000) => {
      entries.push({ name, stop, timeoutMs });
    },
    stop: () => {
      stopping ??= run();
      return stopping;
    },
  };
}
