import { systemViewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import { parse } from 'graphql';
import { requestIdFrom } from '../door/request-scope.ts';
import type { Transport } from '../transports/transport.ts';
import { type DocumentManifest, readManifest } from './manifest.ts';

const query = 'query ApiKeyManifest($input: ApiKeyManifestInput!) { apiKeyManifest(input: $input) }';
const document = parse(query, { noLocation: true });
const lookUpMs = 5_000;
// One object, so that a remote transport signs its token once for many look-ups.
const gatewayViewer = systemViewer('gateway');

/** Asks the access subgraph for a key's documents, as the platform itself, through whatever transport reaches it. */
export function createAccessDocuments(access: Transport): (keyId: string) => Promise<DocumentManifest> {
  return async (keyId) => {
    const request = {
      ...{ document, query, operationName: 'ApiKeyManifest', operationKind: 'query' as const },
      variables: { input: { keyId } },
    };
    const { data, errors } = await access.execute(request, {
      viewer: gatewayViewer,
      requestId: requestIdFrom(undefined),
      address: null,
      signal: AbortSignal.timeout(lookUpMs),
    });
    try {
      return readManifest(data?.apiKeyManifest);
    } catch (cause) {
      throw new AppError('SUBGRAPH_UNAVAILABLE', 'The documents of the key cannot be read; try again in a moment', {
        cause: errors?.[0]?.message ?? cause,
      });
    }
  };
}
