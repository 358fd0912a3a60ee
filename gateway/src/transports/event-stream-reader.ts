import { AppError } from '@cauce/shared/errors/app-error';

/** More than this without the end of an event is no event stream of ours. */
const maxEventCharacters = 32 * 1024 * 1024;

/**
 * Reads the `next` events of a GraphQL stream (graphql-sse, one connection each) and ends with its `complete`. A
 * response that stops without it was cut off, and throws.
 */
export async function* readEventStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of body) {
    pending += decoder.decode(chunk, { stream: true });
    // A lone \r at the end may be the first half of a \r\n.
    const isHalf = pending.endsWith('\r');
    const text = (isHalf ? pending.slice(0, -1) : pending).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
    const blocks = text.split('\n\n');
    pending = (blocks.pop() ?? '') + (isHalf ? '\r' : '');
    if (pending.length > maxEventCharacters) throw new AppError('SUBGRAPH_UNAVAILABLE', 'An event is too large');
    for (const block of blocks) {
      const { name, data } = parseEvent(block);
      if (name === 'complete') return;
      if (name === 'next' && data !== '') yield data;
    }
  }
  throw new AppError('SUBGRAPH_UNAVAILABLE', 'The stream was cut off');
}

function parseEvent(block: string): { readonly name: string; readonly data: string } {
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const value = line.slice(colon + 1).replace(/^ /, '');
    const field = line.slice(0, colon);
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  }
  return { name, data: data.join('\n') };
}
