import type { ProviderSchedule } from '@cauce/prisma/client';
import { redact } from '@cauce/shared/log/redact';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { lagOf, providerStates, stateOf } from './provider-state.ts';
import type { ProviderDevice } from './providers.store.ts';

/** Adds `Provider` and `providers`. */
export function addProviders(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { provider, company } = refs;
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
  const device = deviceType(builder, refs);
  const state = builder.enumType('ProviderState', {
    description:
      'PAUSED by a person. LISTENING: its readings come by themselves. NEW: not asked yet. TESTING: asked, and nothing is kept. WELL, DEGRADED (some devices failed) or FAILING by its last run.',
    values: providerStates,
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
      kind: t.expose('kind', { type: refs.providerKind, description: 'Protocol.' }),
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
      updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When a person last changed it.' }),
      state: t.field({ type: state, description: 'How it is, in one word.', resolve: stateOf }),
      devices: t.field({
        type: [device],
        description: 'Its devices, as far as their points are within reach, by id.',
        resolve: async ({ id }, _args, { services }) => [...(await services.providerDevices(id))],
      }),
      lagSeconds: t.int({
        nullable: true,
        description:
          'Seconds since the newest reading of the device that is furthest behind; null when one has never sent any.',
        resolve: async ({ id }, _args, { services }) => lagOf(await services.providerDevices(id), services.now()),
      }),
      schedules: t.field({
        type: [schedule],
        description: 'What is asked of it, and when.',
        resolve: ({ schedules }) => schedules,
      }),
    }),
  });
  builder.objectField(refs.point, 'devices', (t) =>
    t.field({
      type: [device],
      description:
        'What speaks for it, oldest first: its own device on `cauce/<code>/up`, which has no provider, and those of providers.',
      resolve: async ({ id }, _args, { services }) => [...(await services.pointDevices(id))],
    }),
  );
  builder.queryField('providers', (t) =>
    t.field({
      type: [provider],
      authScopes: { permission: 'telemetry:read' },
      description: 'Providers of the companies within reach, by name; 500 at most.',
      resolve: async (_root, _args, { services }) => [...(await services.providers())],
    }),
  );
}

function deviceType(builder: TelemetryBuilder, { point, provider, variable }: TelemetryRefs) {
  const channel = builder.objectRef<ProviderDevice['channels'][number]>('ProviderChannel').implement({
    description: 'What one channel of a device carries.',
    fields: (t) => ({
      channel: t.exposeString('channel', { description: 'Its name at the provider.' }),
      variable: t.expose('variable', { type: variable, description: 'The quantity.' }),
      isPulses: t.exposeBoolean('isPulses', { description: 'Whether it counts pulses.' }),
      unit: t.exposeString('unit', { nullable: true, description: 'The unit it is sent in; null: nobody said.' }),
      multiplier: t.expose('multiplier', { type: 'Decimal', description: 'Factor to the unit of the quantity.' }),
    }),
  });
  return builder.objectRef<ProviderDevice>('ProviderDevice').implement({
    description: 'A device of a provider and the point it speaks for.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      deviceId: t.exposeString('deviceId', { description: 'Its id at the provider.' }),
      point: t.field({
        type: point,
        nullable: true,
        description: 'The point.',
        resolve: ({ pointId }, _args, { services }) => services.points.byId(pointId),
      }),
      provider: t.field({
        type: provider,
        nullable: true,
        description: 'Whose device it is; null for a point’s own, which speaks on our topics or over HTTP.',
        resolve: ({ providerId }, _args, { services }) => (providerId === null ? null : services.provider(providerId)),
      }),
      description: t.exposeString('description', { nullable: true, description: 'Note.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it is asked about.' }),
      lastSeenAt: t.expose('lastSeenAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When its newest reading was measured.',
      }),
      channels: t.field({ type: [channel], description: 'By name.', resolve: ({ channels }) => [...channels] }),
    }),
  });
}
