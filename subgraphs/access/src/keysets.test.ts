import { type Keyset, toPage } from '@cauce/shared/schema/keyset';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNameKeyset, readTimeKeyset } from './keysets.ts';

const id = '019a0000-0000-7000-8000-000000000001';
const cursorOf = (values: readonly (string | number | null)[]): string => {
  const start: Keyset = { limit: 1, after: null };
  return (
    toPage(
      [values],
      start,
      (row) => row,
      async () => 1,
    ).pageInfo.endCursor ?? ''
  );
};

describe('keysets', () => {
  it('continue where a cursor of the same list stands', () => {
    expect(readNameKeyset({ first: 5, after: cursorOf(['Ana', id]) })).toEqual({ limit: 5, after: ['Ana', id] });
    const at = '2026-11-20T12:00:00.000Z';
    expect(readTimeKeyset({ after: cursorOf([at, id]) }).after).toEqual([at, id]);
    expect(readTimeKeyset({}).after).toBeNull();
  });

  it('refuse a cursor of another list, whatever stands in it', () => {
    const keys = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(keys, keys, (key, other) => {
        expect(() => readTimeKeyset({ after: cursorOf([key, other]) })).toThrow('after is not a cursor of this list');
        expect(() => readNameKeyset({ after: cursorOf([key, other]) })).toThrow('after is not a cursor of this list');
      }),
    );
    expect(() => readNameKeyset({ after: cursorOf(['a\0b', id]) })).toThrow();
    expect(() => readTimeKeyset({ after: cursorOf(['yesterday', id]) })).toThrow();
  });
});
