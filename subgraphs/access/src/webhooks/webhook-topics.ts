import type { Permission } from '@cauce/shared/auth/permissions';

/** What partners may be told of. */
export interface WebhookTopic {
  /** The event's topic, as its subgraph publishes it. */
  readonly name: string;
  /** What its reader must hold: a webhook tells nobody what they could not ask for. */
  readonly permission: Permission;
  readonly description: string;
}

type Domain = 'production' | 'inventory' | 'clinics' | 'telemetry' | 'finance';

/**
 * The events that webhooks can be had for: part of the contract with partners, so named here and not found out. The
 * subgraph that publishes one marks it `isPublic`; a guard test holds the two against each other.
 */
export const webhookTopics: readonly WebhookTopic[] = [
  of(
    'production',
    'production.orderChanged',
    'A production order was recorded, changed or removed, by whichever program.',
  ),
  of('inventory', 'inventory.stockChanged', 'The stock of a product in a warehouse, or its limits, changed.'),
  of('inventory', 'inventory.productChanged', 'A product was made, changed or removed.'),
  of('inventory', 'inventory.syncStatusChanged', 'A copy from an ERP began, went on or ended.'),
  of('clinics', 'clinics.appointmentChanged', 'An appointment was booked, confirmed, moved or cancelled.'),
  of('telemetry', 'telemetry.measurementAdded', 'Measurements of a catchment point were added.'),
  of('telemetry', 'telemetry.alertRaised', 'A catchment point raised an alert.'),
  of('telemetry', 'telemetry.alertChanged', 'An alert was acknowledged, or is over.'),
  of('telemetry', 'telemetry.pointStatusChanged', 'A catchment point was edited, fell silent or came back.'),
  of(
    'telemetry',
    'telemetry.complianceSubmissionChanged',
    'A report to a regulator was sent, verified, refused or settled.',
  ),
  of('finance', 'finance.dailyMetricsChanged', 'Daily metrics of a company or a site were loaded or corrected.'),
];

/** What a webhook is sent to try it out; nobody subscribes to it. */
export const testTopic: WebhookTopic = {
  name: 'webhook.test',
  permission: 'webhooks:write',
  description: 'Somebody tries the webhook out.',
};

/** The topic of a delivery; undefined for one that is no longer public. */
export function findWebhookTopic(name: string): WebhookTopic | undefined {
  return name === testTopic.name ? testTopic : webhookTopics.find((topic) => topic.name === name);
}

function of(domain: Domain, name: `${Domain}.${string}`, description: string): WebhookTopic {
  return { name, permission: `${domain}:read`, description };
}
