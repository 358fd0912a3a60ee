import { setTimeout } from 'node:timers/promises';
import { Refusal } from '../refusal.ts';
import type { ReadPage } from './row-pages.ts';

/** Resolves after that many milliseconds, and rejects at once when the signal aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

const longestWaitSeconds = 60;

/**
 * Reads the pages of a file at the pace of the asker's quota: where a page after the first is refused for having spent
 * this minute's units, it waits as long as it is told and asks again, so that a long file is slow rather than torn. The
 * first page, before anything was sent, and longer waits are refused as they are.
 */
export function patientPages(read: ReadPage, gone: AbortSignal, wait: Wait = waitInTime): ReadPage {
  let hasBegun = false;
  return async (variables) => {
    for (;;) {
      try {
        const data = await read(variables);
        hasBegun = true;
        return data;
      } catch (error) {
        const seconds = hasBegun ? waitOf(error) : null;
        if (seconds === null || seconds > longestWaitSeconds) throw error;
        await wait(seconds * 1_000, gone);
      }
    }
  };
}

async function waitInTime(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal });
}

function waitOf(error: unknown): number | null {
  if (!(error instanceof Refusal) || error.code !== 'RATE_LIMITED') return null;
  const seconds = Number(error.headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
