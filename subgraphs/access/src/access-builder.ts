import { dashboards, roles } from '@cauce/shared/auth/permissions';
import type { ExpectedFailure } from '@cauce/shared/errors/outcomes';
import { type CauceBuilder, createBuilder } from '@cauce/shared/schema/builder';
import type { ApiKey } from './api-keys/api-keys.service.ts';
import { GrantExceedsOwn } from './people/granting.ts';
import type { User } from './people/people.service.ts';
import type { Company, Site } from './places/places.service.ts';
import type { AccessServices } from './services.ts';
import type { Webhook, WebhookDelivery } from './webhooks/webhooks.service.ts';

export type AccessBuilder = CauceBuilder<AccessServices>;
export type AccessRefs = ReturnType<typeof createRefs>;

/** The builder with what several features name: the entities, to be implemented by theirs, and the enums. */
export function createAccessBuilder(): { readonly builder: AccessBuilder; readonly refs: AccessRefs } {
  const builder = createBuilder<AccessServices>();
  builder.queryType({});
  builder.mutationType({});
  builder.subscriptionType({});
  return { builder, refs: createRefs(builder) };
}

function createRefs(builder: AccessBuilder) {
  const failure = findFailure(builder);
  builder.objectType(GrantExceedsOwn, {
    name: 'GrantExceedsOwn',
    interfaces: [failure],
    description: 'Nobody gives more than they hold. `reason` is ROLE, DASHBOARD, PERMISSION, TOPIC or SUBJECT.',
  });
  return {
    failure,
    user: builder.objectRef<User>('User'),
    company: builder.objectRef<Company>('Company'),
    site: builder.objectRef<Site>('Site'),
    apiKey: builder.objectRef<ApiKey>('ApiKey'),
    webhook: builder.objectRef<Webhook>('Webhook'),
    webhookDelivery: builder.objectRef<WebhookDelivery>('WebhookDelivery'),
    role: builder.enumType('Role', {
      values: roles,
      description: 'A set of permissions. Which rows they hold for is decided by companies and sites.',
    }),
    dashboardTab: builder.enumType('DashboardTab', {
      values: dashboards,
      description: 'A tab of the executive dashboard.',
    }),
    locale: builder.enumType('Locale', {
      values: ['es', 'en'] as const,
      description: 'A language people are spoken to in.',
    }),
    siteKind: builder.enumType('SiteKind', {
      values: ['PLANT', 'WAREHOUSE', 'CLINIC', 'CATCHMENT_AREA', 'OFFICE'] as const,
      description: 'What a site is for.',
    }),
  };
}

/** The interface of all failures: registered by the kit's builder, which gives no handle on it. */
function findFailure(builder: AccessBuilder) {
  const failure = builder.interfaceRef<Pick<ExpectedFailure, 'reason' | 'message'>>('Failure');
  builder.configStore.associateParamWithRef(failure, 'Failure');
  return failure;
}
