import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { publicResult } from '../door/public-errors.ts';

/** The results of one operation as the texts of its events. */
export async function* eventTexts(
  results: AsyncIterable<ExecutionResult> | ExecutionResult,
  requestId: string,
): AsyncGenerator<string, void, void> {
  if (!(Symbol.asyncIterator in results)) {
    yield JSON.stringify(publicResult(results, requestId));
    return;
  }
  for await (const result of results) yield JSON.stringify(publicResult(result, requestId));
}

/** Ends a stream from outside, telling the client why before the connection closes. */
export function endEventStream(response: ServerResponse, code: string): void {
  const errors = [{ message: 'The stream was ended by the server', extensions: { code } }];
  response.write(`event: next\ndata: ${JSON.stringify({ errors })}\n\nevent: complete\ndata: \n\n`);
  response.end();
}
