import { AppError } from '@cauce/shared/errors/app-error';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { namedRange } from './date-range.ts';
import { chooseFormat } from './export/formats.ts';
import { parametersOf } from './parameters.ts';
import { preferredLanguage } from './preferred-language.ts';
import { problemFrom } from './problem.ts';
import { createInputReader, variablesFrom } from './read-input.ts';
import { Refusal } from './refusal.ts';
import { readOperation } from './rest-operation.ts';

const schema = buildSchema(`
  scalar Decimal
  scalar Date
  input DateRangeInput { from: Date! to: Date! }
  enum Kind { WELL RIVER }
  input Filter {
    "Of these kinds."
    kinds: [Kind!]
    range: DateRangeInput
    deep: Boolean
  }
  type Point { id: ID! }
  type Query { points(filter: Filter, first: Int): [Point!]! point(id: ID!, price: Decimal): Point }
`);
const list = readOperation(
  'list',
  `query List($kind: [Kind!], $range: DateRangeInput, $deep: Boolean, $limit: Int! = 20) {
    points(first: $limit, filter: { kinds: $kind, range: $range, deep: $deep }) { id }
  }`,
  schema,
);
const parameters = parametersOf(
  { method: 'GET', path: '/api/points', rules: { limit: z.int().max(100) }, isPaged: false },
  list,
);
const read = createInputReader(parameters);
const now = new Date('2026-03-01T02:30:00Z');

const variables = (query: Record<string, unknown>) =>
  variablesFrom(list, read({ path: {}, query, body: undefined }), now);
const problems = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof Refusal ? error.fields.map(({ field, code }) => `${field} ${code}`) : error;
  }
  return 'nothing was refused';
};

describe('parameters', () => {
  it('are the variables of the operation, in the graph’s words', () => {
    expect(parameters.map(({ name, place, isRequired }) => ({ name, place, isRequired }))).toEqual(
      ['kind', 'from', 'to', 'date_range', 'time_zone', 'deep', 'limit'].map((name) => ({
        name,
        place: 'query',
        isRequired: false,
      })),
    );
    expect(parameters[0]?.description).toBe('Of these kinds.');
  });

  it('are read from text by their types: numbers, booleans, lists with commas or repeated', () => {
    expect(variables({ kind: 'WELL,RIVER', deep: 'true', limit: '5' })).toEqual({
      kind: ['WELL', 'RIVER'],
      deep: true,
      limit: 5,
    });
    expect(variables({ kind: ['WELL', 'RIVER'] })).toEqual({ kind: ['WELL', 'RIVER'], limit: 20 });
    expect(variables({ kind: '', deep: '' })).toEqual({ limit: 20 });
  });

  it('are refused with every wrong one named, unknown ones among them', () => {
    expect(problems(() => variables({ kinds: 'WELL', kind: 'SEA', deep: 'maybe', limit: '101' }))).toEqual([
      'kinds UNKNOWN',
      'kind.0 INVALID_VALUE',
      'deep INVALID_TYPE',
      'limit TOO_BIG',
    ]);
    expect(problems(() => variables({ limit: ['1', '2'] }))).toEqual(['limit INVALID_TYPE']);
    expect(problems(() => variables({ toString: '1', constructor: '2' }))).toEqual([
      'toString UNKNOWN',
      'constructor UNKNOWN',
    ]);
  });

  it('say a span as two days or by name, never both or half', () => {
    expect(variables({ from: '2026-01-01', to: '2026-01-31' })).toMatchObject({
      range: { from: '2026-01-01', to: '2026-01-31' },
    });
    expect(variables({ date_range: 'today', time_zone: 'America/Santiago' })).toMatchObject({
      range: { from: '2026-02-28', to: '2026-02-28' },
    });
    expect(problems(() => variables({ from: '2026-01-01' }))).toEqual(['to REQUIRED']);
    expect(problems(() => variables({ from: '2026-02-01', to: '2026-01-31' }))).toEqual(['from INVALID_RANGE']);
    expect(problems(() => variables({ from: '2026-01-01', to: '2026-01-31', date_range: 'today' }))).toEqual([
      'date_range INVALID_RANGE',
    ]);
    expect(problems(() => variables({ from: '2026-02-30', to: '2026-03-01' }))).toEqual(['from INVALID_FORMAT']);
    expect(problems(() => variables({ date_range: 'today', time_zone: 'Moon/Base' }))).toEqual(['time_zone CUSTOM']);
  });

  it('in a body take decimals as numbers and as text, and keep their digits', () => {
    const one = readOperation(
      'one',
      'query One($id: ID!, $price: Decimal) { point(id: $id, price: $price) { id } }',
      schema,
    );
    const readBody = createInputReader(parametersOf({ method: 'PUT', path: '/api/points/{id}', isPaged: false }, one));
    const from = (body: unknown) => variablesFrom(one, readBody({ path: { id: 'a' }, query: {}, body }), now);
    expect(from({ price: '123456789012345678.90' })).toEqual({ id: 'a', price: '123456789012345678.90' });
    expect(from({ price: 12.5 })).toEqual({ id: 'a', price: '12.5' });
    expect(from({ price: null })).toEqual({ id: 'a', price: null });
    expect(problems(() => from({ price: '1e5' }))).toEqual(['price INVALID_FORMAT']);
    expect(problems(() => from([1]))).toEqual(['body INVALID_TYPE']);
    expect(problems(() => from({ id: 'b', prise: 1 }))).toEqual(['prise UNKNOWN']);
  });
});

describe('spans by name', () => {
  it('hold their days in the time zone asked for, over ends of months and years', () => {
    const at = (name: Parameters<typeof namedRange>[0], instant = now, zone = 'UTC') => {
      const { from, to } = namedRange(name, instant, zone);
      return `${from} ${to}`;
    };
    expect(at('today')).toBe('2026-03-01 2026-03-01');
    expect(at('today', now, 'America/Santiago')).toBe('2026-02-28 2026-02-28');
    expect(at('yesterday')).toBe('2026-02-28 2026-02-28');
    expect(at('last_7_days')).toBe('2026-02-23 2026-03-01');
    expect(at('this_month')).toBe('2026-03-01 2026-03-01');
    expect(at('last_month')).toBe('2026-02-01 2026-02-28');
    expect(at('last_month', new Date('2028-03-31T12:00:00Z'))).toBe('2028-02-01 2028-02-29');
    expect(at('last_month', new Date('2026-01-15T12:00:00Z'))).toBe('2025-12-01 2025-12-31');
    expect(at('last_year')).toBe('2025-01-01 2025-12-31');
  });
});

describe('formats', () => {
  it('are chosen by name first, then by what Accept prefers, else JSON', () => {
    expect(chooseFormat('EXCEL', 'text/csv')).toBe('xlsx');
    expect(chooseFormat(undefined, undefined)).toBe('json');
    expect(chooseFormat(undefined, 'text/html, */*;q=0.1')).toBe('json');
    expect(chooseFormat('', 'application/json;q=0.5, text/csv')).toBe('csv');
    expect(chooseFormat(undefined, 'application/json, text/csv')).toBe('json');
  });

  it('are refused with 406 when they are not made here', () => {
    for (const [named, accept] of [
      ['pdf', undefined],
      ['constructor', undefined],
      [['csv', 'xlsx'], undefined],
      [undefined, 'image/png'],
      [undefined, 'application/json;q=0'],
    ] as const)
      expect(() => chooseFormat(named, accept)).toThrow(
        expect.objectContaining({ status: 406, code: 'NOT_ACCEPTABLE' }),
      );
  });
});

describe('problems', () => {
  it('say nothing of an unexpected failure but where to ask', () => {
    const { status, body } = problemFrom(new Error('SELECT secret FROM users'), 'request-1', '/api/x');
    expect(status).toBe(500);
    expect(body).toEqual({
      type: 'urn:cauce:problem:INTERNAL',
      title: 'Internal Server Error',
      status: 500,
      detail: 'Something went wrong on our side',
      instance: '/api/x',
      code: 'INTERNAL',
      requestId: 'request-1',
    });
  });

  it('tell how long to wait and how to identify oneself', () => {
    const limited = new AppError('RATE_LIMITED', 'Too often', { detail: { retryAfterSeconds: 7 } });
    expect(problemFrom(limited, 'request-1', '/').headers).toEqual({ 'retry-after': '7' });
    const unknown = new AppError('UNAUTHENTICATED', 'Who is it');
    expect(problemFrom(unknown, 'request-1', '/').headers).toEqual({ 'www-authenticate': 'Bearer realm="cauce"' });
  });
});

describe('the language of a sentence', () => {
  it('is what the client prefers of the two, Spanish otherwise', () => {
    expect(preferredLanguage(undefined)).toBe('es');
    expect(preferredLanguage('en-GB,en;q=0.9')).toBe('en');
    expect(preferredLanguage('de, en;q=0.3, es-CL;q=0.8')).toBe('es');
    expect(preferredLanguage('fr')).toBe('es');
    expect(preferredLanguage('es;q=0, en;q=0.1')).toBe('en');
  });
});
