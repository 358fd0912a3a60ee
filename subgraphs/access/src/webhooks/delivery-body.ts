import { z } from 'zod';

/** What is sent of an event, and signed: the body of the request, and what a delivery keeps. */
export const deliveryBodySchema = z.object({
  /** The event's; the same in all deliveries of it. */
  id: z.string(),
  topic: z.string(),
  occurredAt: z.string(),
  companyId: z.string().nullable(),
  siteId: z.string().nullable(),
  key: z.string(),
  data: z.unknown(),
});

export type DeliveryBody = Readonly<z.output<typeof deliveryBodySchema>>;
