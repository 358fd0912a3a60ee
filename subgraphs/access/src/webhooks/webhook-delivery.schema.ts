import { reachesEvent } from '@cauce/shared/events/reachable-events';
import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import { deliveryBodySchema } from './delivery-body.ts';

/** `WebhookDelivery`, and the query that lists deliveries. */
export function addDeliveries(builder: AccessBuilder, { webhookDelivery, webhook }: AccessRefs): void {
  const status = builder.enumType('WebhookDeliveryStatus', {
    description: 'Where a delivery stands.',
    values: {
      PENDING: { description: 'Waits for its first try.' },
      SENDING: { description: 'Is being tried.' },
      DELIVERED: { description: 'The receiver answered 2xx.' },
      FAILED: { description: 'Was tried, and will be again.' },
      DEAD: {
        description: 'Was given up: eight tries in a day, or it may not be sent any more. It can be redelivered.',
      },
    } as const,
  });
  const attempt = builder
    .objectRef<{ at: Date; responseStatus: number | null; error: string | null; durationMs: number | null }>(
      'WebhookAttempt',
    )
    .implement({
      description: 'One try to deliver.',
      fields: (t) => ({
        at: t.expose('at', { type: 'DateTime', description: 'When its outcome was written down.' }),
        responseStatus: t.exposeInt('responseStatus', { nullable: true, description: 'HTTP status of the answer.' }),
        error: t.exposeString('error', {
          nullable: true,
          description: 'Why there was no answer, in the words of `WebhookDelivery.error`.',
        }),
        durationMs: t.exposeInt('durationMs', { nullable: true, description: 'How long it took, in milliseconds.' }),
      }),
    });
  webhookDelivery.implement({
    description:
      'One event on its way to one webhook. It arrives at least once; its id tells a receiver that it came before.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id, sent as `Cauce-Delivery` and the same in every try.' }),
      webhook: t.field({
        type: webhook,
        nullable: true,
        description: 'Where it goes.',
        resolve: ({ webhookId }, _args, { services }) => services.webhooks.webhook(webhookId),
      }),
      topic: t.exposeString('topic', { description: 'What it tells of.' }),
      payload: t.field({
        type: 'JSON',
        nullable: true,
        description: 'The body that is sent; null when what it tells of lies out of the reach of who asks.',
        resolve: ({ payload, sight }) =>
          reachesEvent(sight.viewer, deliveryBodySchema.parse(payload)) ? payload : null,
      }),
      status: t.expose('status', { type: status, description: 'Where it stands.' }),
      attempts: t.exposeInt('attempts', { description: 'Tries so far.' }),
      nextAttemptAt: t.expose('nextAttemptAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it is tried next.',
      }),
      responseStatus: t.exposeInt('responseStatus', { nullable: true, description: 'HTTP status of the last answer.' }),
      responseBody: t.exposeString('responseBody', {
        nullable: true,
        description: 'The first 1,000 characters of it.',
      }),
      error: t.exposeString('error', {
        nullable: true,
        description: 'Why there was no answer: TIMEOUT, NETWORK, PRIVATE_ADDRESS, CIRCUIT_OPEN, NOT_ALLOWED.',
      }),
      durationMs: t.exposeInt('durationMs', {
        nullable: true,
        description: 'How long the last try took, in milliseconds.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the event was matched to the webhook.' }),
      tries: t.field({
        type: [attempt],
        description: 'Each try so far, the first first.',
        resolve: async ({ id }, _args, { services }) => [...(await services.webhooks.attempts(id))],
      }),
      deliveredAt: t.expose('deliveredAt', { type: 'DateTime', nullable: true, description: 'When it arrived.' }),
    }),
  });
  const filterInput = builder.inputType('WebhookDeliveryFilterInput', {
    description: 'Which deliveries; what is left out does not narrow.',
    fields: (t) => ({
      webhookId: t.id({ required: false, description: 'Only of this webhook.' }),
      topic: t.string({ required: false, description: 'Only of this topic.' }),
      statuses: t.field({ type: [status], required: false, description: 'Only those that stand so.' }),
    }),
  });
  builder.queryField('webhookDeliveries', (t) =>
    t.connection(
      {
        type: webhookDelivery,
        description: 'What was sent through webhooks that the viewer sees, newest first.',
        authScopes: { permission: 'webhooks:write' },
        args: { filter: t.arg({ type: filterInput, required: false, description: 'Which of them.' }) },
        resolve: (_root, { filter, ...page }, { services }) => services.webhooks.deliveries(filter ?? {}, page),
      },
      { name: 'WebhookDeliveryConnection', description: 'A page of deliveries.' },
      { name: 'WebhookDeliveryEdge', description: 'A delivery in a page.' },
    ),
  );
}
