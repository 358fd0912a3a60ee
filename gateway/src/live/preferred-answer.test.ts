import { describe, expect, it } from 'vitest';
import { prefersEventStream } from './preferred-answer.ts';

describe('prefersEventStream', () => {
  it.each([
    ['text/event-stream', true],
    ['text/event-stream, application/json', true],
    ['application/json;q=0.5, text/event-stream', true],
    // What urql sends with every query.
    [
      'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
      false,
    ],
    ['*/*', false],
    ['text/event-stream;q=0', false],
    [undefined, false],
  ])('%s → %s', (accept, expected) => {
    expect(prefersEventStream(accept)).toBe(expected);
  });
});
