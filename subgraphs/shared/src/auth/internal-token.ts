import { createHmac, createSecretKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { AppError } from '../errors/app-error.ts';
import { hmacKey } from './hmac-key.ts';
import type { Viewer } from './viewer.ts';
import { viewerSchema } from './viewer-schema.ts';

const issuer = 'cauce-gateway';
const audience = 'cauce-subgraph';
const lifetimeSeconds = 60;

const header = encode({ alg: 'HS256' });

/**
 * Signs who is asking for a subgraph that runs elsewhere (JWT, HS256). One token serves a viewer for half its minute.
 * It is made here and at once: a library's way through the thread pool costs a busy gateway more than the fetch itself.
 */
export function createInternalTokenSigner(secret: string): (viewer: Viewer) => string {
  const key = createSecretKey(secret, 'utf8');
  const signed = new WeakMap<Viewer, { readonly token: string; readonly renewAtMs: number }>();
  return (viewer) => {
    const known = signed.get(viewer);
    const nowMs = Date.now();
    if (known !== undefined && known.renewAtMs > nowMs) return known.token;
    const iat = Math.floor(nowMs / 1000);
    const text = `${header}.${encode({ viewer, iss: issuer, aud: audience, iat, exp: iat + lifetimeSeconds })}`;
    const token = `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
    signed.set(viewer, { token, renewAtMs: nowMs + (lifetimeSeconds * 1000) / 2 });
    return token;
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Reads the internal token; anything but a valid one is refused, so a subgraph answers nobody but the gateway. */
export function createInternalTokenReader(secret: string): (token: string | null) => Promise<Viewer> {
  const key = hmacKey(secret, 'verify');
  return async (token) => {
    if (token === null) throw new AppError('UNAUTHENTICATED', 'Subgraphs answer the gateway only');
    try {
      const { payload } = await jwtVerify(token, await key, { issuer, audience, algorithms: ['HS256'] });
      return viewerSchema.parse(payload.viewer);
    } catch (cause) {
      throw new AppError('UNAUTHENTICATED', 'The internal token is not valid', { cause });
    }
  };
}
