import type { Dataset } from './dictionary/dataset.ts';
import type { Metric } from './dictionary/metric.ts';
import type { Text } from './dictionary/text.ts';
import type { AssistantBuilder } from './services.ts';
import type { Answer } from './threads/answer.ts';
import type { Thread } from './threads/thread.ts';

export type AssistantRefs = ReturnType<typeof createRefs>;

/** Types that the features refer to each other by. */
export function createRefs(builder: AssistantBuilder) {
  return {
    user: builder.externalRef('User', builder.selection<{ id: string }>('id'), (key) => key),
    dataset: builder.objectRef<Dataset>('Dataset'),
    metric: builder.objectRef<Metric>('Metric'),
    thread: builder.objectRef<Thread>('Thread'),
    answer: builder.objectRef<Answer>('Answer'),
    text: builder.objectRef<Text>('BilingualText').implement({
      shareable: true,
      description: 'The same sentence in Spanish and in English.',
      fields: (t) => ({
        es: t.exposeString('es', { description: 'Spanish.' }),
        en: t.exposeString('en', { description: 'English.' }),
      }),
    }),
    subgraphName: builder.enumType('SubgraphName', {
      description: 'The domain that owns something.',
      values: {
        ACCESS: { value: 'access' },
        PRODUCTION: { value: 'production' },
        INVENTORY: { value: 'inventory' },
        CLINICS: { value: 'clinics' },
        TELEMETRY: { value: 'telemetry' },
        FINANCE: { value: 'finance' },
        ASSISTANT: { value: 'assistant' },
      } as const,
    }),
  };
}
