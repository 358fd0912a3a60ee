import type { PrismaClient } from '@cauce/prisma/client';
import { appendEvents, type NewEvent } from '@cauce/shared/events/outbox';
import { pointStatusChanged } from '../events.ts';
import { raisedEvent, resolvedEvent } from './alert-events.ts';
import {
  type ChangedPoint,
  changeStatus,
  closeSilenceAlerts,
  ensureSilenceRules,
  openQuantitySilenceAlerts,
  openSilenceAlerts,
} from './silence.store.ts';

export interface SilenceChanges {
  readonly raised: number;
  readonly resolved: number;
}

/**
 * Raises one alert for each point that has stayed away longer than it is used to, and resolves it when readings come
 * again; the point goes offline and back with it. A single quantity that stays away raises its own. One episode is one
 * alert, however often this runs and however many run it. Points under maintenance are left alone.
 */
export function watchSilence(client: PrismaClient, now: Date): Promise<SilenceChanges> {
  return client.$transaction(async (tx) => {
    await ensureSilenceRules(tx);
    const raised = await openSilenceAlerts(tx, now);
    const resolved = await closeSilenceAlerts(tx, now, 'points');
    const missed = await openQuantitySilenceAlerts(tx, now);
    const found = await closeSilenceAlerts(tx, now, 'quantities');
    const gone = await changeStatus(
      tx,
      raised.map(({ pointId }) => pointId),
      ['ACTIVE', 'OFFLINE'],
      now,
    );
    const back = await changeStatus(
      tx,
      resolved.map(({ pointId }) => pointId),
      ['OFFLINE', 'ACTIVE'],
      now,
    );
    await appendEvents(tx, [
      ...gone.map((point) => statusEvent(point, 'OFFLINE', 'ACTIVE', now)),
      ...back.map((point) => statusEvent(point, 'ACTIVE', 'OFFLINE', now)),
      ...[...raised, ...missed].map((alert) => raisedEvent(alert, now)),
      ...[...resolved, ...found].map((alert) => resolvedEvent(alert, now)),
    ]);
    return { raised: raised.length + missed.length, resolved: resolved.length + found.length };
  });
}

function statusEvent({ id, code, siteId, companyId }: ChangedPoint, status: string, previousStatus: string, now: Date) {
  const payload = { pointId: id, pointCode: code, status, previousStatus };
  return { topic: pointStatusChanged, key: id, siteId, companyId, occurredAt: now, payload } satisfies NewEvent;
}
