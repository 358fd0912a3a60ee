import type { CauceBuilder } from '@cauce/shared/schema/builder';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { createDictionary, type Dictionary } from './dictionary/dictionary.service.ts';
import { createFreshnessStore } from './dictionary/freshness.store.ts';
import { createExamples, type Examples } from './examples/examples.service.ts';
import { createThreads, type Threads } from './threads/threads.service.ts';
import { createThreadStore } from './threads/threads.store.ts';

/** What the assistant's resolvers call, for one viewer and one request. */
export interface AssistantServices {
  readonly dictionary: Dictionary;
  readonly examples: Examples;
  readonly threads: Threads;
}

export type AssistantBuilder = CauceBuilder<AssistantServices>;

export function createServices({ db }: Pick<Deps, 'db'>, { viewer }: RequestScope): AssistantServices {
  const dictionary = createDictionary(createFreshnessStore(db.client, viewer), viewer);
  return {
    dictionary,
    examples: createExamples(dictionary),
    threads: createThreads(createThreadStore(db.client, viewer.userId)),
  };
}
