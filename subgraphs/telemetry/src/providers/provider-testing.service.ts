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

/** All steps together; a person is waiting. */
const testMs = 45_000;

/** Asks a provider step by step and audits that it was asked. Throws NotFound or Conflict (`NOT_PULLED`). */
export function createProviderTesting(deps: ProviderTestingDeps): (id: string) => Promise<ProviderTestResult> {
  const { client, actor, secretBox, settings, clock } = deps;
  return async (id) => {
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
        ...{ source, connection, now: clock.now },
        devices: devices.map(({ id: sourceId, deviceId, channels }) => ({
          ...{ sourceId, deviceId },
          channels: channels.map(({ channel, unit }) => ({ channel, unit, cursor: noCursor })),
        })),
        isPrivateNetworkAllowed: settings.isPrivateNetworkAllowed,
        signal: AbortSignal.any([deps.signal, AbortSignal.timeout(testMs)]),
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
}
