import type { Viewer } from '@cauce/shared/auth/viewer';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { type DomainEvent, defineTopic } from '@cauce/shared/events/domain-event';
import type { EventBus } from '@cauce/shared/events/event-bus';
import { reachableEvents } from '@cauce/shared/events/reachable-events';

export interface OrderChanged {
  readonly operation: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly orderId: string;
  readonly registryId: number;
  readonly orderNumber: string;
}

/** Written by the trigger of `produccion_aliar`, whichever program changed the row. */
export const orderChanged = defineTopic<OrderChanged>('production.orderChanged', { isPublic: true });

export const orderChangeKinds = ['CREATED', 'UPDATED', 'DELETED'] as const;

/** One change of one order within the listener's reach. */
export interface OrderChange {
  readonly kind: (typeof orderChangeKinds)[number];
  readonly orderId: string;
  readonly orderNumber: string;
  readonly siteId: string | null;
  readonly companyId: string | null;
  readonly occurredAt: string;
}

/**
 * Changes of orders as they happen, until the signal aborts. Whether the listener reaches the order is asked of every
 * event anew.
 * @param siteIds only these sites; all that the viewer reaches when left out
 */
export function orderChanges(
  bus: EventBus,
  viewer: Viewer,
  siteIds: readonly string[] | null,
  signal: AbortSignal,
): AsyncIterable<OrderChange> {
  const wanted = siteIds === null ? null : new Set(onlyUuids(siteIds));
  return reachableEvents(bus, orderChanged, {
    viewer,
    signal,
    read: async (event) =>
      wanted === null || (event.siteId !== null && wanted.has(event.siteId)) ? toChange(event) : null,
  });
}

const kinds = { INSERT: 'CREATED', UPDATE: 'UPDATED', DELETE: 'DELETED' } as const;

function toChange({ payload, siteId, companyId, occurredAt }: DomainEvent<OrderChanged>): OrderChange {
  const { operation, orderId, orderNumber } = payload;
  return { kind: kinds[operation], orderId, orderNumber, siteId, companyId, occurredAt };
}
