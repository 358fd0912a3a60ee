import type { PulledValue, SourceOfReadings } from '../source-of-readings.ts';

/** Pretended logger: a value each five minutes. */
const stepMs = 300_000;
const begin = Date.UTC(2026, 0, 1);

/** A source that needs nobody: the same device and channel have the same value at the same instant, always. */
export function createSampleSource(now: () => Date): SourceOfReadings {
  const read: SourceOfReadings['read'] = async ({ deviceId, channel, from, to }) => {
    const values: PulledValue[] = [];
    const end = Math.min(to.getTime(), now().getTime());
    for (let at = Math.ceil(Math.max(from.getTime(), begin) / stepMs) * stepMs; at <= end; at += stepMs) {
      values.push({ id: null, measuredAt: new Date(at), value: sampleValue(deviceId, channel, at), unit: null });
    }
    return { values, unreadable: [] };
  };
  return {
    signIn: async () => {},
    devices: async () => [{ deviceId: 'sample-1', name: 'Sample well' }],
    clockSkewMs: () => 0,
    read,
    latest: async (deviceId, channel, signal) => {
      const to = now();
      const { values } = await read({ deviceId, channel, from: new Date(to.getTime() - 2 * stepMs), to }, signal);
      return values.at(-1) ?? null;
    },
  };
}

/** A counter climbs; anything else swings round a middle with the hours of the day. */
function sampleValue(deviceId: string, channel: string, at: number): number {
  const seed = [...deviceId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 17;
  const steps = Math.floor((at - begin) / stepMs);
  if (/total|pulse/i.test(channel)) return steps * (20 + seed);
  return Math.round((30 + seed + 5 * Math.sin((at / 86_400_000) * 2 * Math.PI)) * 100) / 100;
}
