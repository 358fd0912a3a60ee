import type { ServerResponse } from 'node:http';
import { AppError } from '@cauce/shared/errors/app-error';

/** Nobody waits for the answer any more: what ends with it did not fail. */
export class ClientGone extends AppError {
  override readonly name = 'ClientGone';
  constructor() {
    super('TIMEOUT', 'The client has gone');
  }
}

/** What ends the work of one HTTP request before its answer: its client left, or its time is up. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Called when the answer is there: neither matters any more. */
  clear(): void;
}

/** Starts the time of a request. The signal's reason is an `AppError` TIMEOUT when time was up, or `ClientGone`. */
export function startDeadline(response: ServerResponse, timeoutMs: number): Deadline {
  const ending = new AbortController();
  const left = () => ending.abort(new ClientGone());
  const timer = setTimeout(
    () => ending.abort(new AppError('TIMEOUT', 'The operation took too long and was ended')),
    timeoutMs,
  );
  response.once('close', left);
  // It may have left while who it is was being looked up.
  if (response.closed) left();
  return {
    signal: ending.signal,
    clear() {
      clearTimeout(timer);
      response.off('close', left);
    },
  };
}
