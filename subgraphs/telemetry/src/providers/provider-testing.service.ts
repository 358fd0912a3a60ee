import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { openSource } from './open-source.ts';
import { isPulled } from './provider-settings.ts';
import { findProvider, type ProviderView, readProviderDevices } from './providers.store.ts';
import { noCursor } from './pull-cursor.ts';
import { isSettingsError, openCredentials } from './run-provider.ts';
import { type ProviderTestProgress, streamTest } from './stream-test.ts';
import { type ProviderTestStep, testSource } from './test-provider.ts';

export interface ProviderTestResult {
  readonly provider: ProviderView;
  readonly isWell: boolean;
  readonly steps: readonly ProviderTestStep[];
}

export interface ProviderTestingDeps extends Pick<Deps, 'http' | 'clock' | 'settings'> {
  readonly client: ScopedClient;
  readonly actor: AuditActor;
  readonly secretBox: SecretBox;
  readonly signal: AbortSignal;
}

/** Within the time that the gateway gives an answer. */
const answerMs = 25_000;
/** Of a stream, which shows what is being waited for and can be left. */
const streamMs = 45_000;

/** Asks a provider step by step and audits that it was asked. */
export interface ProviderTesting {
  /** @throws NotFound or Conflict (`NOT_PULLED`) */
  test(id: string): Promise<ProviderTestResult>;
  /** The same, told step by step; leaving it ends the test. */
  watch(id: string): AsyncIterableIterator<ProviderTestProgress>;
}

export function createProviderTesting(deps: ProviderTestingDeps): ProviderTesting {
  const { client, actor, secretBox, settings, clock } = deps;
  const ask = async (id: string, signal: AbortSignal, tell: (steps: readonly ProviderTestStep[]) => void) => {
    const provider = await findProvider(client, id);
    if (provider === null) throw new NotFound('Provider');
    const { kind, connection, companyId } = provider;
    if (!isPulled(kind)) throw new Conflict('NOT_PULLED', 'Its readings come by themselves: there is nobody to ask');
    const sealed = await client.provider.findFirst({ where: { id }, select: { id: true, credentialsEncrypted: true } });
    if (sealed === null) throw new NotFound('Provider');
    const devices = (await readProviderDevices(client, [id])).filter(({ isActive }) => isActive);
    let steps: readonly ProviderTestStep[];
    try {
      const credentials = openCredentials(secretBox, sealed);
      // Beside the breaker of its runs, which may be open: who tests wants to know how it is now.
      const source = openSource(deps, { id: `test:${id}`, kind, connection, credentials });
      steps = await testSource({
        ...{ source, connection, now: clock.now, signal, tell },
        devices: devices.map(({ id: sourceId, deviceId, channels }) => ({
          ...{ sourceId, deviceId },
          channels: channels.map(({ channel, unit }) => ({ channel, unit, cursor: noCursor })),
        })),
        isPrivateNetworkAllowed: settings.isPrivateNetworkAllowed,
      });
    } catch (error) {
      if (!isSettingsError(error)) throw error;
      const message = 'The settings or credentials cannot be read: save them again';
      steps = [{ step: 'NAME', outcome: 'FAILED', code: 'BAD_SETTINGS', message, durationMs: 0 }];
    }
    const isWell = steps.every(({ outcome }) => outcome !== 'FAILED');
    await client.$transaction((tx) =>
      recordAudit(tx, actor, {
        ...{ action: 'telemetry.testProvider', entityType: 'Provider', entityId: id, companyId },
        after: { isWell, steps: steps.map(({ step, outcome, code }) => ({ step, outcome, code })) },
      }),
    );
    return { provider, isWell, steps };
  };
  return {
    test: (id) => ask(id, AbortSignal.any([deps.signal, AbortSignal.timeout(answerMs)]), () => {}),
    watch: (id) =>
      streamTest(async (tell, left) => {
        try {
          const { steps, isWell } = await ask(id, AbortSignal.any([left, AbortSignal.timeout(streamMs)]), tell);
          return { steps, isWell, isDone: true, refused: null };
        } catch (error) {
          const refused = error instanceof NotFound ? 'NOT_FOUND' : error instanceof Conflict ? error.reason : null;
          if (refused === null) throw error;
          return { steps: [], isWell: null, isDone: true, refused };
        }
      }, deps.signal),
  };
}
