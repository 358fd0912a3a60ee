import type { ServerResponse } from 'node:http';
import type { IncrementalAnswer, IncrementalPayload } from '../execute/incremental-answer.ts';
import { publicError, publicResult } from './public-errors.ts';

/** The agreement that Apollo Client and urql read: parts between dashes, the first with what is there already. */
const contentType = 'multipart/mixed; boundary="-"; deferSpec=20220824';
const drainWaitMs = 10_000;

/** Whether a client takes an answer in parts, in the form that we write: named by its date, or not named at all. */
export function acceptsParts(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (type !== 'multipart/mixed' || parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return false;
    const spec = parameters.find((parameter) => parameter.startsWith('deferspec='));
    return spec === undefined || /^deferspec="?20220824"?$/.test(spec);
  });
}

/**
 * Writes an answer part by part, each as soon as it is there, at the pace of the client; one that takes nothing for ten
 * seconds is dropped. Nothing more is fetched once the signal ends: then the last part says that no other comes.
 */
export async function writeParts(
  response: ServerResponse,
  { initial, rest }: IncrementalAnswer,
  headers: Readonly<Record<string, string>>,
  requestId: string,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    ...headers,
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const write = async (payload: object, hasNext: boolean) => {
    const text = `content-type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(payload)}\r\n---${hasNext ? '' : '--'}\r\n`;
    if (!response.write(text)) await drained(response);
  };
  response.write('\r\n---\r\n');
  let isOpen = true;
  try {
    await write({ ...publicResult(initial, requestId), hasNext: true }, true);
    for await (const payload of rest) {
      isOpen = payload.hasNext;
      await write(publicPayload(payload, requestId), isOpen);
      if (signal.aborted) break;
    }
    if (isOpen) await write({ hasNext: false }, false);
  } finally {
    await rest.return();
    response.end();
  }
}

function publicPayload({ incremental, hasNext }: IncrementalPayload, requestId: string): object {
  if (incremental === undefined) return { hasNext };
  return {
    incremental: incremental.map(({ errors, ...part }) => ({
      ...part,
      ...(errors === undefined ? {} : { errors: errors.map((error) => publicError(error, requestId)) }),
    })),
    hasNext,
  };
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      response.off('drain', end);
      response.off('close', end);
      resolve();
    };
    const timer = setTimeout(() => response.destroy(), drainWaitMs);
    response.once('drain', end);
    response.once('close', end);
    if (response.closed) end();
  });
}
