import { cacheSchemaOptions } from '@cauce/shared/schema/cache-control';
import { federationVersion } from '@cauce/shared/schema/federation-version';
import type { GraphQLSchema } from 'graphql';
import { createAccessBuilder } from './access-builder.ts';
import { addApiKeys } from './api-keys/api-key.schema.ts';
import { addApiKeyMutations } from './api-keys/api-key-mutations.schema.ts';
import { addAuditLog } from './audit/audit-log.schema.ts';
import { addUsers } from './people/user.schema.ts';
import { addUserMutations } from './people/user-mutations.schema.ts';
import { addCompanies } from './places/company.schema.ts';
import { addSites } from './places/site.schema.ts';
import { addSessions } from './sessions/session.schema.ts';
import { addAuthenticate } from './viewers/viewer.schema.ts';
import { addWebhooks } from './webhooks/webhook.schema.ts';
import { addWebhookMutations } from './webhooks/webhook-mutations.schema.ts';

/** The access part of the graph. Needs nothing: what it resolves with comes in each request's context. */
export function createAccessSchema(): GraphQLSchema {
  const { builder, refs } = createAccessBuilder();
  addCompanies(builder, refs);
  addSites(builder, refs);
  addUsers(builder, refs);
  addUserMutations(builder, refs);
  addSessions(builder, refs);
  addAuthenticate(builder);
  addApiKeys(builder, refs);
  addApiKeyMutations(builder, refs);
  addWebhooks(builder, refs);
  addWebhookMutations(builder, refs);
  addAuditLog(builder, refs);
  return builder.toSubGraphSchema({ linkUrl: federationVersion, ...cacheSchemaOptions });
}
