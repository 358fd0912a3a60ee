import DataLoader from 'dataloader';

/** Loads what the resolvers of one request ask for, one query a tick. Nothing found answers null. */
export interface Loader<Key, Value> {
  load(key: Key): Promise<Value>;
  /** Forgets everything: before an event of a stream is resolved, and after a change. */
  forget(): void;
}

/** One row a key. */
export function rowLoader<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  normalise: (key: string) => string = (key) => key,
): Loader<string, Row | null> {
  return keyedLoader(async (keys: readonly string[]) => {
    const rows = new Map((await load(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  }, normalise);
}

/** All rows under a key. */
export function listLoader<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Loader<string, readonly Row[]> {
  return keyedLoader(async (keys: readonly string[]) => {
    const lists = Map.groupBy(await load(keys), keyOf);
    return keys.map((key) => lists.get(key) ?? []);
  });
}

/** Keys that share their arguments are loaded together: the same field on many parents is one query. */
export function argumentLoader<Args extends object, Value>(
  load: (args: Args, ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  empty: Value,
): Loader<{ readonly id: string; readonly args: Args }, Value> {
  const loader = new DataLoader<{ readonly id: string; readonly args: Args }, Value, string>(
    async (keys) => {
      const groups = Map.groupBy(keys, ({ args }) => JSON.stringify(args));
      const answers = new Map<string, ReadonlyMap<string, Value>>();
      await Promise.all(
        [...groups].map(async ([name, group]) => {
          const [first] = group;
          if (first !== undefined) answers.set(name, await load(first.args, [...new Set(group.map(({ id }) => id))]));
        }),
      );
      return keys.map(({ id, args }) => answers.get(JSON.stringify(args))?.get(id) ?? empty);
    },
    { cacheKeyFn: ({ id, args }) => `${id} ${JSON.stringify(args)}` },
  );
  return { load: (key) => loader.load(key), forget: () => void loader.clearAll() };
}

function keyedLoader<Value>(
  load: (keys: readonly string[]) => Promise<readonly Value[]>,
  normalise: (key: string) => string = (key) => key,
): Loader<string, Value> {
  const loader = new DataLoader<string, Value>((keys) => load(keys));
  return { load: (key) => loader.load(normalise(key)), forget: () => void loader.clearAll() };
}
