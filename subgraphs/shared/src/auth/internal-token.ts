import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { AppError } from '../errors/app-error.ts';
import { dashboards, permissions, roles } from './permissions.ts';
import type { Viewer } from './viewer.ts';

const issuer = 'cauce-gateway';
const audience = 'cauce-subgraph';
const lifetimeSeconds = 60;

const reach = z.union([z.literal('all'), z.array(z.string())]);
const viewerSchema = z.object({
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

/** Signs who is asking for a subgraph that runs elsewhere. One token serves a viewer for half its minute. */
export function createInternalTokenSigner(secret: string): (viewer: Viewer) => Promise<string> {
  const key = new TextEncoder().encode(secret);
  const signed = new WeakMap<Viewer, { readonly token: Promise<string>; readonly renewAtMs: number }>();
  return (viewer) => {
    const known = signed.get(viewer);
    if (known !== undefined && known.renewAtMs > Date.now()) return known.token;
    const token = new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(key);
    signed.set(viewer, { token, renewAtMs: Date.now() + (lifetimeSeconds * 1000) / 2 });
    return token;
  };
}

/** Reads the internal token; anything but a valid one is refused, so a subgraph answers nobody but the gateway. */
export function createInternalTokenReader(secret: string): (token: string | null) => Promise<Viewer> {
  const key = new TextEncoder().encode(secret);
  return async (token) => {
    if (token === null) throw new AppError('UNAUTHENTICATED', 'Subgraphs answer the gateway only');
    try {
      const { payload } = await jwtVerify(token, key, { issuer, audience, algorithms: ['HS256'] });
      return viewerSchema.parse(payload.viewer);
    } catch (cause) {
      throw new AppError('UNAUTHENTICATED', 'The internal token is not valid', { cause });
    }
  };
}
