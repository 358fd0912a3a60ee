import DataLoader from 'dataloader';
import { onlyUuids } from './uuid.ts';

/** One row by its key; the rows that resolvers ask for in one tick are read in one query. Null for no row. */
export function createRowLoader<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await load(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });
}

export interface IdLoader<Row> {
  load(id: string): Promise<Row | null>;
  /** Rows that another query has answered need no query of their own. */
  remember(rows: readonly Row[]): void;
}

/** One row by its id, in whatever case; text that is no UUID has no row. */
export function createIdLoader<Row extends { readonly id: string }>(
  load: (ids: readonly string[]) => Promise<readonly Row[]>,
): IdLoader<Row> {
  const loader = createRowLoader<Row>(
    (ids) => load(onlyUuids(ids)),
    (row) => row.id,
  );
  return {
    load: (id) => loader.load(id.toLowerCase()),
    remember: (rows) => {
      for (const row of rows) loader.prime(row.id, row);
    },
  };
}

/** All rows under an id, such as the points of a site. */
export function createListLoader<Row>(
  load: (ids: readonly string[]) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): { load(id: string): Promise<readonly Row[]> } {
  const loader = new DataLoader<string, readonly Row[]>(async (ids) => {
    const lists = Map.groupBy(await load(onlyUuids(ids)), idOf);
    return ids.map((id) => lists.get(id) ?? []);
  });
  return { load: (id) => loader.load(id.toLowerCase()) };
}

/** A value by an id and a question; ids that are asked the same in one tick share one query. */
export function createQuestionLoader<Question, Value>(
  load: (ids: readonly string[], question: Question) => Promise<ReadonlyMap<string, Value>>,
): { load(id: string, question: Question): Promise<Value | null> } {
  interface Key {
    readonly id: string;
    readonly question: Question;
  }
  const textOf = (question: Question) => JSON.stringify(question);
  const loader = new DataLoader<Key, Value | null, string>(
    async (keys) => {
      const answers = new Map<string, ReadonlyMap<string, Value>>();
      for (const [text, own] of Map.groupBy(keys, ({ question }) => textOf(question))) {
        const [first] = own;
        if (first !== undefined) answers.set(text, await load(onlyUuids(own.map(({ id }) => id)), first.question));
      }
      return keys.map(({ id, question }) => answers.get(textOf(question))?.get(id) ?? null);
    },
    { cacheKeyFn: ({ id, question }) => `${id} ${textOf(question)}` },
  );
  return { load: (id, question) => loader.load({ id: id.toLowerCase(), question }) };
}
