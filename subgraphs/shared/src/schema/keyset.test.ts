import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { type KeyColumn, readKeyset, toPage } from './keyset.ts';

const id = '0f0e0d0c-0000-4000-8000-000000000001';
const at = '2026-11-20T14:05:00.123Z';
const cursorOf = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');
const refusal = 'after is not a cursor of this list';

describe('readKeyset', () => {
  it.each<[readonly KeyColumn[], readonly string[]]>([
    [
      ['text', 'id'],
      ["O'Higgins ñ", id],
    ],
    [
      ['instant', 'id'],
      [at, id],
    ],
    [['instant'], [at]],
  ])('goes on where a page of %j ended', (columns, values) => {
    const first = readKeyset({ first: 1 }, columns);
    expect(first).toEqual({ limit: 1, after: null });
    const { endCursor } = toPage(
      [values],
      first,
      (row) => row,
      async () => 1,
    ).pageInfo;
    expect(readKeyset({ after: endCursor }, columns)).toEqual({ limit: 50, after: values });
  });

  it.each([
    ['text where an id belongs', [at, "x'; DROP"]],
    ['a name where an instant belongs', ['Pozo 1', id]],
    ['a day that is none', ['2026-02-30T00:00:00.000Z', id]],
    ['the year 0', ['0000-01-01T00:00:00.000Z', id]],
    ['an instant of another form', ['2026-11-20', id]],
    ['a number', [1, id]],
    ['null', [null, id]],
    ['too few columns', [id]],
    ['too many columns', [at, id, id]],
    ['no list', 'x'],
  ])('refuses a cursor with %s before it reaches the database', (_name, values) => {
    expect(() => readKeyset({ after: cursorOf(values) }, ['instant', 'id'])).toThrow(refusal);
  });

  it('refuses a zero character, which Postgres cannot hold, and paging backwards', () => {
    expect(() => readKeyset({ after: cursorOf(['a\0b', id]) }, ['text', 'id'])).toThrow(refusal);
    expect(() => readKeyset({ last: 5 }, ['id'])).toThrow('use first and after');
  });

  it('answers any text at all with a place of its list or BAD_USER_INPUT, and nothing else', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    fc.assert(
      fc.property(anything, fc.constantFrom<KeyColumn>('text', 'instant', 'id'), (after, column) => {
        try {
          expect(readKeyset({ after }, [column, 'id']).after).toHaveLength(2);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
        }
      }),
    );
  });
});
