import type { ProviderSchedule } from '@cauce/prisma/client';
import { redact } from '@cauce/shared/log/redact';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';

/** Adds `Provider` and `providers`. */
export function addProviders(builder: TelemetryBuilder, { provider, company }: TelemetryRefs): void {
  const kind = builder.enumType('ProviderKind', {
    description: 'Which protocol a provider speaks: six presets of three, and what devices speak themselves.',
    values: [
      'TWIN',
      'TDATA',
      'NETTRA',
      'THINGSIO',
      'NOVUS',
      'TAGO',
      'MQTT',
      'CHIRPSTACK',
      'SPARKPLUG',
      'HTTP_PUSH',
      'MANUAL',
      'SAMPLE',
      'HTTP_PULL',
    ] as const,
  });
  const result = builder.enumType('ScheduleResult', {
    description: 'How a run went.',
    values: ['OK', 'PARTIAL', 'FAILED', 'SKIPPED'] as const,
  });
  const schedule = builder.objectRef<ProviderSchedule>('ProviderSchedule').implement({
    description: 'When a provider is asked for new readings, and how the last time went.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'What is asked for.' }),
      intervalSeconds: t.exposeInt('intervalSeconds', { description: 'Seconds between two runs.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it runs.' }),
      lastRunAt: t.expose('lastRunAt', { type: 'DateTime', nullable: true, description: 'Start of the last run.' }),
      nextRunAt: t.expose('nextRunAt', { type: 'DateTime', description: 'Start of the next run.' }),
      lastResult: t.expose('lastResult', { type: result, nullable: true, description: 'How the last run went.' }),
      lastMessage: t.exposeString('lastMessage', { nullable: true, description: 'What it said.' }),
      lastDurationMs: t.exposeInt('lastDurationMs', { nullable: true, description: 'How long it took, ms.' }),
      failures: t.exposeInt('failures', { description: 'Failed runs in a row.' }),
    }),
  });
  provider.implement({
    description: 'Where readings come from: an account at a service, or the own broker. Credentials are never shown.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      company: t.field({
        type: company,
        description: 'Whose account it is.',
        resolve: ({ companyId }) => ({ id: companyId }),
      }),
      name: t.exposeString('name', { description: 'Name, unique in the company.' }),
      kind: t.expose('kind', { type: kind, description: 'Protocol.' }),
      connection: t.field({
        type: 'JSON',
        description: 'Base URL, paging, zone of its values. Anything that looks like a secret is blanked out.',
        resolve: ({ connection }) => redact(connection),
      }),
      hasCredentials: t.exposeBoolean('hasCredentials', { description: 'Whether credentials are stored.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it is used.' }),
      isTesting: t.exposeBoolean('isTesting', { description: 'Whether its readings are for trial only.' }),
      lastConnectedAt: t.expose('lastConnectedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it last answered.',
      }),
      lastError: t.exposeString('lastError', { nullable: true, description: 'What it last failed with.' }),
      lastErrorAt: t.expose('lastErrorAt', { type: 'DateTime', nullable: true, description: 'When it last failed.' }),
      schedules: t.field({
        type: [schedule],
        description: 'What is asked of it, and when.',
        resolve: ({ schedules }) => schedules,
      }),
    }),
  });
  builder.queryField('providers', (t) =>
    t.field({
      type: [provider],
      authScopes: { permission: 'telemetry:read' },
      description: 'Providers of the companies within reach, by name; 500 at most.',
      resolve: async (_root, _args, { services }) => [...(await services.providers())],
    }),
  );
}
