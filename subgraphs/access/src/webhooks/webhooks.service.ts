import type { WebhookAttempt } from '@cauce/prisma/client';
import { createIdLoader, createListLoader } from '@cauce/shared/db/create-loader';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { AccessDeps } from '../access-deps.ts';
import type { Seen, Sight } from '../sight.ts';
import { findAttempts } from './attempt.store.ts';
import { createWebhookChanges, updateWebhookSchema } from './change-webhook.ts';
import { createCreateWebhook, createWebhookSchema } from './create-webhook.ts';
import type { DeliverWebhook } from './deliver-webhook.ts';
import { createRedeliverWebhook } from './redeliver-webhook.ts';
import { createRotateWebhookSecret, rotateWebhookSecretSchema } from './rotate-webhook-secret.ts';
import { createTestWebhook } from './test-webhook.ts';
import {
  createWebhookStore,
  type DeliveryFilter,
  type DeliveryRow,
  type WebhookFilter,
  type WebhookRow,
} from './webhook.store.ts';

export type Webhook = Seen<WebhookRow>;
export type WebhookDelivery = Seen<DeliveryRow>;

/** Webhooks and what was sent through them; input comes as clients sent it. */
export interface Webhooks {
  webhook(id: string): Promise<Webhook | null>;
  page(filter: WebhookFilter, page: PageArgs): Promise<Page<Webhook>>;
  deliveries(filter: DeliveryFilter, page: PageArgs): Promise<Page<WebhookDelivery>>;
  create(input: unknown): Promise<{ readonly webhook: Webhook; readonly secret: string }>;
  update(input: unknown): Promise<Webhook>;
  delete(id: string): Promise<void>;
  redeliver(deliveryId: string): Promise<WebhookDelivery>;
  /** The webhook and its new secret, shown this once. */
  rotateSecret(input: unknown): Promise<{ readonly webhook: Webhook; readonly secret: string }>;
  /** Sends an event that means nothing. */
  test(id: string): Promise<WebhookDelivery>;
  /** The tries of a delivery that was seen, the first first. */
  attempts(deliveryId: string): Promise<readonly WebhookAttempt[]>;
  isAhead(at: Date): boolean;
}

export function createWebhooksMaker(
  deps: AccessDeps,
  deliverWebhook: DeliverWebhook,
): (scope: RequestScope, sight: Sight) => Webhooks {
  const create = createCreateWebhook(deps);
  const changes = createWebhookChanges(deps);
  const redeliver = createRedeliverWebhook(deps, deliverWebhook);
  const rotate = createRotateWebhookSecret(deps);
  const test = createTestWebhook(deps, deliverWebhook);
  return (scope, sight) => {
    const client = deps.scopedFor(scope.viewer);
    const store = createWebhookStore(client, scope.viewer);
    const attempts = createListLoader(
      (ids) => findAttempts(client, ids),
      (row) => row.deliveryId,
    );
    const byId = createIdLoader(async (ids) => (await store.byIds(ids)).map((row) => ({ ...row, sight })));
    const cursorOf = ({ createdAt, id }: { readonly createdAt: Date; readonly id: string }) => [
      createdAt.toISOString(),
      id,
    ];
    return {
      webhook: (id) => byId.load(id),
      async page(filter, args) {
        const keyset = readKeyset(args, ['instant', 'id']);
        const rows = (await store.page(filter, keyset)).map((row) => ({ ...row, sight }));
        return toPage(rows, keyset, cursorOf, () => store.count(filter));
      },
      async deliveries(filter, args) {
        const keyset = readKeyset(args, ['instant', 'id']);
        const rows = (await store.deliveries(filter, keyset)).map((row) => ({ ...row, sight }));
        return toPage(rows, keyset, cursorOf, () => store.countDeliveries(filter));
      },
      async create(input) {
        const { row, secret } = await create(parseInput(createWebhookSchema, input), scope);
        return { webhook: { ...row, sight }, secret };
      },
      async update(input) {
        return { ...(await changes.update(parseInput(updateWebhookSchema, input), scope)), sight };
      },
      delete: (id) => changes.delete(id, scope),
      async redeliver(deliveryId) {
        return { ...(await redeliver(deliveryId, scope)), sight };
      },
      async rotateSecret(input) {
        const { row, secret } = await rotate(parseInput(rotateWebhookSecretSchema, input), scope);
        return { webhook: { ...row, sight }, secret };
      },
      async test(id) {
        return { ...(await test(id, scope)), sight };
      },
      attempts: (deliveryId) => attempts.load(deliveryId),
      isAhead: (at) => at > deps.clock.now(),
    };
  };
}
