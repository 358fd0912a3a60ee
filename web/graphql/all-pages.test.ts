import { describe, expect, it } from 'vitest';
import { allPages } from './all-pages.ts';

const page = (cursors: string[], hasNextPage: boolean) => ({
  edges: cursors.map((cursor) => ({ cursor })),
  pageInfo: { hasNextPage, endCursor: cursors.at(-1) ?? null },
});
const cursorsOf = (edges: readonly { cursor: string }[]) => edges.map(({ cursor }) => cursor);

describe('all pages of a list', () => {
  it('follows the cursors to the end and keeps the order', async () => {
    const pages: Record<string, ReturnType<typeof page>> = {
      '': page(['1', '2'], true),
      '2': page(['3'], true),
      '3': page(['4'], false),
    };
    expect(cursorsOf(await allPages(async (after) => pages[after ?? ''] ?? null))).toEqual(['1', '2', '3', '4']);
  });
  it('counts a row once when the cache answers a page with the ones before it', async () => {
    const pages: Record<string, ReturnType<typeof page>> = {
      '': page(['1', '2'], true),
      '2': page(['1', '2', '3'], false),
    };
    expect(cursorsOf(await allPages(async (after) => pages[after ?? ''] ?? null))).toEqual(['1', '2', '3']);
  });
  it('fails as a whole when one page cannot be had', async () => {
    const first = page(['1'], true);
    await expect(allPages(async (after) => (after === null ? first : null))).rejects.toThrow('could not be fetched');
  });
  it('does not run for ever after a cursor that goes in circles', async () => {
    await expect(allPages(async () => page(['same'], true))).rejects.toThrow('no end');
  });
});
