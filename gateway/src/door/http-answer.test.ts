import { describe, expect, it } from 'vitest';
import { statusOf } from './http-answer.ts';

const refused = (code: string) => ({ errors: [{ message: 'No', extensions: { code } }] });

describe('the status of an answer', () => {
  it('is 200 when there is data, also beside errors and when it is null', () => {
    for (const format of ['json', 'graphql-response'] as const) {
      expect(statusOf({ data: { a: 1 } }, format)).toBe(200);
      expect(statusOf({ ...refused('INTERNAL'), data: { a: null } }, format)).toBe(200);
      expect(statusOf({ ...refused('SUBGRAPH_UNAVAILABLE'), data: null }, format)).toBe(200);
    }
  });

  it.each([
    ['GRAPHQL_PARSE_FAILED', 400, 200],
    ['OPERATION_TOO_COSTLY', 400, 200],
    ['PERSISTED_QUERY_NOT_FOUND', 200, 200],
    ['UNAUTHENTICATED', 401, 401],
    ['TIMEOUT', 504, 504],
    ['A_CODE_NOBODY_KNOWS', 500, 500],
  ])('of %s is %i, and %i for clients of the older agreement', (code, status, older) => {
    expect(statusOf(refused(code), 'graphql-response')).toBe(status);
    expect(statusOf(refused(code), 'json')).toBe(older);
  });
});
