import { byCompany, byParent, bySite, bySiteOrCompany, type RowScopes } from '@cauce/shared/db/row-scope';

/**
 * The rows that belong to a company or a site. People, sign-ins and API keys belong to nobody's rows (they are what
 * reach is made of), so their stores say in each query who may see them.
 */
export const accessRowScopes: RowScopes = {
  Company: byCompany('id'),
  Site: bySite('id'),
  Webhook: byCompany(),
  WebhookDelivery: byParent('webhook', 'webhookId', 'Webhook'),
  WebhookAttempt: byParent('delivery', 'deliveryId', 'WebhookDelivery'),
  AuditEntry: bySiteOrCompany(),
};
