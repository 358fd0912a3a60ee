import { AppError } from '@cauce/shared/errors/app-error';

/** What a caller showed at the door. Not yet believed. */
export type Credential =
  | { readonly kind: 'accessToken'; readonly value: string }
  | { readonly kind: 'apiKey'; readonly value: string };

const longest = 4_096;

/** Reads `Authorization: Bearer …` or `X-Api-Key`. None is fine (sign-in needs none); an unreadable one is not. */
export function credentialFromHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Credential | null {
  const apiKey = headers['x-api-key'];
  const authorization = headers.authorization;
  if (apiKey !== undefined && authorization !== undefined) {
    throw new AppError('UNAUTHENTICATED', 'Send one credential: Authorization or X-Api-Key');
  }
  if (apiKey !== undefined) return readCredential('apiKey', apiKey);
  if (authorization === undefined) return null;
  const match = typeof authorization === 'string' ? /^Bearer +(\S+)$/i.exec(authorization) : null;
  return readCredential('accessToken', match?.[1]);
}

/** The same over graphql-ws, from `connection_init`: `{ accessToken }` or `{ apiKey }`. */
export function credentialFromConnection(params: Readonly<Record<string, unknown>> | undefined): Credential | null {
  if (params?.apiKey !== undefined) return readCredential('apiKey', params.apiKey);
  if (params?.accessToken !== undefined) return readCredential('accessToken', params.accessToken);
  return null;
}

function readCredential(kind: Credential['kind'], value: unknown): Credential {
  if (typeof value !== 'string' || value.length === 0 || value.length > longest) {
    throw new AppError('UNAUTHENTICATED', 'The credential cannot be read');
  }
  // Keys may also come as bearer tokens, which is what generic clients offer.
  return { kind: value.startsWith('cauce_') ? 'apiKey' : kind, value };
}
