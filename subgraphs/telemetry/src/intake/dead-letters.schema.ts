import type { DeadLetter, DeadLetterDay } from '@cauce/prisma/client';
import { ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { lettersPerDay } from './letter-quota.ts';

/** Adds `DeadLetter`, `deadLetters`, `droppedDeadLetters` and `retryDeadLetters`. */
export function addDeadLetters(builder: TelemetryBuilder, { point, company }: TelemetryRefs): void {
  const letter = builder.objectRef<DeadLetter>('DeadLetter').implement({
    description: 'Something that a device or a provider said and that could not be stored; kept as it came.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      origin: t.exposeString('origin', { description: 'How it came: `mqtt`, or `provider:` and the provider’s id.' }),
      topic: t.exposeString('topic', { nullable: true, description: 'MQTT topic, or the channel at the provider.' }),
      reason: t.exposeString('reason', {
        description: 'Stable code of why: `UNKNOWN_POINT`, `INVALID_JSON`, `IMPOSSIBLE_TIME`, `BEFORE_BIRTH`, …',
      }),
      payload: t.exposeString('payload', {
        description: 'What was sent, as text; the beginning of what is very long.',
      }),
      point: t.field({
        type: point,
        nullable: true,
        description: 'The point that it is of, where that is known.',
        resolve: ({ pointId }, _args, { services }) => (pointId === null ? null : services.points.byId(pointId)),
      }),
      receivedAt: t.expose('receivedAt', { type: 'DateTime', description: 'When it came.' }),
      resolvedAt: t.expose('resolvedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was stored after all.',
      }),
    }),
  });
  const filter = builder.inputType('DeadLetterFilter', {
    description: 'Which dead letters; everything that is given must hold.',
    fields: (t) => ({
      reasons: t.stringList({ required: false, description: 'For one of these reasons.' }),
      pointIds: t.idList({ required: false, description: 'Of one of these points.' }),
      isResolved: t.boolean({ required: false, description: 'Whether it was stored after all.' }),
    }),
  });
  builder.queryField('deadLetters', (t) =>
    t.connection(
      {
        type: letter,
        authScopes: { permission: 'telemetry:write' },
        description:
          'What could not be stored, newest first. What cannot be told to be anybody’s is seen by those who reach every company.',
        args: { filter: t.arg({ type: filter, required: false, description: 'Which; all if left out.' }) },
        resolve: (_root, { filter: given, ...page }, { services }) => services.deadLetters.page(given ?? {}, page),
      },
      { name: 'DeadLetterConnection', description: 'A page of dead letters.' },
      { name: 'DeadLetterEdge', description: 'A dead letter in a page.' },
    ),
  );
  const day = builder.objectRef<DeadLetterDay>('DroppedDeadLetters').implement({
    description: 'A day on which more messages could not be stored than are kept.',
    fields: (t) => ({
      day: t.field({
        type: 'Date',
        description: 'The day, in UTC.',
        resolve: ({ day }) => day.toISOString().slice(0, 10),
      }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'Whose they were; null for what is nobody’s.',
        resolve: ({ companyId }) => (companyId === null ? null : { id: companyId }),
      }),
      kept: t.exposeInt('kept', { description: 'Letters of the day that were kept: the first of it.' }),
      dropped: t.exposeInt('dropped', { description: 'Letters of the day that were counted and not kept.' }),
    }),
  });
  builder.queryField('droppedDeadLetters', (t) =>
    t.field({
      type: [day],
      authScopes: { permission: 'telemetry:write' },
      description: `Days of the last month on which a company had more than ${lettersPerDay} dead letters, newest first: the rest was dropped.`,
      resolve: async (_root, _args, { services }) => [...(await services.deadLetters.droppedDays())],
    }),
  );
  const retried = builder.objectRef<{ readonly letters: readonly DeadLetter[] }>('RetriedDeadLetters').implement({
    description: 'What became of dead letters that were read again.',
    fields: (t) => ({
      letters: t.field({
        type: [letter],
        description: 'The letters as they are now: resolved, or with the reason that stands in the way.',
        resolve: ({ letters }) => [...letters],
      }),
    }),
  });
  builder.mutationField('retryDeadLetters', (t) =>
    t.field({
      type: retried,
      description:
        'Reads device messages again, for example when their point was registered meanwhile. Repeating it changes nothing.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [ValidationFailed], union: { name: 'RetryDeadLettersResult' } },
      args: {
        ids: t.arg.idList({
          description: 'The letters, 100 at most; others than unresolved ones of MQTT are left out.',
        }),
      },
      resolve: async (_root, { ids }, { services }) => ({ letters: await services.deadLetters.retry(ids) }),
    }),
  );
}
