import { AppError } from '@cauce/shared/errors/app-error';
import { toPage } from '@cauce/shared/schema/keyset';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CursorKind, readListCursor } from './list-cursor.ts';

const id = '018f3f3e-0000-7000-8000-000000000001';
const kinds: readonly CursorKind[] = ['text', 'number', 'instant', 'day'];
const cursorOf = (...values: (string | number | null)[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

describe('readListCursor', () => {
  it.each([
    ['text', "O'Higgins ñ"],
    ['number', '-12.340000'],
    ['instant', '2026-11-20T14:05:00.123Z'],
    ['day', '2026-02-28'],
  ] as const)('reads back the %s that a page ended with', (kind, value) => {
    const first = readListCursor({ first: 1 }, kind);
    const { pageInfo } = toPage(
      [{ value, id }],
      first.keyset,
      (row) => [row.value, row.id],
      async () => 1,
    );
    expect(readListCursor({ first: 1, after: pageInfo.endCursor }, kind).after).toEqual({ value, id });
  });

  it.each([
    ['text', 'a\0b'],
    ['number', "1'; DROP TABLE x"],
    ['number', 'NaN'],
    ['instant', '2026-02-30T00:00:00.000Z'],
    ['day', '2026-02-30'],
    ['day', 'infinity'],
  ] as const)('refuses a %s that the database would stumble over: %j', (kind, value) => {
    expect(() => readListCursor({ after: cursorOf(value, id) }, kind)).toThrow(AppError);
    expect(() => readListCursor({ after: cursorOf(value, 'no-uuid') }, kind)).toThrow(AppError);
  });

  it('answers any text at all with a cursor of its kind or BAD_USER_INPUT, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        fc.constantFrom(...kinds),
        (after, kind) => {
          try {
            const { after: read } = readListCursor({ after }, kind);
            expect(typeof read?.value).toBe('string');
          } catch (error) {
            expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
          }
        },
      ),
    );
  });
});
