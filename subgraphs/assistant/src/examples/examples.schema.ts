import type { AssistantRefs } from '../refs.ts';
import type { AssistantBuilder } from '../services.ts';
import type { Example } from './examples.ts';

/** An example in one language. */
interface WordedExample extends Example {
  readonly locale: 'es' | 'en';
}

/** Adds questions to begin with. */
export function addExamples(builder: AssistantBuilder, { metric }: AssistantRefs): void {
  const example = builder.objectRef<WordedExample>('AssistantExample').implement({
    description: 'A question that the viewer could ask.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Stable id.' }),
      question: t.string({
        description: 'The question, in the language asked for.',
        resolve: ({ question, locale }) => question[locale],
      }),
      metrics: t.field({
        type: [metric],
        description: 'Governed metrics that answer it.',
        resolve: ({ metrics }, _args, { services }) => [...services.dictionary.metricsNamed(metrics)],
      }),
    }),
  });
  builder.queryField('assistantExamples', (t) =>
    t.field({
      type: [example],
      description: 'Questions to begin with, as far as the viewer may read what answers them.',
      authScopes: { permission: 'ai-query:execute' },
      args: { locale: t.arg.string({ required: false, description: '`es` or `en`; the viewer’s own if left out.' }) },
      resolve: (_root, { locale }, { services, viewer }) =>
        services.examples.all().map((one) => ({ ...one, locale: readLocale(locale ?? viewer.locale) })),
    }),
  );
}

/** `es-CL` is Spanish; what is neither is answered in Spanish. */
function readLocale(locale: string): 'es' | 'en' {
  return locale.toLowerCase().startsWith('en') ? 'en' : 'es';
}
