import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import { present } from '../present.ts';
import { addDeliveries } from './webhook-delivery.schema.ts';
import { type WebhookTopic, webhookTopics } from './webhook-topics.ts';

/** `Webhook`, and the queries that list webhooks and what they can be had for. */
export function addWebhooks(builder: AccessBuilder, refs: AccessRefs): void {
  const { webhook, company, site, user } = refs;
  webhook.implement({
    description:
      'Where a partner is told of events. It hears what its owner may see at that moment, and never more than it was made for.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      url: t.exposeString('url', { description: 'Where deliveries are posted to.' }),
      description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
      topics: t.exposeStringList('topics', { description: 'What it is told of: `telemetry.alertRaised`.' }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'The company whose events it hears.',
        resolve: ({ companyId, sight }) => sight.places.company(companyId),
      }),
      sites: t.field({
        type: [site],
        description: 'The sites it is kept to; none means all that its owner reaches.',
        resolve: ({ siteIds, sight }) => present(siteIds.map((id) => sight.places.site(id))),
      }),
      owner: t.field({
        type: user,
        nullable: true,
        description: 'In whose name it hears.',
        resolve: ({ createdBy, sight }) => (createdBy === null ? null : sight.people.user(createdBy)),
      }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it is on.' }),
      disabledAt: t.expose('disabledAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was turned off by itself, after failing for five days or being told 410 Gone.',
      }),
      failureCount: t.exposeInt('failureCount', { description: 'Deliveries given up since the last that arrived.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
      secretRotatedAt: t.expose('secretRotatedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was last given a new secret.',
      }),
      previousSecretEndsAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'Until when deliveries are signed with the old secret as well; null when only one is good.',
        resolve: ({ previousSecretEndsAt }, _args, { services }) =>
          previousSecretEndsAt !== null && services.webhooks.isAhead(previousSecretEndsAt)
            ? previousSecretEndsAt
            : null,
      }),
    }),
  });
  addDeliveries(builder, refs);

  const topic = builder.objectRef<WebhookTopic>('WebhookTopic').implement({
    description: 'Something that webhooks can be told of.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'As it stands in `topics` and in the header `Cauce-Event`.' }),
      permission: t.exposeString('permission', { description: 'What the owner of the webhook must hold.' }),
      description: t.exposeString('description', { description: 'When it happens.' }),
    }),
  });
  const filterInput = builder.inputType('WebhookFilterInput', {
    description: 'Which webhooks; what is left out does not narrow.',
    fields: (t) => ({
      companyId: t.id({ required: false, description: 'Only of this company.' }),
      topic: t.string({ required: false, description: 'Only those told of this.' }),
      isActive: t.boolean({ required: false, description: 'Only those that are on (or off).' }),
    }),
  });
  builder.queryFields((t) => ({
    webhooks: t.connection(
      {
        type: webhook,
        description: 'Own webhooks, newest first; all of them for who reaches everything.',
        authScopes: { permission: 'webhooks:write' },
        args: { filter: t.arg({ type: filterInput, required: false, description: 'Which of them.' }) },
        resolve: (_root, { filter, ...page }, { services }) => services.webhooks.page(filter ?? {}, page),
      },
      { name: 'WebhookConnection', description: 'A page of webhooks.' },
      { name: 'WebhookEdge', description: 'A webhook in a page.' },
    ),
    webhookTopics: t.field({
      type: [topic],
      description: 'Everything that webhooks can be told of.',
      authScopes: { permission: 'webhooks:write' },
      resolve: () => [...webhookTopics],
    }),
  }));
}
