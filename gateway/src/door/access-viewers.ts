import { parseApiKey } from '@cauce/shared/auth/api-key-format';
import { systemViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import { errorCodes } from '@cauce/shared/errors/error-codes';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { parse } from 'graphql';
import type { SubgraphAnswer, Transport } from '../transports/transport.ts';
import { requestIdFrom } from './request-scope.ts';
import type { ViewerSource } from './viewer-resolver.ts';

const query = `query Authenticate($input: AuthenticateInput!) { authenticate(input: $input) }`;
const document = parse(query, { noLocation: true });
const lookUpMs = 5_000;

/** Asks the access subgraph for viewers, as the platform itself, through whatever transport reaches it. */
export function createAccessViewers(access: Transport): ViewerSource {
  const authenticate = async (input: Readonly<Record<string, unknown>>): Promise<Viewer> => {
    const scope: RequestScope = {
      viewer: gatewayViewer,
      requestId: requestIdFrom(undefined),
      address: null,
      signal: AbortSignal.timeout(lookUpMs),
    };
    const request = {
      document,
      query,
      operationName: 'Authenticate',
      operationKind: 'query',
      variables: { input },
    } as const;
    return viewerFrom(await access.execute(request, scope));
  };
  return {
    bySession: ({ userId, familyId, version }) => authenticate({ session: { userId, familyId, version } }),
    byApiKey: async (text) => {
      const apiKey = parseApiKey(text);
      if (apiKey === null) throw new AppError('UNAUTHENTICATED', 'The API key is not valid');
      return authenticate({ apiKey });
    },
  };
}

// One object, so that a remote transport signs its token once for many look-ups.
const gatewayViewer = systemViewer('gateway');

function viewerFrom({ data, errors }: SubgraphAnswer): Viewer {
  const viewer = data?.authenticate;
  if (typeof viewer === 'object' && viewer !== null) return viewer as Viewer;
  const code = String(errors?.[0]?.extensions?.code ?? 'INTERNAL');
  const message = errors?.[0]?.message ?? 'The access subgraph gave no answer';
  throw new AppError(Object.hasOwn(errorCodes, code) ? (code as keyof typeof errorCodes) : 'INTERNAL', message);
}
