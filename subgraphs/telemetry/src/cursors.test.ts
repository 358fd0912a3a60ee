import { describe, expect, it } from 'vitest';
import { readPage } from './cursors.ts';

const cursor = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');
const id = '0f0e0d0c-0000-4000-8000-000000000001';

describe('readPage', () => {
  it('reads the cursor of its own list', () => {
    expect(readPage({ after: cursor(['2026-11-20T00:00:00.000Z', id]) }, ['instant', 'id']).after).toEqual([
      '2026-11-20T00:00:00.000Z',
      id,
    ]);
    expect(readPage({}, ['text', 'id'])).toEqual({ limit: 50, after: null });
  });

  it.each([
    ['text where an id belongs', ['2026-11-20T00:00:00.000Z', "x'; DROP"]],
    ['a name where an instant belongs', ['Pozo 1', id]],
    ['a number', [1, id]],
    ['null', [null, id]],
    ['too few columns', [id]],
  ])('refuses a cursor with %s before it reaches the database', (_name, values) => {
    expect(() => readPage({ after: cursor(values) }, ['instant', 'id'])).toThrow('after is not a cursor of this list');
  });
});
