import type { AssistantRefs } from '../refs.ts';
import type { AssistantBuilder } from '../services.ts';
import {
  type AnswerColumn,
  type AnswerEvidence,
  type AnswerPlan,
  type AnswerStep,
  answerStatuses,
  planKinds,
  stepStatuses,
} from './answer.ts';

/** Adds answers with all that came of them. */
export function addAnswers(builder: AssistantBuilder, { answer, thread }: AssistantRefs): void {
  const { plan, column, evidence, step } = addParts(builder);
  const status = builder.enumType('AnswerStatus', {
    description: 'How far the answer is. CLARIFY asks back; ABSTAINED says why there is no honest answer.',
    values: answerStatuses,
  });
  answer.implement({
    description: 'A question and all that came of it, with its evidence.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id; asking for it again gives the same answer.' }),
      question: t.exposeString('question', { description: 'As it was asked.' }),
      locale: t.exposeString('locale', { description: 'Language of the answer: `es` or `en`.' }),
      status: t.expose('status', { type: status, description: 'How far it is.' }),
      plan: t.expose('plan', { type: plan, nullable: true, description: 'How it was answered; null until decided.' }),
      columns: t.field({
        type: [column],
        description: 'What the columns of `rows` hold.',
        resolve: ({ columns }) => [...columns],
      }),
      rows: t.expose('rows', { type: 'JSON', description: 'A list of rows, each a list of values by column.' }),
      rowCount: t.exposeInt('rowCount', { description: 'Rows of the whole answer, of which `rows` may hold fewer.' }),
      chart: t.expose('chart', { type: 'JSON', nullable: true, description: 'Vega-Lite with its data inside.' }),
      summary: t.exposeString('summary', { nullable: true, description: 'The answer in a sentence or two.' }),
      explanation: t.exposeString('explanation', { nullable: true, description: 'How it came about.' }),
      warnings: t.stringList({
        description: 'What to be careful about.',
        resolve: ({ warnings }) => [...warnings],
      }),
      evidence: t.expose('evidence', { type: evidence, description: 'Where it comes from.' }),
      steps: t.field({ type: [step], description: 'What was done, in order.', resolve: ({ steps }) => [...steps] }),
      cached: t.exposeBoolean('cached', { description: 'Taken from an equal question with equal rights.' }),
      tookMs: t.exposeInt('tookMs', { nullable: true, description: 'Milliseconds from question to answer.' }),
      errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it failed.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked.' }),
      finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it was done.' }),
      thread: t.field({
        type: thread,
        nullable: true,
        description: 'The conversation it belongs to.',
        resolve: ({ threadId }, _args, { services }) => services.threads.byId(threadId),
      }),
    }),
  });
  builder.asEntity(answer, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services }) => services.threads.answerById(id),
  });

  builder.queryField('answer', (t) =>
    t.field({
      type: answer,
      nullable: true,
      description: 'One answer; null when the viewer did not ask for it.',
      authScopes: { permission: 'ai-query:execute' },
      args: { id: t.arg.id() },
      resolve: (_root, { id }, { services }) => services.threads.answerById(id),
    }),
  );
}

function addParts(builder: AssistantBuilder) {
  const planKind = builder.enumType('PlanKind', {
    description: 'METRIC: governed metrics. GRAPHQL: a query of the graph. SQL: read-only SQL, not governed.',
    values: planKinds,
  });
  const stepStatus = builder.enumType('AnswerStepStatus', { description: 'How far a step is.', values: stepStatuses });
  return {
    plan: builder.objectRef<AnswerPlan>('AnswerPlan').implement({
      description: 'How a question was answered.',
      fields: (t) => ({
        kind: t.expose('kind', { type: planKind, description: 'With what.' }),
        text: t.exposeString('text', { description: 'The metrics, the query or the SQL itself.' }),
        governed: t.exposeBoolean('governed', { description: 'Made of governed metrics only.' }),
      }),
    }),
    column: builder.objectRef<AnswerColumn>('AnswerColumn').implement({
      description: 'One column of an answer.',
      fields: (t) => ({
        name: t.exposeString('name', { description: 'Its heading.' }),
        type: t.exposeString('type', { description: 'What its values are.' }),
        unit: t.exposeString('unit', { nullable: true, description: 'Unit of its values.' }),
      }),
    }),
    evidence: builder.objectRef<AnswerEvidence>('AnswerEvidence').implement({
      description: 'Where an answer comes from.',
      fields: (t) => ({
        metrics: t.field({
          type: [
            builder.objectRef<{ readonly name: string; readonly version: number }>('AnswerMetric').implement({
              description: 'A governed metric in the version that was used.',
              fields: (m) => ({
                name: m.exposeString('name', { description: 'Name of the metric.' }),
                version: m.exposeInt('version', { description: 'Version that was used.' }),
              }),
            }),
          ],
          description: 'Governed metrics behind it.',
          resolve: ({ metrics }) => [...metrics],
        }),
        datasets: t.stringList({
          description: 'Names of the datasets behind it.',
          resolve: ({ datasets }) => [...datasets],
        }),
        freshness: t.expose('freshness', {
          type: 'DateTime',
          nullable: true,
          description: 'How old the oldest data behind it was.',
        }),
        sql: t.exposeString('sql', { nullable: true, description: 'The SQL that ran, if any did.' }),
      }),
    }),
    step: builder.objectRef<AnswerStep>('AnswerStep').implement({
      description: 'One step on the way to an answer.',
      fields: (t) => ({
        agent: t.exposeString('agent', { description: 'Who did it: `plan`, `execute`, `format`.' }),
        status: t.expose('status', { type: stepStatus, description: 'How far it is.' }),
        durationMs: t.exposeInt('durationMs', { nullable: true, description: 'Milliseconds it took.' }),
      }),
    }),
  };
}
