import { lookup } from 'node:dns/promises';
import { isPublicAddress } from '@cauce/shared/http/public-address';
import { ProviderFailure } from './provider-failure.ts';
import { originOf } from './provider-settings.ts';
import type { PulledDevice } from './pull-provider.ts';
import type { PulledValue, SourceOfReadings } from './source-of-readings.ts';
import { plainUnit } from './units.ts';

export const providerTestSteps = ['NAME', 'SIGN_IN', 'DEVICES', 'READING', 'UNITS', 'CLOCK'] as const;

export interface ProviderTestStep {
  readonly step: (typeof providerTestSteps)[number];
  readonly outcome: 'OK' | 'FAILED' | 'SKIPPED';
  /** Stable code of what failed, or why it was left out; null when it is well. */
  readonly code: string | null;
  readonly message: string;
  readonly durationMs: number;
}

export interface ProviderTest {
  readonly source: SourceOfReadings;
  readonly connection: unknown;
  readonly devices: readonly PulledDevice[];
  readonly isPrivateNetworkAllowed: boolean;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Told after each step, of all so far. */
  readonly tell?: (steps: readonly ProviderTestStep[]) => void;
}

/** A clock that is further off than this makes times that cannot be trusted. */
const skewToleranceMs = 120_000;

/**
 * Asks a provider for one thing after the other and tells what it answered to each. Nothing is kept. A step that fails
 * does not end the test where the next can still say something.
 */
export async function testSource(test: ProviderTest): Promise<readonly ProviderTestStep[]> {
  const { source, signal } = test;
  const steps: ProviderTestStep[] = [];
  let reading: PulledValue | null = null;
  const [device] = test.devices;
  const channel = device?.channels[0];
  const attempt = async (step: ProviderTestStep['step'], work: () => Promise<string | Skipped>): Promise<boolean> => {
    const startedAt = performance.now();
    const done = (outcome: ProviderTestStep['outcome'], code: string | null, message: string) => {
      steps.push({ step, outcome, code, message, durationMs: Math.round(performance.now() - startedAt) });
      test.tell?.([...steps]);
    };
    try {
      const answer = await work();
      if (typeof answer === 'string') done('OK', null, answer);
      else done('SKIPPED', answer.code, answer.message);
      return true;
    } catch (error) {
      if (error instanceof ProviderFailure) done('FAILED', error.kind, error.message);
      else if (signal.aborted) done('FAILED', 'TIMEOUT', 'The test took too long');
      else throw error;
      return false;
    }
  };

  const isFound = await attempt('NAME', () => resolveName(test));
  const isReachable =
    isFound &&
    (await attempt('SIGN_IN', async () => {
      if (source.signIn === null) return skip('NOT_NEEDED', 'The protocol has no sign-in of its own');
      await source.signIn(signal);
      return 'Signed in';
    }));
  if (!isReachable) return steps;
  await attempt('DEVICES', async () => {
    if (source.devices === null) return skip('NOT_OFFERED', 'The protocol cannot list devices');
    const listed = new Set((await source.devices(signal)).map(({ deviceId }) => deviceId));
    const missing = test.devices.filter(({ deviceId }) => !listed.has(deviceId));
    if (missing.length > 0)
      throw new ProviderFailure('MISSING', `${missing.length} of our devices are not listed: ${missing[0]?.deviceId}`);
    return `${listed.size} devices`;
  });
  await attempt('READING', async () => {
    if (device === undefined || channel === undefined) return skip('NO_DEVICE', 'No device is registered yet');
    reading = await source.latest(device.deviceId, channel.channel, signal);
    if (reading === null) return skip('NO_READING', `${device.deviceId}/${channel.channel} has no reading`);
    return `${device.deviceId}/${channel.channel} = ${reading.value} at ${reading.measuredAt.toISOString()}`;
  });
  await attempt('UNITS', async () => checkUnit(reading, channel?.unit ?? null));
  await attempt('CLOCK', async () => checkClock(source.clockSkewMs(), reading, test.now()));
  return steps;
}

interface Skipped {
  readonly code: string;
  readonly message: string;
}

const skip = (code: string, message: string): Skipped => ({ code, message });

async function resolveName({ connection, isPrivateNetworkAllowed }: ProviderTest): Promise<string | Skipped> {
  const origin = originOf(connection);
  if (origin === null) return skip('NOT_NEEDED', 'It has no address');
  const { hostname } = new URL(origin);
  const found = await lookup(hostname.replaceAll(/[[\]]/g, ''), { all: true }).catch(() => []);
  if (found.length === 0) throw new ProviderFailure('UNAVAILABLE', `${hostname} has no address`);
  // Which private address it is, is nobody's business.
  if (!isPrivateNetworkAllowed && !found.every(({ address }) => isPublicAddress(address))) {
    throw new ProviderFailure('PRIVATE_ADDRESS', `${hostname} leads into a private network`);
  }
  return `${hostname} has ${found.length} address${found.length === 1 ? '' : 'es'}`;
}

function checkUnit(reading: PulledValue | null, expected: string | null): string | Skipped {
  if (reading === null) return skip('NO_READING', 'Without a reading there is no unit');
  if (reading.unit === null) return skip('NOT_TOLD', `The provider names no unit; ${expected ?? 'none'} is expected`);
  if (expected !== null && plainUnit(reading.unit) !== plainUnit(expected)) {
    throw new ProviderFailure('WRONG_UNIT', `It sends ${reading.unit} where ${expected} is expected`);
  }
  return `It sends ${reading.unit}`;
}

function checkClock(skewMs: number | null, reading: PulledValue | null, now: Date): string | Skipped {
  const aheadMs = reading === null ? 0 : reading.measuredAt.getTime() - now.getTime();
  if (aheadMs > skewToleranceMs)
    throw new ProviderFailure('CLOCK_SKEW', `The newest reading is ${seconds(aheadMs)} s in the future`);
  if (skewMs === null) return skip('NOT_TOLD', 'The provider does not tell its time');
  if (Math.abs(skewMs) > skewToleranceMs)
    throw new ProviderFailure('CLOCK_SKEW', `Its clock is ${seconds(skewMs)} s ahead of ours`);
  return `Its clock is ${seconds(skewMs)} s ahead of ours`;
}

const seconds = (ms: number) => Math.round(ms / 1_000);
