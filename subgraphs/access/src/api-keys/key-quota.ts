import { z } from 'zod';

/** What a key may spend, in units of cost: an object that an answer might hold is about one unit. */
export interface ApiKeyQuota {
  readonly unitsPerMinute: number;
  readonly unitsPerDay: number;
}

export const usualQuota: ApiKeyQuota = { unitsPerMinute: 60_000, unitsPerDay: 2_000_000 };
export const largestQuota: ApiKeyQuota = { unitsPerMinute: 600_000, unitsPerDay: 50_000_000 };

/** A quota as it is asked for; a day has room for at least one full minute. */
export const quotaSchema = z
  .object({
    unitsPerMinute: z.int().min(1).max(largestQuota.unitsPerMinute),
    unitsPerDay: z.int().min(1).max(largestQuota.unitsPerDay),
  })
  .refine(({ unitsPerMinute, unitsPerDay }) => unitsPerDay >= unitsPerMinute, {
    path: ['unitsPerDay'],
    message: 'must not be less than a minute may spend',
  });
