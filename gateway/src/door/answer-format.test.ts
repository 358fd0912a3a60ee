import { describe, expect, it } from 'vitest';
import { answerFormat } from './answer-format.ts';

describe('the format of an answer', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/json; charset=utf-8', 'json'],
    ['application/graphql-response+json', 'graphql-response'],
    ['application/graphql-response+json; charset="UTF-8", application/json;q=0.9', 'graphql-response'],
    ['application/json;q=0.1, application/graphql-response+json;q=0.2', 'graphql-response'],
    ['text/event-stream', 'event-stream'],
    ['text/event-stream, application/json', 'event-stream'],
    ['application/json;q=0.5, text/event-stream', 'event-stream'],
    // What urql sends with every query.
    [
      'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
      'graphql-response',
    ],
    ['text/html, */*;q=0.1', 'json'],
    ['text/event-stream;q=0', null],
    ['text/html', null],
    ['application/json; charset=iso-8859-1', null],
    ['application/json;q=nonsense', null],
  ])('%s → %s', (accept, expected) => {
    expect(answerFormat(accept)).toBe(expected);
  });
});
