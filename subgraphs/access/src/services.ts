import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { AccessDeps } from './access-deps.ts';
import { type ApiKeys, createApiKeysMaker } from './api-keys/api-keys.service.ts';
import { createKeyDocumentsMaker, type KeyDocuments } from './api-keys/documents/documents.service.ts';
import { type AuditLog, createAuditLogMaker } from './audit/audit-log.service.ts';
import type { People } from './people/people.service.ts';
import { createUserAccessMaker, type UserAccess } from './people/user-access.service.ts';
import type { Places } from './places/places.service.ts';
import { createSessionsMaker, type Sessions } from './sessions/sessions.service.ts';
import type { Viewers } from './viewers/viewers.service.ts';
import type { DeliverWebhook } from './webhooks/deliver-webhook.ts';
import { createWebhooksMaker, type Webhooks } from './webhooks/webhooks.service.ts';

/** What the resolvers call: made for one request, for the eyes and in the name of its viewer. */
export interface AccessServices {
  readonly places: Places;
  readonly people: People;
  readonly sessions: Sessions;
  readonly userAccess: UserAccess;
  readonly apiKeys: ApiKeys;
  readonly keyDocuments: KeyDocuments;
  readonly webhooks: Webhooks;
  readonly auditLog: AuditLog;
  readonly viewers: Viewers;
}

export function createServicesMaker(
  deps: AccessDeps,
  deliverWebhook: DeliverWebhook,
): (scope: RequestScope) => AccessServices {
  const sessionsFor = createSessionsMaker(deps);
  const userAccessFor = createUserAccessMaker(deps);
  const apiKeysFor = createApiKeysMaker(deps);
  const keyDocumentsFor = createKeyDocumentsMaker(deps);
  const webhooksFor = createWebhooksMaker(deps, deliverWebhook);
  const auditLogFor = createAuditLogMaker(deps);
  return (scope) => {
    const sight = deps.createSight(scope.viewer);
    return {
      places: sight.places,
      people: sight.people,
      sessions: sessionsFor(scope),
      userAccess: userAccessFor(scope),
      apiKeys: apiKeysFor(scope, sight),
      keyDocuments: keyDocumentsFor(scope),
      webhooks: webhooksFor(scope, sight),
      auditLog: auditLogFor(scope, sight),
      viewers: deps.viewers,
    };
  };
}
