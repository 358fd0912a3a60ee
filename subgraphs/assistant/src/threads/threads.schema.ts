import type { AssistantRefs } from '../refs.ts';
import type { AssistantBuilder } from '../services.ts';

const authScopes = { permission: 'ai-query:execute' } as const;

/** Adds a person's conversations with the assistant. */
export function addThreads(builder: AssistantBuilder, { thread, answer, user }: AssistantRefs): void {
  const answers = builder.connectionObject(
    { type: answer, name: 'AnswerConnection', description: 'Answers, page by page.' },
    { name: 'AnswerEdge' },
  );
  const threads = builder.connectionObject(
    { type: thread, name: 'ThreadConnection', description: 'Threads, page by page.' },
    { name: 'ThreadEdge' },
  );
  thread.implement({
    description: 'A conversation of one person with the assistant. Nobody else sees it.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      title: t.exposeString('title', { description: 'What it is about.' }),
      lastAskedAt: t.expose('lastAskedAt', { type: 'DateTime', description: 'When the last question came.' }),
      archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true, description: 'When it was put away.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it began.' }),
      answers: t.connection(
        {
          type: answer,
          description: 'Questions and their answers, newest first.',
          resolve: ({ id }, page, { services }) => services.threads.answersOf(id, page),
        },
        answers,
      ),
    }),
  });
  builder.asEntity(thread, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services }) => services.threads.byId(id),
  });
  user.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      threads: t.connection(
        {
          type: thread,
          nullable: true,
          authScopes,
          description: 'The viewer’s own conversations with the assistant; null on anybody else.',
          resolve: ({ id }, page, { services, viewer }) =>
            viewer.userId === id ? services.threads.page(null, page) : null,
        },
        threads,
      ),
    }),
  });

  builder.queryField('threads', (t) =>
    t.connection(
      {
        type: thread,
        description: 'The viewer’s conversations, the last asked first.',
        authScopes,
        args: {
          archived: t.arg.boolean({
            required: false,
            defaultValue: false,
            description: 'Those that were put away, or the others; both when null.',
          }),
        },
        resolve: (_root, { archived, ...page }, { services }) => services.threads.page(archived ?? null, page),
      },
      threads,
    ),
  );
  builder.queryField('thread', (t) =>
    t.field({
      type: thread,
      nullable: true,
      description: 'One conversation; null when the viewer has no such one.',
      authScopes,
      args: { id: t.arg.id() },
      resolve: (_root, { id }, { services }) => services.threads.byId(id),
    }),
  );
}
