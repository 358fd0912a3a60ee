import { AppError } from '@cauce/shared/errors/app-error';

/** More than this without the end of an event is no event stream of ours. */
const maxEventCharacters = 32 * 1024 * 1024;

/**
 * Reads the `next` events of a GraphQL stream (graphql-sse, one connection each) and ends with its `complete`. A
 * response that stops without it was cut off, and throws.
 */
export async function* readEventStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  /** The event that has begun, in pieces: putting a long one together at each of them would take the square of it. */
  let pieces: string[] = [];
  let length = 0;
  let half = '';
  for await (const chunk of body) {
    const decoded = half + decoder.decode(chunk, { stream: true });
    // A lone \r at the end may be the first half of a \r\n.
    half = decoded.endsWith('\r') ? '\r' : '';
    const whole = half === '' ? decoded : decoded.slice(0, -1);
    const text = whole.includes('\r') ? whole.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : whole;
    const hasEnd = text.includes('\n\n') || (text.startsWith('\n') && pieces.at(-1)?.endsWith('\n') === true);
    if (text !== '') pieces.push(text);
    length += text.length;
    if (!hasEnd) {
      if (length > maxEventCharacters) throw new AppError('SUBGRAPH_UNAVAILABLE', 'An event is too large');
      continue;
    }
    const blocks = pieces.join('').split('\n\n');
    const rest = blocks.pop() ?? '';
    pieces = rest === '' ? [] : [rest];
    length = rest.length;
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
