import { parseApiKey } from '@cauce/shared/auth/api-key-format';
import { systemViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { viewerSchema } from '@cauce/shared/auth/viewer-schema';
import { AppError } from '@cauce/shared/errors/app-error';
import { type ErrorCode, errorCodes } from '@cauce/shared/errors/error-codes';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { parse } from 'graphql';
import { z } from 'zod';
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

const quota = z.object({
  unitsPerMinute: z.number(),
  unitsPerDay: z.number(),
  day: z.string(),
  spentThatDay: z.number(),
});
const sentViewer = z.object({ ...viewerSchema.shape, quota: quota.optional(), registeredOnly: z.boolean().optional() });

/** What is no viewer must not be remembered as one: it would outlive the fault that it came from. */
function viewerFrom({ data, errors }: SubgraphAnswer): Viewer {
  const read = sentViewer.safeParse(data?.authenticate);
  if (read.success) {
    const { quota, registeredOnly, ...viewer } = read.data;
    return { ...viewer, ...(quota && { quota }), ...(registeredOnly && { registeredOnly }) };
  }
  const [error] = errors ?? [];
  if (error === undefined)
    throw new AppError('SUBGRAPH_UNAVAILABLE', 'The access subgraph cannot be reached; try again in a moment', {
      cause: read.error,
    });
  const code = String(error.extensions?.code);
  throw new AppError(isErrorCode(code) ? code : 'INTERNAL', error.message);
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
