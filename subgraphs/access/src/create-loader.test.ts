import { describe, expect, it } from 'vitest';
import { createIdLoader, createListLoader } from './create-loader.ts';

const id = (last: number) => `019a0000-0000-7000-8000-00000000000${last}`;

describe('loaders', () => {
  it('ask once for many ids, answer null for what is missing, and keep the order they were asked in', async () => {
    const asked: (readonly string[])[] = [];
    const loader = createIdLoader(async (ids) => {
      asked.push(ids);
      return [{ id: id(2) }, { id: id(1) }];
    });
    expect(await Promise.all([loader.load(id(1)), loader.load(id(3)), loader.load(id(2))])).toEqual([
      { id: id(1) },
      null,
      { id: id(2) },
    ]);
    expect(asked).toEqual([[id(1), id(3), id(2)]]);
  });

  it('find an id in capitals, and never ask Postgres for text that is no UUID', async () => {
    const asked: (readonly string[])[] = [];
    const loader = createIdLoader(async (ids) => {
      asked.push(ids);
      return ids.map((found) => ({ id: found }));
    });
    const mixed = id(1).replace('a', 'A');
    expect(await Promise.all([loader.load(mixed), loader.load("'; DROP TABLE users --")])).toEqual([
      { id: id(1) },
      null,
    ]);
    expect(asked).toEqual([[id(1)]]);
  });

  it('give an empty list to a key without rows', async () => {
    const loader = createListLoader(
      async () => [
        { key: 'a', n: 1 },
        { key: 'a', n: 2 },
      ],
      (row) => row.key,
    );
    expect(await loader.loadMany(['b', 'a'])).toEqual([
      [],
      [
        { key: 'a', n: 1 },
        { key: 'a', n: 2 },
      ],
    ]);
  });
});
