import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import { GrantExceedsOwn } from '../people/granting.ts';
import type { Webhook } from './webhooks.service.ts';

/** Making, changing and ending webhooks, and sending a delivery again. */
export function addWebhookMutations(builder: AccessBuilder, { webhook, webhookDelivery }: AccessRefs): void {
  const createdWebhook = builder.objectRef<{ webhook: Webhook; secret: string }>('CreatedWebhook').implement({
    description: 'A new webhook or a new secret of one, and the only time that the secret can be read.',
    fields: (t) => ({
      webhook: t.expose('webhook', { type: webhook, description: 'The webhook.' }),
      secret: t.exposeString('secret', {
        description:
          'Signs deliveries: `Cauce-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256(secret, t + "." + body)>`; a second `v1` while a secret is being rotated.',
      }),
    }),
  });
  const deletedWebhook = builder.objectRef<{ id: string }>('DeletedWebhook').implement({
    description: 'A webhook is gone, and its deliveries with it.',
    fields: (t) => ({ id: t.exposeID('id', { description: 'Which it was.' }) }),
  });
  const { createInput, updateInput, deleteInput, redeliverInput, rotateInput, testInput } = addInputs(builder);
  const authScopes = { permission: 'webhooks:write' } as const;

  builder.mutationFields((t) => ({
    createWebhook: t.field({
      type: createdWebhook,
      description: 'Makes a webhook that belongs to who asks.',
      authScopes,
      errors: {
        types: [ValidationFailed, Conflict, NotFound, GrantExceedsOwn],
        union: { name: 'CreateWebhookResult' },
      },
      args: { input: t.arg({ type: createInput, description: 'Where, and what it is told of.' }) },
      resolve: (_root, { input }, { services }) => services.webhooks.create(input),
    }),
    updateWebhook: t.field({
      type: webhook,
      description: 'Changes a webhook; what is left out stays. Turning it on forgets its failures.',
      authScopes,
      errors: { types: [ValidationFailed, NotFound, GrantExceedsOwn], union: { name: 'UpdateWebhookResult' } },
      args: { input: t.arg({ type: updateInput, description: 'Which, and what about it.' }) },
      resolve: (_root, { input }, { services }) => services.webhooks.update(input),
    }),
    deleteWebhook: t.field({
      type: deletedWebhook,
      description: 'Ends a webhook for good.',
      authScopes,
      errors: { types: [NotFound], union: { name: 'DeleteWebhookResult' } },
      args: { input: t.arg({ type: deleteInput, description: 'Which.' }) },
      resolve: async (_root, { input }, { services }) => {
        await services.webhooks.delete(input.id);
        return { id: input.id };
      },
    }),
    redeliverWebhook: t.field({
      type: webhookDelivery,
      description: 'Sends a delivery that arrived or was given up once more, under the same id.',
      authScopes,
      errors: { types: [NotFound, Conflict], union: { name: 'RedeliverWebhookResult' } },
      args: { input: t.arg({ type: redeliverInput, description: 'Which.' }) },
      resolve: (_root, { input }, { services }) => services.webhooks.redeliver(input.deliveryId),
    }),
    rotateWebhookSecret: t.field({
      type: createdWebhook,
      description: 'Gives a webhook a new secret; for the overlap deliveries are signed with both.',
      authScopes,
      errors: { types: [ValidationFailed, NotFound, Conflict], union: { name: 'RotateWebhookSecretResult' } },
      args: { input: t.arg({ type: rotateInput, description: 'Which, and how long both sign.' }) },
      resolve: (_root, { input }, { services }) => services.webhooks.rotateSecret(input),
    }),
    testWebhook: t.field({
      type: webhookDelivery,
      description: 'Sends the event `webhook.test`, which means nothing: to try a receiver out. Ten times a minute.',
      authScopes,
      errors: { types: [NotFound, Conflict], union: { name: 'TestWebhookResult' } },
      args: { input: t.arg({ type: testInput, description: 'Which.' }) },
      resolve: (_root, { input }, { services }) => services.webhooks.test(input.id),
    }),
  }));
}

function addInputs(builder: AccessBuilder) {
  const url = 'Absolute https address on the public internet, without credentials.';
  const siteIds = 'Only events of these sites; none means all of the company that its owner reaches.';
  return {
    createInput: builder.inputType('CreateWebhookInput', {
      description: 'A webhook to make.',
      fields: (t) => ({
        companyId: t.id({ description: 'The company whose events it hears.' }),
        url: t.string({ description: url }),
        topics: t.stringList({ description: 'What it is told of; see `webhookTopics`.' }),
        siteIds: t.idList({ required: false, description: siteIds }),
        description: t.string({ required: false, description: 'What it is for; at most 500 characters.' }),
      }),
    }),
    updateInput: builder.inputType('UpdateWebhookInput', {
      description: 'A webhook to change.',
      fields: (t) => ({
        id: t.id({ description: 'Which.' }),
        url: t.string({ required: false, description: url }),
        topics: t.stringList({ required: false, description: 'What it is told of; see `webhookTopics`.' }),
        siteIds: t.idList({ required: false, description: siteIds }),
        description: t.string({ required: false, description: 'What it is for; at most 500 characters.' }),
        isActive: t.boolean({
          required: false,
          description: 'Whether it is on. What comes while it is off is not kept.',
        }),
      }),
    }),
    deleteInput: builder.inputType('DeleteWebhookInput', {
      description: 'A webhook to end.',
      fields: (t) => ({ id: t.id({ description: 'Which.' }) }),
    }),
    rotateInput: builder.inputType('RotateWebhookSecretInput', {
      description: 'A webhook to give a new secret.',
      fields: (t) => ({
        id: t.id({ description: 'Which.' }),
        overlapHours: t.int({
          defaultValue: 24,
          description: 'How long the old secret signs beside the new one: 0 ends it at once, at most 168.',
        }),
      }),
    }),
    testInput: builder.inputType('TestWebhookInput', {
      description: 'A webhook to try out.',
      fields: (t) => ({ id: t.id({ description: 'Which.' }) }),
    }),
    redeliverInput: builder.inputType('RedeliverWebhookInput', {
      description: 'A delivery to send again.',
      fields: (t) => ({ deliveryId: t.id({ description: 'Which.' }) }),
    }),
  };
}
