import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { publicResult } from '../door/public-errors.ts';

const heartbeatMs = 12_000;
const drainWaitMs = 10_000;

/**
 * Writes one operation's results as Server-Sent Events in graphql-sse's distinct-connection mode: `next` for each
 * result, then `complete`. Waits for the client to take what was written; one that takes nothing is dropped.
 */
export async function writeEventStream(
  response: ServerResponse,
  results: AsyncIterable<ExecutionResult> | ExecutionResult,
  requestId: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(':\n\n');
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
  heartbeat.unref();
  try {
    for await (const result of toIterable(results)) {
      if (signal.aborted) break;
      const text = JSON.stringify(publicResult(result, requestId));
      if (!response.write(`event: next\ndata: ${text}\n\n`)) await drained(response, signal);
    }
    if (!signal.aborted) response.write('event: complete\ndata: \n\n');
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

/** Ends a stream from outside, telling the client why before the connection closes. */
export function endEventStream(response: ServerResponse, code: string): void {
  const errors = [{ message: 'The stream was ended by the server', extensions: { code } }];
  response.write(`event: next\ndata: ${JSON.stringify({ errors })}\n\nevent: complete\ndata: \n\n`);
  response.end();
}

async function* toIterable(results: AsyncIterable<ExecutionResult> | ExecutionResult): AsyncIterable<ExecutionResult> {
  if (Symbol.asyncIterator in results) yield* results;
  else yield results;
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      response.destroy();
      settle();
      reject(new Error('The client does not read its event stream'));
    }, drainWaitMs);
    const settle = () => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      signal.removeEventListener('abort', onDrain);
    };
    const onDrain = () => {
      settle();
      resolve();
    };
    response.once('drain', onDrain);
    signal.addEventListener('abort', onDrain, { once: true });
  });
}
