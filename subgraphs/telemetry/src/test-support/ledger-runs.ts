import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import type { Database } from '@cauce/shared/db/database';
import { createHttpClient } from '@cauce/shared/http/create-http-client';
import type { HttpClient } from '@cauce/shared/http/http-client';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { silentLog } from '@cauce/shared/test/silent-log';
import { createLedger, type RunLedger } from '../compliance/ledger/run-ledger.ts';
import type { Regulator } from '../compliance/regulators/regulator.ts';
import type { RegulatedPoint } from './regulated-point.ts';
import type { RegulatorFaults } from './regulator-server.ts';

export interface LedgerRuns {
  /** One run of the ledger against the point's regulator, without its pauses. */
  send(regulated: RegulatedPoint, regulator: Regulator): Promise<number>;
  /** Two workers at once, each with sessions of its own. */
  sendTwice(regulated: RegulatedPoint, regulator: Regulator): Promise<void>;
  slot(id: string | undefined): ReturnType<Database['client']['complianceSubmission']['findUniqueOrThrow']>;
  close(): Promise<void>;
}

/**
 * Runs the ledger over real HTTP with a clock that the test sets. A regulator that is told to be slow is waited for a
 * quarter of a second; any other has all the time that a busy machine may need.
 */
export function ledgerRuns(
  db: Database,
  deps: Deps,
  secretBox: SecretBox,
  now: () => Date,
  faults: Pick<RegulatorFaults, 'slowMs'>,
): LedgerRuns {
  // The breaker would keep faults from reaching the ledger; it counts in real time.
  const breaker = { volumeThreshold: 1e9 };
  const real = createHttpClient({ log: silentLog, metrics: deps.metrics, isPrivateNetworkAllowed: true, breaker });
  const http: HttpClient = {
    ...real,
    request: (request) => real.request({ ...request, timeoutMs: faults.slowMs > 0 ? 250 : 10_000 }),
  };
  const worker = (): RunLedger =>
    createLedger({
      ...{ client: db.client, http, secretBox, leaseMs: 120_000, callsAtMost: 10 },
      clock: { now },
      pause: async () => {},
    });
  const only = worker();
  const run = ({ source }: RegulatedPoint, regulator: Regulator, ledger = only) =>
    ledger(source, { ...regulator, paceMs: 0 }, new AbortController().signal);
  return {
    send: (regulated, regulator) => run(regulated, regulator),
    sendTwice: async (regulated, regulator) => {
      await Promise.all([worker(), worker()].map((ledger) => run(regulated, regulator, ledger)));
    },
    slot: (id) => db.client.complianceSubmission.findUniqueOrThrow({ where: { id: id ?? '' } }),
    close: () => real.close(),
  };
}
