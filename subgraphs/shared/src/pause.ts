import { setTimeout as wait } from 'node:timers/promises';

/** Waits so many milliseconds, or until the signal ends it, at once where it has been; never rejects, and leaves nothing behind on the signal. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}
