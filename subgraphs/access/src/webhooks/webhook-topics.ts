import type { Permission } from '@cauce/shared/auth/permissions';

/** What partners may be told of. */
export interface WebhookTopic {
  /** The event's topic, as its subgraph publishes it. */
  readonly name: string;
  /** What its reader must hold: a webhook tells nobody what they could not ask for. */
  readonly permission: Permission;
  readonly description: string;
}

/**
 * The events that webhooks can be had for: part of the contract with partners, so named here and not found out. The
 * subgraph that publishes one marks it `isPublic`; a guard test holds the two against each other.
 */
export const webhookTopics: readonly WebhookTopic[] = [
  {
    name: 'production.productionChanged',
    permission: 'production:read',
    description: 'A production order was recorded or changed.',
  },
  { name: 'inventory.stockChanged', permission: 'inventory:read', description: 'The stock of a product changed.' },
  {
    name: 'clinics.appointmentChanged',
    permission: 'clinics:read',
    description: 'An appointment was booked, confirmed, moved or cancelled.',
  },
  {
    name: 'telemetry.measurementAdded',
    permission: 'telemetry:read',
    description: 'A measurement of a catchment point was derived.',
  },
  { name: 'telemetry.alertRaised', permission: 'telemetry:read', description: 'A catchment point raised an alert.' },
  {
    name: 'telemetry.complianceSubmissionChanged',
    permission: 'telemetry:read',
    description: 'A report to the regulator changed its state.',
  },
  {
    name: 'finance.dailyMetricsChanged',
    permission: 'finance:read',
    description: 'Daily metrics of a company were computed again.',
  },
];
