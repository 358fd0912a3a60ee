import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import { GrantExceedsOwn } from '../people/granting.ts';
import type { ApiKey } from './api-keys.service.ts';
import { largestQuota, usualQuota } from './key-quota.ts';

/** `createApiKey`, `revokeApiKey` and `rotateApiKey`. */
export function addApiKeyMutations(builder: AccessBuilder, { apiKey }: AccessRefs): void {
  const createdApiKey = builder.objectRef<{ apiKey: ApiKey; secret: string }>('CreatedApiKey').implement({
    description: 'A new key or a new secret of one, and the only time that it can be read.',
    fields: (t) => ({
      apiKey: t.expose('apiKey', { type: apiKey, description: 'What the key may do.' }),
      secret: t.exposeString('secret', { description: 'The key itself. It is not stored and cannot be shown again.' }),
    }),
  });
  const quotaInput = builder.inputType('ApiKeyQuotaInput', {
    description: 'What a key may spend, in units of cost.',
    fields: (t) => ({
      unitsPerMinute: t.int({ description: `In any sixty seconds, at most ${largestQuota.unitsPerMinute}.` }),
      unitsPerDay: t.int({ description: `In a calendar day (UTC), at most ${largestQuota.unitsPerDay}.` }),
    }),
  });
  const createApiKeyInput = builder.inputType('CreateApiKeyInput', {
    description: 'A key for a program.',
    fields: (t) => ({
      name: t.string({ description: 'What it is for; at most 120 characters.' }),
      permissions: t.stringList({ description: 'At least one, and only ones that its owner holds.' }),
      companyIds: t.idList({
        required: false,
        description: 'Companies it reaches; left out, all that its owner reaches now.',
      }),
      siteIds: t.idList({
        required: false,
        description:
          'Sites it reaches, each in one of the companies; left out, all of those that its owner reaches now.',
      }),
      expiresAt: t.field({
        type: 'DateTime',
        required: false,
        description: 'When it ends, at most two years ahead; left out, in a year.',
      }),
      quota: t.field({
        type: quotaInput,
        required: false,
        description: `What it may spend; left out, ${usualQuota.unitsPerMinute} units a minute and ${usualQuota.unitsPerDay} a day.`,
      }),
    }),
  });
  const revokeApiKeyInput = builder.inputType('RevokeApiKeyInput', {
    description: 'A key to end.',
    fields: (t) => ({ id: t.id({ description: 'The key.' }) }),
  });
  const rotateApiKeyInput = builder.inputType('RotateApiKeyInput', {
    description: 'A key to give a new secret.',
    fields: (t) => ({
      id: t.id({ description: 'The key.' }),
      overlapHours: t.int({
        defaultValue: 24,
        description: 'How long the old secret stays good beside the new one: 0 ends it at once, at most 168.',
      }),
    }),
  });

  builder.mutationFields((t) => ({
    createApiKey: t.field({
      type: createdApiKey,
      description: 'Makes a key that belongs to who asks. For people only: a key makes no keys.',
      authScopes: { authenticated: true },
      errors: { types: [ValidationFailed, Conflict, NotFound, GrantExceedsOwn], union: { name: 'CreateApiKeyResult' } },
      args: { input: t.arg({ type: createApiKeyInput, description: 'What it may do.' }) },
      resolve: (_root, { input }, { services }) => services.apiKeys.create(input),
    }),
    revokeApiKey: t.field({
      type: apiKey,
      description: 'Ends a key for good, its streams with it. May be repeated.',
      authScopes: { authenticated: true },
      errors: { types: [NotFound], union: { name: 'RevokeApiKeyResult' } },
      args: { input: t.arg({ type: revokeApiKeyInput, description: 'The key.' }) },
      resolve: (_root, { input }, { services }) => services.apiKeys.revoke(input.id),
    }),
    rotateApiKey: t.field({
      type: createdApiKey,
      description: 'Gives an own key a new secret; rights, quota and usage stay. For people only.',
      authScopes: { authenticated: true },
      errors: { types: [ValidationFailed, NotFound, Conflict], union: { name: 'RotateApiKeyResult' } },
      args: { input: t.arg({ type: rotateApiKeyInput, description: 'The key, and how long both secrets are good.' }) },
      resolve: (_root, { input }, { services }) => services.apiKeys.rotate(input),
    }),
  }));
}
