import { hash } from 'node:crypto';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { z } from 'zod';
import { readEnvironment } from './environment.ts';

/** The gateway's answer, or the code by which the app words what went wrong. */
export type GatewayAnswer<Data> =
  | { readonly kind: 'data'; readonly data: Data }
  | { readonly kind: 'failed'; readonly code: string; readonly requestId: string | null };

const envelope = z.object({
  data: z.unknown(),
  errors: z
    .array(z.object({ extensions: z.object({ code: z.string(), requestId: z.string() }).partial().optional() }))
    .optional(),
});

const timeoutMs = 10_000;

/**
 * Runs one operation at the gateway from this server, on behalf of the browser at `address`, so that sign-in limits
 * count the person and not this server. It is named by its hash, and sent in full to a gateway that does not know it.
 */
export async function askGateway<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  address: string | null,
): Promise<GatewayAnswer<Data>> {
  try {
    const query = print(document);
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash('sha256', query) } };
    const known = await send({ variables, extensions }, address);
    const isUnknown = known.errors?.[0]?.extensions?.code === 'PERSISTED_QUERY_NOT_FOUND';
    const answer = isUnknown ? await send({ query, variables }, address) : known;
    const error = answer.errors?.[0]?.extensions;
    if (answer.errors !== undefined || answer.data === null || answer.data === undefined) {
      return { kind: 'failed', code: error?.code ?? 'INTERNAL', requestId: error?.requestId ?? null };
    }
    return { kind: 'data', data: answer.data as Data };
  } catch {
    return { kind: 'failed', code: 'NETWORK', requestId: null };
  }
}

async function send(body: object, address: string | null): Promise<z.infer<typeof envelope>> {
  const response = await fetch(readEnvironment().gatewayUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(address === null ? {} : { 'x-forwarded-for': address }),
    },
    body: JSON.stringify(body),
    cache: 'no-store',
    signal: AbortSignal.timeout(timeoutMs),
  });
  return envelope.parse(await response.json());
}
