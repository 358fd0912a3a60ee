import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import type { Log } from '@cauce/shared/log/log';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { openSource } from './open-source.ts';
import { ProviderFailure } from './provider-failure.ts';
import { findRunProvider, finishRun, type RunProvider } from './provider-runs.store.ts';
import {
  connectionSchemas,
  credentialsContext,
  credentialsSchema,
  type ProviderCredentials,
} from './provider-settings.ts';
import { type PullResult, pullProvider } from './pull-provider.ts';
import { createKeepBatch } from './pulled-readings.store.ts';
import type { SourceOfReadings } from './source-of-readings.ts';

export interface RunDeps extends Pick<Deps, 'db' | 'clock' | 'http' | 'metrics'> {
  readonly secretBox: SecretBox;
  /** How long one run may go on before it leaves the rest to the next, ms. */
  readonly budgetMs: number;
  /** First pause before a failed call is tried again, ms. */
  readonly retryPauseMs?: number;
}

/** Runs one provider once: pulls what is new of all its devices and notes how it went. */
export type RunProviderOnce = (
  providerId: string,
  run: { readonly log: Log; readonly signal: AbortSignal },
) => Promise<PullResult | null>;

/** Opened accounts that are kept, for their sessions. */
const keptSources = 500;

/**
 * Rejects only when our own database fails; whatever a provider does is a result. Answers null for a provider that is
 * not to be pulled.
 */
export function createRunProvider(deps: RunDeps): RunProviderOnce {
  const { db, clock, metrics } = deps;
  const sources = new Map<string, { readonly version: number; readonly source: SourceOfReadings }>();

  /** The same source from run to run, so that a session is used until it ends, and a new one after any change. */
  const sourceOf = (provider: RunProvider): SourceOfReadings => {
    const version = provider.updatedAt.getTime();
    const known = sources.get(provider.id);
    if (known?.version === version) return known.source;
    const source = openSource(deps, { ...provider, credentials: openCredentials(deps.secretBox, provider) });
    const [oldest] = sources.keys();
    if (sources.size >= keptSources && oldest !== undefined) sources.delete(oldest);
    sources.set(provider.id, { version, source });
    return source;
  };

  return async (providerId, { log, signal }) => {
    const provider = await findRunProvider(db.client, providerId);
    if (provider === null) return null;
    const startedAt = clock.now();
    const until = performance.now() + deps.budgetMs;
    let result: PullResult;
    try {
      const source = sourceOf(provider);
      result = provider.isTesting
        ? await tryOut(source, provider, signal)
        : await pullProvider(
            {
              ...{ source, log, signal, now: clock.now },
              pulling: connectionSchemas[provider.kind].parse(provider.connection),
              hasTime: () => performance.now() < until,
              keepFor: ({ sourceId }, channel, unit) =>
                createKeepBatch({ client: db.client, clock, metrics }, { providerId, sourceId, channel, unit }),
            },
            provider.devices,
          );
    } catch (error) {
      if (error instanceof ProviderFailure) result = failed(`${error.kind}: ${error.message}`);
      else if (isSettingsError(error)) result = failed('BAD_SETTINGS: The settings or credentials cannot be read');
      else throw error;
    }
    await finishRun(db.client, providerId, { ...result, startedAt, endedAt: clock.now() });
    metrics.count('cauce_telemetry_pulls_total', 'Runs of providers by how they went', {
      kind: provider.kind,
      result: result.result,
    });
    if (result.message !== null) log.warn({ providerId, message: result.message }, 'A provider failed');
    return result;
  };
}

/** The credentials of a row; throws `SecretBoxError` or a ZodError for what is not one's own. */
export function openCredentials(
  secretBox: SecretBox,
  { id, credentialsEncrypted }: { readonly id: string; readonly credentialsEncrypted: string | null },
): ProviderCredentials {
  if (credentialsEncrypted === null) return credentialsSchema.parse({});
  return credentialsSchema.parse(JSON.parse(secretBox.open(credentialsEncrypted, credentialsContext(id))));
}

/** A provider on trial is asked and nothing of its answer is kept, so that nothing is missing when the trial is over. */
async function tryOut(source: SourceOfReadings, { devices }: RunProvider, signal: AbortSignal): Promise<PullResult> {
  for (const { deviceId, channels } of devices) {
    for (const { channel } of channels) await source.latest(deviceId, channel, signal);
  }
  return { result: 'OK', message: null, retryAfterMs: null, isUnfinished: false, hasAnswered: true };
}

function failed(message: string): PullResult {
  return { result: 'FAILED', message, retryAfterMs: null, isUnfinished: false, hasAnswered: false };
}

/** Whether what is stored of a provider cannot be read: of another shape, or sealed with another key. */
export function isSettingsError(error: unknown): boolean {
  return error instanceof Error && ['ZodError', '$ZodError', 'SecretBoxError'].includes(error.name);
}
