import type { JobRun } from '@cauce/prisma/client';
import type { TelemetryBuilder } from '../services.ts';
import type { TelemetrySchedule } from './schedules.service.ts';

/** Adds `telemetrySchedules` and `telemetryRuns`. */
export function addSchedules(builder: TelemetryBuilder): void {
  const state = builder.enumType('TelemetryScheduleState', {
    description:
      'RUNNING: under way. DONE: its last run went well. FAILED: it did not, and comes again at its next time.',
    values: ['RUNNING', 'DONE', 'FAILED'] as const,
  });
  const schedule = builder.objectRef<TelemetrySchedule>('TelemetrySchedule').implement({
    description: 'Work that telemetry does by the clock: asking providers, watching, telling, reporting, clearing.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Stable name, such as `telemetry.watch-rules`.' }),
      cron: t.exposeString('cron', { description: 'Minute, hour, day, month, weekday, read in `timeZone`.' }),
      timeZone: t.exposeString('timeZone', { description: 'IANA zone.' }),
      state: t.expose('state', { type: state, nullable: true, description: 'How it goes; null before its first run.' }),
      startedAt: t.expose('startedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When its last run began.',
      }),
      finishedAt: t.expose('finishedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When a run last ended.',
      }),
      tookMs: t.exposeInt('tookMs', { nullable: true, description: 'How long that run took, in milliseconds.' }),
      doneAt: t.expose('doneAt', { type: 'DateTime', nullable: true, description: 'When a run last went well.' }),
      failures: t.exposeInt('failures', { description: 'Runs that failed since.' }),
      error: t.exposeString('error', {
        nullable: true,
        description: 'Why the last run failed; only for those who reach every company.',
      }),
      nextRunAt: t.expose('nextRunAt', { type: 'DateTime', description: 'When it is to run next.' }),
    }),
  });
  const outcome = builder.enumType('TelemetryRunOutcome', {
    description: 'DONE: it went well. FAILED: it did not.',
    values: ['DONE', 'FAILED'] as const,
  });
  const run = builder.objectRef<JobRun>('TelemetryRun').implement({
    description: 'A run of such work that has ended.',
    fields: (t) => ({
      startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
      finishedAt: t.expose('finishedAt', { type: 'DateTime', description: 'When it ended.' }),
      tookMs: t.exposeInt('tookMs', { description: 'How long it took, in milliseconds.' }),
      outcome: t.expose('outcome', { type: outcome, description: 'How it went.' }),
      error: t.exposeString('error', {
        nullable: true,
        description: 'Why it failed; only for those who reach every company.',
      }),
    }),
  });
  builder.queryField('telemetryRuns', (t) =>
    t.field({
      type: [run],
      description: 'The newest runs of one schedule, newest first. The last 50 are kept, and the last 50 that failed.',
      authScopes: { permission: 'telemetry:read' },
      args: {
        schedule: t.arg.string({ description: 'Its name, such as `telemetry.watch-rules`.' }),
        first: t.arg.int({ defaultValue: 20, description: 'How many, at most 50.' }),
      },
      resolve: async (_root, { schedule: name, first }, { services }) => [
        ...(await services.scheduleRuns(name, first)),
      ],
    }),
  );
  builder.queryField('telemetrySchedules', (t) =>
    t.field({
      type: [schedule],
      description: 'What telemetry does by the clock, by name, with its last and its next run.',
      authScopes: { permission: 'telemetry:read' },
      resolve: async (_root, _args, { services }) => [...(await services.schedules())],
    }),
  );
}
