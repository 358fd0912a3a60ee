import type { NewEvent } from '@cauce/shared/events/outbox';
import { alertChanged, alertRaised } from '../events.ts';
import type { PlacedAlert } from './silence.store.ts';

/** Says that an episode began. */
export function raisedEvent({ id, pointId, siteId, companyId }: PlacedAlert, now: Date): NewEvent {
  return { topic: alertRaised, key: pointId, siteId, companyId, occurredAt: now, payload: { alertId: id, pointId } };
}

/** Says that an episode is over. */
export function resolvedEvent({ id, pointId, siteId, companyId }: PlacedAlert, now: Date): NewEvent {
  const payload = { alertId: id, pointId, status: 'RESOLVED' };
  return { topic: alertChanged, key: pointId, siteId, companyId, occurredAt: now, payload };
}
