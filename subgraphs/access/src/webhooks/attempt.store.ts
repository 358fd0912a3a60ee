import type { WebhookAttempt } from '@cauce/prisma/client';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';

/** The tries of deliveries, the first of each first. Who sees a delivery sees its tries. */
export async function findAttempts(client: ScopedClient, deliveryIds: readonly string[]): Promise<WebhookAttempt[]> {
  return client.webhookAttempt.findMany({
    where: { deliveryId: { in: [...deliveryIds] } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
}
