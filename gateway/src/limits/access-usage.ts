import { systemViewer } from '@cauce/shared/auth/viewer';
import { parse } from 'graphql';
import { requestIdFrom } from '../door/request-scope.ts';
import type { Transport } from '../transports/transport.ts';
import type { UsageBatch } from './usage-ledger.ts';

const query = 'mutation RecordApiKeyUsage($input: RecordApiKeyUsageInput!) { recordApiKeyUsage(input: $input) }';
const document = parse(query, { noLocation: true });
const writeMs = 10_000;
// One object, so that a remote transport signs its token once for many batches.
const gatewayViewer = systemViewer('gateway');

/** Writes usage down in the access subgraph, as the platform itself, through whatever transport reaches it. */
export function createUsageWriter(access: Transport): (batch: UsageBatch) => Promise<void> {
  return async (batch) => {
    const request = {
      ...{ document, query, operationName: 'RecordApiKeyUsage', operationKind: 'mutation' as const },
      variables: { input: batch },
    };
    const { errors } = await access.execute(request, {
      viewer: gatewayViewer,
      requestId: requestIdFrom(undefined),
      address: null,
      signal: AbortSignal.timeout(writeMs),
    });
    if (errors !== undefined) throw new Error(errors[0]?.message ?? 'The access subgraph gave no answer');
  };
}
