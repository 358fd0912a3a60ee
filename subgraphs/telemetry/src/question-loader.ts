import { onlyUuids } from '@cauce/shared/db/uuid';
import DataLoader from 'dataloader';

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
