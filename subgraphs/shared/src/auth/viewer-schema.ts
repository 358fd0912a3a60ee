import { z } from 'zod';
import { dashboards, permissions, roles } from './permissions.ts';
import type { Viewer } from './viewer.ts';

const reach = z.union([z.literal('all'), z.array(z.string())]);
/** A viewer as it comes from another process, without the quota of a key. */
export const viewerSchema = z.object({
  kind: z.enum(['anonymous', 'user', 'apiKey', 'system']),
  id: z.string(),
  userId: z.string().nullable(),
  role: z.enum(roles).nullable(),
  permissions: z.array(z.enum(permissions)),
  companyIds: reach,
  siteIds: reach,
  dashboards: z.array(z.enum(dashboards)),
  locale: z.enum(['es', 'en']),
  expiresAtMs: z.number().nullable(),
}) satisfies z.ZodType<Viewer>;
