import type { ServerResponse } from 'node:http';

const heartbeatMs = 12_000;
const drainWaitMs = 10_000;

/**
 * Writes texts as Server-Sent Events in graphql-sse's distinct-connection mode: `next` for each, then `complete`.
 * Waits for the client to take what was written; one that takes nothing for ten seconds is dropped.
 */
export async function writeEventStream(
  response: ServerResponse,
  texts: AsyncIterable<string>,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  // Sends the head at once, so that the client knows the stream is open before the first event.
  response.write(':\n\n');
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
  heartbeat.unref();
  try {
    for await (const text of texts) {
      if (signal.aborted) break;
      if (!response.write(`event: next\ndata: ${text}\n\n`)) await drained(response, signal);
    }
    if (!signal.aborted) response.write('event: complete\ndata: \n\n');
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
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
