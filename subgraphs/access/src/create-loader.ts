import DataLoader from 'dataloader';
import { onlyUuids } from './uuid.ts';

/** Loads rows one at a time as the resolvers ask, in one query per tick. A key without a row answers null. */
export type Loader<Row> = DataLoader<string, Row | null>;

/** A loader by id; text that is no UUID has no row. */
export function createIdLoader<Row extends { readonly id: string }>(
  load: (ids: readonly string[]) => Promise<readonly Row[]>,
): Loader<Row> {
  return createLoader(
    (ids) => load(onlyUuids(ids)),
    (row) => row.id,
    (id) => id.toLowerCase(),
  );
}

/** A loader by any text that is unique. */
export function createLoader<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  normalise: (key: string) => string = (key) => key,
): Loader<Row> {
  return new DataLoader(
    async (keys) => {
      const wanted = keys.map(normalise);
      const rows = new Map((await load(wanted)).map((row) => [keyOf(row), row]));
      return wanted.map((key) => rows.get(key) ?? null);
    },
    { cacheKeyFn: normalise },
  );
}

/** A loader of all rows under a key, such as the sites of a company. */
export function createListLoader<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, readonly Row[]> {
  return new DataLoader(async (keys) => {
    const lists = Map.groupBy(await load(keys), keyOf);
    return keys.map((key) => lists.get(key) ?? []);
  });
}
