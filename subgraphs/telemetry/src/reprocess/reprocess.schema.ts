import { NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { byRights } from '@cauce/shared/schema/by-rights';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { type ReprocessChange, summarySchema, type Tally } from './reprocess-run.ts';

/** Adds `reprocess`, `reprocessRun` and the runs of a point. */
export function addReprocess(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { point, variable, dateRange, reprocessRun } = refs;
  const status = builder.enumType('ReprocessRunStatus', {
    description: 'FAILED was given up after several tries; what it had made by then stands.',
    values: ['WAITING', 'RUNNING', 'DONE', 'FAILED'] as const,
  });
  const reason = builder.enumType('ReprocessReason', {
    description: 'REQUESTED by a person, or called for by other CONSTANTS or a METER_CHANGE.',
    values: ['REQUESTED', 'CONSTANTS', 'METER_CHANGE'] as const,
  });
  const change = addChange(builder, refs);

  reprocessRun.implement({
    tag: byRights,
    description: 'Measurements of a period that are made again from the raw readings, or how they would be.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      point: t.field({
        type: point,
        nullable: true,
        description: 'Whose measurements; null if the point was removed meanwhile.',
        resolve: ({ pointId }, _args, { services }) => services.points.byId(pointId),
      }),
      variables: t.field({ type: [variable], description: 'Of these quantities.', resolve: (run) => run.variables }),
      from: t.expose('fromAt', { type: 'DateTime', description: 'First instant.' }),
      to: t.expose('toAt', { type: 'DateTime', description: 'End, not included.' }),
      isDryRun: t.exposeBoolean('isDryRun', { description: 'Nothing is written: it only says what would come out.' }),
      reason: t.field({
        type: reason,
        description: 'Why.',
        resolve: (run) => (run.reason === 'CONSTANTS' || run.reason === 'METER_CHANGE' ? run.reason : 'REQUESTED'),
      }),
      status: t.expose('status', { type: status, description: 'How far it is.' }),
      changes: t.field({
        type: [change],
        description: 'What was there and what it is now, or would be; by quantity. Empty until it begins.',
        resolve: (run) => summarySchema.parse(run.summary),
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
      startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began.' }),
      finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it was over.' }),
    }),
  });

  builder.objectField(point, 'reprocessRuns', (t) =>
    t.field({
      type: [reprocessRun],
      description: 'When its measurements were made again, newest first, 20 at most.',
      resolve: async ({ id }, _args, { services }) => [...(await services.reprocessing.ofPoint(id))],
    }),
  );
  builder.queryField('reprocessRun', (t) =>
    t.field({
      type: reprocessRun,
      nullable: true,
      authScopes: { permission: 'telemetry:read' },
      description: 'One run; null when there is none within reach.',
      args: { id: t.arg.id({ description: 'Its id.' }) },
      resolve: (_root, { id }, { services }) => services.reprocessing.byId(id),
    }),
  );

  const input = builder.inputType('ReprocessInput', {
    description: 'Which measurements are made again.',
    fields: (t) => ({
      pointId: t.id({ description: 'Of this point.' }),
      variables: t.field({ type: [variable], required: false, description: 'Of these quantities; all if left out.' }),
      range: t.field({ type: dateRange, description: 'Days in the point’s zone.' }),
      isDryRun: t.boolean({ required: false, description: 'Write nothing and say what would come out.' }),
    }),
  });
  builder.mutationField('reprocess', (t) =>
    t.field({
      type: reprocessRun,
      description:
        'Makes the measurements of a period again from the raw readings, with the constants and meters that hold now for their time. The work is done in the background; doing it again changes nothing.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, ValidationFailed], union: { name: 'ReprocessResult' } },
      args: { input: t.arg({ type: input, description: 'What.' }) },
      resolve: (_root, { input: given }, { services }) => services.reprocessing.request(given),
    }),
  );
}

function addChange(builder: TelemetryBuilder, { variable }: TelemetryRefs) {
  const tally = builder.objectRef<Tally>('MeasurementTally').implement({
    description: 'What the measurements of a quantity in a period come to.',
    fields: (t) => ({
      readings: t.exposeInt('readings', { description: 'All of them.' }),
      suspect: t.exposeInt('suspect', { description: 'Those that broke a rule and count.' }),
      held: t.exposeInt('held', { description: 'Those that count nowhere.' }),
      volumeM3: t.field({
        type: 'Decimal',
        nullable: true,
        description: 'Of a counter: what flowed, m3, exact; null for any other quantity.',
        resolve: ({ volumeM3 }) => volumeM3,
      }),
      mean: t.exposeFloat('mean', {
        nullable: true,
        description: 'Mean of those that count, in the unit of the quantity; null when none does.',
      }),
    }),
  });
  return builder.objectRef<ReprocessChange>('ReprocessChange').implement({
    description: 'What a run made of one quantity.',
    fields: (t) => ({
      variable: t.expose('variable', { type: variable, description: 'The quantity.' }),
      changed: t.exposeInt('changed', { description: 'Measurements that were added or came out otherwise.' }),
      before: t.field({ type: tally, description: 'What was there.', resolve: ({ before }) => before }),
      after: t.field({ type: tally, description: 'What it came to, or would.', resolve: ({ after }) => after }),
    }),
  });
}
