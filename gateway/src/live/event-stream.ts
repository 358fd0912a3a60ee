import type { ServerResponse } from 'node:http';

/** Ends a stream from outside, telling the client why before the connection closes. */
export function endEventStream(response: ServerResponse, code: string): void {
  const errors = [{ message: 'The stream was ended by the server', extensions: { code } }];
  response.write(`event: next\ndata: ${JSON.stringify({ errors })}\n\nevent: complete\ndata: \n\n`);
  response.end();
}
