import type { AssistantRefs } from '../refs.ts';
import type { AssistantBuilder } from '../services.ts';
import { additivities, dimensions } from './metric.ts';

/** Adds the governed metrics. */
export function addMetrics(builder: AssistantBuilder, { metric, dataset, text, subgraphName }: AssistantRefs): void {
  const dimension = builder.enumType('MetricDimension', {
    description: 'What a metric can be split by.',
    values: dimensions,
  });
  const additivity = builder.enumType('GovernedMetricAdditivity', {
    description:
      'How the number of a whole comes from its parts. SUM: added. RATIO: from the sums of the parts, never a mean. SNAPSHOT: taken at the end of the period. NONE: asked anew.',
    values: additivities,
  });
  metric.implement({
    description:
      'A number with one meaning wherever it is shown. Questions are answered with these before anything else.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Stable name: `production.sackoff_pct`.' }),
      version: t.exposeInt('version', { description: 'Grows with every change of meaning.' }),
      title: t.expose('title', { type: text, description: 'Name for people.' }),
      definition: t.expose('definition', { type: text, description: 'What it means.' }),
      formula: t.expose('formula', { type: text, description: 'How it is made, in words and signs.' }),
      unit: t.exposeString('unit', {
        nullable: true,
        description: 'Unit; `currency` is that of the company; null for a count, or where the data say it.',
      }),
      additivity: t.expose('additivity', { type: additivity, description: 'How it adds up.' }),
      dimensions: t.field({
        type: [dimension],
        description: 'What it can be split by.',
        resolve: (parent) => [...parent.dimensions],
      }),
      sign: t.expose('sign', { type: text, nullable: true, description: 'What its sign or direction says.' }),
      owner: t.expose('owner', { type: subgraphName, description: 'The domain that answers for it.' }),
      answeredBy: t.exposeString('answeredBy', {
        description: 'Where the graph answers it, from the root: `productionKpis.sackoffPct`.',
      }),
      datasets: t.field({
        type: [dataset],
        description: 'What it is made from.',
        resolve: ({ datasets }, _args, { services }) => [...services.dictionary.datasetsNamed(datasets)],
      }),
    }),
  });

  builder.queryField('metrics', (t) =>
    t.field({
      type: [metric],
      description: 'The governed metrics that the viewer may read.',
      authScopes: { permission: 'ai-query:execute' },
      resolve: (_root, _args, { services }) => [...services.dictionary.metrics()],
    }),
  );
}
