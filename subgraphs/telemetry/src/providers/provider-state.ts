import { isPulled } from './provider-settings.ts';
import type { ProviderDevice, ProviderView } from './providers.store.ts';

export const providerStates = ['PAUSED', 'TESTING', 'LISTENING', 'NEW', 'WELL', 'DEGRADED', 'FAILING'] as const;

export type ProviderState = (typeof providerStates)[number];

/** How a provider is, in one word: what a person decided comes first, then how its last run went. */
export function stateOf({ isActive, isTesting, kind, schedules }: ProviderView): ProviderState {
  if (!isActive) return 'PAUSED';
  if (!isPulled(kind)) return 'LISTENING';
  const results = schedules.map(({ lastResult }) => lastResult);
  if (results.includes('FAILED')) return 'FAILING';
  if (results.includes('PARTIAL')) return 'DEGRADED';
  if (isTesting) return 'TESTING';
  return results.every((result) => result === null) ? 'NEW' : 'WELL';
}

/** Seconds since the newest reading of the device that is furthest behind; null when one has never sent any. */
export function lagOf(devices: readonly Pick<ProviderDevice, 'isActive' | 'lastSeenAt'>[], now: Date): number | null {
  const active = devices.filter(({ isActive }) => isActive);
  const lags = active.map(({ lastSeenAt }) => (lastSeenAt === null ? null : secondsBetween(lastSeenAt, now)));
  if (lags.length === 0 || lags.includes(null)) return null;
  return Math.max(...lags.map((lag) => lag ?? 0));
}

/** Never below 0: a logger's clock may run ahead. */
function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000));
}
