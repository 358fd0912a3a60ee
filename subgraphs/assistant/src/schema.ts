import { createBuilder } from '@cauce/shared/schema/builder';
import { federationVersion } from '@cauce/shared/schema/federation-version';
import type { GraphQLSchema } from 'graphql';
import { addDatasets } from './dictionary/datasets.schema.ts';
import { addMetrics } from './dictionary/metrics.schema.ts';
import { addExamples } from './examples/examples.schema.ts';
import { createRefs } from './refs.ts';
import type { AssistantServices } from './services.ts';
import { addAnswers } from './threads/answers.schema.ts';
import { addThreads } from './threads/threads.schema.ts';

/** The assistant's schema: what may be asked about, and what one asked before. Needs nothing to be made. */
export function createAssistantSchema(): GraphQLSchema {
  const builder = createBuilder<AssistantServices>();
  builder.queryType();
  const refs = createRefs(builder);
  addDatasets(builder, refs);
  addMetrics(builder, refs);
  addExamples(builder, refs);
  addThreads(builder, refs);
  addAnswers(builder, refs);
  return builder.toSubGraphSchema({ linkUrl: federationVersion });
}
