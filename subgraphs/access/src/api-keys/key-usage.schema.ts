import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import type { ApiKey } from './api-keys.service.ts';
import type { OperationUsage, UsageDay } from './usage.service.ts';

const units = 'Units of cost that were charged: an object that an answer might hold is about one.';

/** What a key may spend and what it has used, and the way in for what gateways count. */
export function addKeyUsage(builder: AccessBuilder, { apiKey }: AccessRefs): void {
  const quota = builder.objectRef<ApiKey>('ApiKeyQuota').implement({
    description: 'What a key may spend, in units of cost.',
    fields: (t) => ({
      unitsPerMinute: t.exposeInt('unitsPerMinute', { description: 'Units in any sixty seconds.' }),
      unitsPerDay: t.exposeInt('unitsPerDay', { description: 'Units in a calendar day (UTC).' }),
      unitsToday: t.int({
        description: 'Units spent today (UTC), as far as written down: a few seconds late.',
        resolve: ({ id }, _args, { services }) => services.apiKeys.usage.unitsToday(id),
      }),
    }),
  });
  const operation = builder.objectRef<OperationUsage>('ApiKeyOperationUsage').implement({
    description: 'What a key used under one operation name in a day.',
    fields: (t) => ({
      name: t.exposeString('operation', {
        description: 'As the client named it; `(anonymous)` without a name, `(other)` past 200 names in a day.',
      }),
      requests: t.exposeInt('requests', { description: 'Operations that were let through.' }),
      units: t.exposeInt('units', { description: units }),
      refused: t.exposeInt('refused', { description: 'Operations that the quota refused.' }),
    }),
  });
  const day = builder.objectRef<UsageDay>('ApiKeyUsageDay').implement({
    description: 'What a key used in a day.',
    fields: (t) => ({
      day: t.expose('day', { type: 'Date', description: 'Calendar day in UTC.' }),
      requests: t.exposeInt('requests', { description: 'Operations that were let through.' }),
      units: t.exposeInt('units', { description: units }),
      refused: t.exposeInt('refused', { description: 'Operations that the quota refused.' }),
      operations: t.field({
        type: [operation],
        description: 'The same by operation name, the costliest first.',
        resolve: ({ operations }) => [...operations],
      }),
    }),
  });
  builder.objectFields(apiKey, (t) => ({
    quota: t.field({ type: quota, description: 'What it may spend.', resolve: (key) => key }),
    usage: t.field({
      type: [day],
      description: 'What it used on the last days, today the last; a few seconds late.',
      args: { days: t.arg.int({ defaultValue: 14, description: 'How many days, today included; at most 90.' }) },
      resolve: async ({ id }, { days }, { services }) => [...(await services.apiKeys.usage.days(id, days))],
    }),
  }));
  addRecording(builder);
}

function addRecording(builder: AccessBuilder): void {
  const entry = builder.inputType('ApiKeyUsageEntryInput', {
    inaccessible: true,
    description: 'What one key asked for under one name on one day.',
    fields: (t) => ({
      keyId: t.id({ description: 'The key.' }),
      day: t.string({ description: 'Calendar day in UTC.' }),
      operation: t.string({ description: 'As the client named it.' }),
      requests: t.int({ description: 'Operations that were let through.' }),
      units: t.int({ description: units }),
      refused: t.int({ description: 'Operations that the quota refused.' }),
    }),
  });
  const input = builder.inputType('RecordApiKeyUsageInput', {
    inaccessible: true,
    description: 'What a gateway has counted since its last batch.',
    fields: (t) => ({
      batchId: t.id({ description: 'UUID; the same batch again adds nothing.' }),
      entries: t.field({ type: [entry], description: 'At most 5,000.' }),
    }),
  });
  builder.mutationField('recordApiKeyUsage', (t) =>
    t.boolean({
      inaccessible: true,
      description: 'Adds what a gateway has counted; false when the batch was known. For the platform only.',
      authScopes: { internal: true },
      args: { input: t.arg({ type: input, description: 'The batch.' }) },
      resolve: (_root, args, { services }) => services.apiKeys.usage.record(args.input),
    }),
  );
}
