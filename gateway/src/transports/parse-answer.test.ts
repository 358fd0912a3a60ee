import { AppError } from '@cauce/shared/errors/app-error';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAnswer, saysJson } from './parse-answer.ts';

it('takes what is an answer, and refuses everything else as unavailable', () => {
  const anything = fc.oneof(fc.string(), fc.json());
  const answerLike = fc
    .record({ data: fc.jsonValue(), errors: fc.jsonValue(), extensions: fc.jsonValue() }, { requiredKeys: [] })
    .map((value) => JSON.stringify(value));
  fc.assert(
    fc.property(fc.oneof(anything, answerLike), (text) => {
      try {
        const { data, errors } = parseAnswer(text);
        expect(data !== undefined || errors !== undefined).toBe(true);
        expect(data === undefined || data === null || Object.getPrototypeOf(data) === Object.prototype).toBe(true);
        for (const { message } of errors ?? []) expect(typeof message).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect(error).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
      }
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  'null',
  '[]',
  '"data"',
  '{}',
  '{"data":[]}',
  '{"data":"no"}',
  '{"errors":{}}',
  '{"data":{},"errors":[1]}',
  '{',
])('does not believe %s', (text) => {
  expect(() => parseAnswer(text)).toThrow(AppError);
});

it('keeps an error whose path or extensions make no sense, without them', () => {
  const { errors } = parseAnswer('{"data":null,"errors":[{"message":"broke","path":"nowhere","extensions":[1]}]}');
  expect(errors).toEqual([{ message: 'broke', path: undefined, extensions: undefined }]);
});

it('reads only what says that it is JSON, or says nothing', () => {
  for (const type of ['', 'application/json', 'application/json; charset=utf-8', 'application/graphql-response+json'])
    expect(saysJson(type)).toBe(true);
  for (const type of ['text/html', 'text/plain', 'application/octet-stream', 'multipart/mixed'])
    expect(saysJson(type)).toBe(false);
});
