import { z } from 'zod';
import type { DomainEvent } from './domain-event.ts';

/** The columns of an outbox row, in SQL; `id` as text because it does not fit a JavaScript number. */
export const outboxColumns =
  'o.id::text AS id, o.topic, o.key, o.company_id, o.site_id, o.occurred_at, o.payload, o.traceparent';

const rowSchema = z.object({
  id: z.string(),
  topic: z.string(),
  key: z.string(),
  company_id: z.string().nullable(),
  site_id: z.string().nullable(),
  occurred_at: z.date(),
  payload: z.unknown(),
  traceparent: z.string().nullable(),
});

/** The event that a row read with `outboxColumns` holds. */
export function readOutboxRow(row: unknown): DomainEvent {
  const parsed = rowSchema.parse(row);
  return {
    id: parsed.id,
    topic: parsed.topic,
    key: parsed.key,
    companyId: parsed.company_id,
    siteId: parsed.site_id,
    occurredAt: parsed.occurred_at.toISOString(),
    payload: parsed.payload,
    ...(parsed.traceparent === null ? {} : { traceparent: parsed.traceparent }),
  };
}
