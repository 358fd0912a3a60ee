import type { PrismaClient } from '@cauce/prisma/client';
import type { Clock } from '@cauce/shared/clock';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import type { HttpClient } from '@cauce/shared/http/http-client';
import { RegistrationProblem, type Regulator, type RegulatorClient } from '../regulators/regulator.ts';
import { callRegulator, maskAnswer, type Sessions } from './call-regulator.ts';
import { claimSlot, type OpenSlot } from './claim-slot.ts';
import { endAttempt } from './end-attempt.ts';
import { pauseSource } from './pause-source.ts';
import { recoverLost } from './recover-lost.ts';
import { verifyNext } from './verify-slot.ts';

/** Where a process may end: what the tests of the ledger end it at. */
export const ledgerSteps = ['recovered', 'claimed', 'answered', 'ending', 'ended'] as const;
export type LedgerStep = (typeof ledgerSteps)[number];

export interface LedgerDeps {
  readonly client: PrismaClient;
  readonly http: HttpClient;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How long a sender has a slot, ms; longer than every timeout of a call together. */
  readonly leaseMs: number;
  /** Calls of one run at most. */
  readonly callsAtMost: number;
  readonly onStep?: (step: LedgerStep) => void | Promise<void>;
}

export interface LedgerSource {
  readonly id: string;
  readonly config: unknown;
  readonly timeZone: string;
}

/** Sends what is due to one regulator, slot by slot, and answers how many calls it made. */
export type RunLedger = (source: LedgerSource, regulator: Regulator, signal: AbortSignal) => Promise<number>;

/**
 * Runs may overlap, be killed anywhere and be repeated: each attempt is written down before its call, and one without an
 * end is a lost answer once its lease is over.
 */
export function createLedger(deps: LedgerDeps): RunLedger {
  const { client, http, clock, secretBox, leaseMs, onStep = () => {} } = deps;
  const sessions: Sessions = new Map();

  const sendNext = async (source: LedgerSource, regulator: Regulator): Promise<number | 'NONE' | 'SENT' | 'UNSENT'> => {
    let secrets: readonly string[] = [];
    const claimedAt = performance.now();
    const claim = await claimSlot(client, {
      ...{ sourceId: source.id, now: clock.now(), leaseMs, paceMs: regulator.paceMs },
      open: (slot) => {
        const opened = openSlot(secretBox, source, regulator, slot);
        secrets = opened.secrets;
        return opened.client;
      },
    });
    if (claim.kind === 'WAIT') return claim.ms;
    if (claim.kind === 'SETTLED') return 0;
    if (claim.kind === 'NONE') return 'NONE';
    await onStep('claimed');
    const { slot, number, request, client: opened } = claim.claimed;
    const called = await callRegulator(opened, request, {
      ...{ http, sessions, system: regulator.code.toLowerCase(), nowMs: clock.now().getTime() },
      mayStillSend: () => performance.now() - claimedAt < leaseMs / 2,
    });
    await onStep('answered');
    const pauseMs = called.pauseMs ?? 0;
    if (pauseMs > 0) await pauseSource(client, source.id, clock.now(), pauseMs);
    const answer = maskAnswer(called.answer, secrets);
    const canVerify = regulator.canVerify && answer.voucher !== null;
    const end = { submissionId: slot.id, number, answer, httpStatus: called.httpStatus, canVerify, now: clock.now() };
    await endAttempt(client, regulator, { ...end, previous: slot.status }, () => onStep('ending'));
    await onStep('ended');
    return answer.outcome === 'NOT_SENT' ? 'UNSENT' : 'SENT';
  };

  return async (source, regulator, signal) => {
    await recoverLost(client, source.id, regulator, clock.now());
    await onStep('recovered');
    let calls = 0;
    while (calls < deps.callsAtMost && !signal.aborted) {
      const sent = await sendNext(source, regulator);
      if (sent === 'NONE' || sent === 'UNSENT') break;
      if (sent === 'SENT') calls += 1;
      else await deps.pause(sent, signal);
    }
    while (calls < deps.callsAtMost && !signal.aborted) {
      const hasAsked = await verifyNext({ client, http, clock }, source.id, {
        system: regulator.code.toLowerCase(),
        open: (slot) => openSlot(secretBox, source, regulator, slot).client,
      });
      if (!hasAsked) break;
      calls += 1;
      await deps.pause(regulator.paceMs, signal);
    }
    return calls;
  };
}

/** What regulators' credentials are sealed for. */
export function registrationContext(configId: string): string {
  return `compliance-config:${configId}`;
}

function openSlot(
  secretBox: SecretBox,
  source: LedgerSource,
  regulator: Regulator,
  { configId, identifiers, config, credentialsEncrypted }: RegisteredSlot,
): { readonly client: RegulatorClient; readonly secrets: readonly string[] } {
  const credentials = readCredentials(secretBox, configId, credentialsEncrypted);
  const settings = typeof source.config === 'object' ? source.config : {};
  const client = regulator.open({
    source: { timeZone: source.timeZone, ...settings },
    ...{ identifiers, config, credentials },
  });
  const secrets = Object.values(credentials).filter((value) => typeof value === 'string' && value.length > 3);
  return { client, secrets: secrets.map(String) };
}

type RegisteredSlot = Pick<OpenSlot, 'configId' | 'identifiers' | 'config' | 'credentialsEncrypted'>;

function readCredentials(secretBox: SecretBox, configId: string, sealed: string | null): Record<string, unknown> {
  if (sealed === null) return {};
  try {
    return Object.fromEntries(Object.entries(JSON.parse(secretBox.open(sealed, registrationContext(configId)))));
  } catch {
    throw new RegistrationProblem('The credentials cannot be opened');
  }
}
