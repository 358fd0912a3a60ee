import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@cauce/shared/errors/app-error';
import type { Dispatcher } from 'undici';

export interface Exchange {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends it, with its reason. */
  readonly signal: AbortSignal;
  /** For all of it: a place in the pool, the request, the last byte of the answer. */
  readonly timeoutMs: number;
}

export interface Exchanged {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * Posts and reads the whole answer straight off the dispatcher: `request()` would make a stream, an abort controller
 * and two listeners for each of thousands of small answers. Rejects with what the dispatcher says, with the signal's
 * reason, or with TIMEOUT.
 */
export function exchange(dispatcher: Dispatcher, { path, headers, body, signal, timeoutMs }: Exchange) {
  return new Promise<Exchanged>((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let ended: unknown = null;
    let status = 0;
    let contentType = '';
    const chunks: Buffer[] = [];
    const leave = (reason: unknown) => {
      ended ??= reason;
      controller?.abort(reason instanceof Error ? reason : new Error('ended'));
      fail(reason);
    };
    const leaveWithSignal = () => leave(signal.reason);
    const timer = setTimeout(() => leave(new AppError('TIMEOUT', 'A subgraph took too long')), timeoutMs);
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leaveWithSignal);
    };
    const fail = (reason: unknown) => {
      finish();
      reject(reason);
    };
    if (signal.aborted) return fail(signal.reason);
    signal.addEventListener('abort', leaveWithSignal, { once: true });
    try {
      dispatcher.dispatch(
        { path, method: 'POST', headers, body },
        {
          onRequestStart(started) {
            controller = started;
            if (ended !== null) started.abort(ended instanceof Error ? ended : new Error('ended'));
          },
          onResponseStart(_controller, code: number, answered: IncomingHttpHeaders) {
            status = code;
            contentType = String(answered['content-type'] ?? '');
          },
          onResponseData(_controller, chunk) {
            chunks.push(chunk);
          },
          onResponseEnd() {
            finish();
            const [only] = chunks;
            resolve({ status, contentType, body: chunks.length === 1 && only ? only : Buffer.concat(chunks) });
          },
          onResponseError(_controller, error) {
            fail(ended ?? error);
          },
        },
      );
    } catch (error) {
      fail(error);
    }
  });
}
