import type { AssistantRefs } from '../refs.ts';
import type { AssistantBuilder } from '../services.ts';
import { type Dataset, type DatasetField, fieldKinds } from './dataset.ts';

/** Adds the data dictionary. */
export function addDatasets(builder: AssistantBuilder, { dataset, metric, text, subgraphName }: AssistantRefs): void {
  const kind = builder.enumType('DatasetFieldKind', {
    description: 'What sort of thing a field holds. LINK leads to a row of another dataset.',
    values: fieldKinds,
  });
  const field = builder.objectRef<DatasetField>('DatasetField').implement({
    description: 'One thing that is known of each row of a dataset.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Name of the field in the graph.' }),
      kind: t.expose('kind', { type: kind, description: 'What sort of thing it holds.' }),
      unit: t.exposeString('unit', {
        nullable: true,
        description:
          'Unit: `t`, `%`, `m3`; `currency` where a neighbouring field says which; null where there is none.',
      }),
      meaning: t.expose('meaning', { type: text, description: 'What it means.' }),
      synonyms: t.stringList({
        description: 'Other words that people use for it, in Spanish.',
        resolve: ({ synonyms }) => [...synonyms],
      }),
    }),
  });
  const freshness = builder.objectRef<Dataset>('DatasetFreshness').implement({
    description: 'How soon a change in the world is a change here, and when the last one came.',
    fields: (t) => ({
      rule: t.field({ type: text, description: 'How soon.', resolve: (parent) => parent.freshness.rule }),
      changedAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'Last change within the viewer’s reach that was announced; null when none was of late.',
        resolve: (parent, _args, { services }) => services.dictionary.changedAt(parent),
      }),
    }),
  });
  dataset.implement({
    description: 'Something that a question may be about.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Stable name.' }),
      title: t.expose('title', { type: text, description: 'Name for people.' }),
      meaning: t.expose('meaning', { type: text, description: 'What one row is.' }),
      owner: t.expose('owner', { type: subgraphName, description: 'The domain that owns it.' }),
      graphType: t.exposeString('graphType', { description: 'Its type in the graph.' }),
      graphQuery: t.exposeString('graphQuery', { description: 'Where the graph lists it, from the root.' }),
      freshness: t.field({ type: freshness, description: 'How old its rows may be.', resolve: (parent) => parent }),
      rules: t.field({
        type: [text],
        description: 'What to know before counting.',
        resolve: ({ rules }) => [...rules],
      }),
      fields: t.field({
        type: [field],
        description: 'What is known of each row.',
        resolve: ({ fields }) => [...fields],
      }),
      metrics: t.field({
        type: [metric],
        description: 'Governed metrics that are made from it.',
        resolve: ({ name }, _args, { services }) =>
          services.dictionary.metrics().filter(({ datasets }) => datasets.includes(name)),
      }),
    }),
  });

  builder.queryField('datasets', (t) =>
    t.field({
      type: [dataset],
      description: 'The data dictionary: everything that the viewer may ask about.',
      authScopes: { permission: 'ai-query:execute' },
      resolve: (_root, _args, { services }) => [...services.dictionary.datasets()],
    }),
  );
}
