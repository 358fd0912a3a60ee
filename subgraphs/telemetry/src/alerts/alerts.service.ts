import type { AuditActor } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { createIdLoader, createListLoader } from '@cauce/shared/db/create-loader';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import { z } from 'zod';
import type { Alert, AlertFilter } from './alert.ts';
import type { AlertStore } from './alerts.store.ts';

/** Alerts as far as one viewer may see them. */
export interface Alerts {
  byId(id: string): Promise<Alert | null>;
  page(filter: AlertFilter, args: PageArgs): Promise<Page<Alert>>;
  /** The newest unresolved ones; none for a site out of reach. */
  openOfSite(siteId: string): Promise<readonly Alert[]>;
  openOfPoint(pointId: string): Promise<readonly Alert[]>;
  /** @throws NotFound, Conflict (`NOT_OPEN`) or ValidationFailed */
  acknowledge(input: unknown): Promise<Alert>;
}

export interface AlertsDeps {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly actor: AuditActor;
}

/** Unresolved alerts that a site or a point lists; the rest is in the paged list. */
const openPerPlace = 50;

export function createAlerts({ store, clock, actor }: AlertsDeps): Alerts {
  const byId = createIdLoader(store.byIds);
  const ofSite = createListLoader(
    (ids) => store.unresolved('siteId', onlyUuids(ids)),
    (alert) => alert.siteId,
  );
  const ofPoint = createListLoader(
    (ids) => store.unresolved('pointId', ids),
    (alert) => alert.pointId,
  );
  return {
    byId: (id) => byId.load(id),
    openOfSite: async (siteId) => (await ofSite.load(siteId.toLowerCase())).slice(0, openPerPlace),
    openOfPoint: async (pointId) => (await ofPoint.load(pointId)).slice(0, openPerPlace),
    async page(filter, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      const rows = await store.page(filter, keyset);
      return toPage(
        rows,
        keyset,
        (alert) => [alert.openedAt.toISOString(), alert.id],
        () => store.count(filter),
      );
    },
    async acknowledge(input) {
      const { alertId, note } = parseInput(acknowledgeSchema, input);
      const [alert] = await store.byIds([alertId]);
      if (alert === undefined) throw new NotFound('Alert');
      const at = clock.now();
      const seen = await store.acknowledge(alert, { by: actor.viewer.userId, at, note: note ?? null }, actor);
      if (seen === null) throw new Conflict('NOT_OPEN', 'Somebody has seen it already, or it is over');
      return seen;
    },
  };
}

const acknowledgeSchema = z.object({
  alertId: z.uuid(),
  note: z
    .string()
    .trim()
    .max(500)
    .regex(/^[^\0]*$/)
    .nullish(),
});
