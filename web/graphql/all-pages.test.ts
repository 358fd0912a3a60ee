import { describe, expect, it } from 'vitest';
import { allPages } from './all-pages.ts';

const page = (edges: number[], endCursor: string | null, hasNextPage = endCursor !== null) => ({
  edges,
  pageInfo: { hasNextPage, endCursor },
});

describe('all pages of a list', () => {
  it('follows the cursors to the end and keeps the order', async () => {
    const pages: Record<string, ReturnType<typeof page>> = {
      '': page([1, 2], 'a'),
      a: page([3], 'b'),
      b: page([4], null),
    };
    expect(await allPages(async (after) => pages[after ?? ''] ?? null)).toEqual([1, 2, 3, 4]);
  });
  it('fails as a whole when one page cannot be had', async () => {
    await expect(allPages(async (after) => (after === null ? page([1], 'a') : null))).rejects.toThrow(
      'could not be fetched',
    );
  });
  it('does not run for ever after a cursor that goes in circles', async () => {
    await expect(allPages(async () => page([1], 'same'))).rejects.toThrow('no end');
  });
});
