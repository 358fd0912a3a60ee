import { z } from 'zod';
import type { ProviderCall } from '../provider-call.ts';
import { ProviderFailure } from '../provider-failure.ts';
import type { ProviderCredentials, ThethingsConnection } from '../provider-settings.ts';
import type { PulledValue, SourceOfReadings } from '../source-of-readings.ts';
import { createPageCollector, readRows } from './page-collector.ts';
import { parsed } from './thingsboard.ts';

export interface ThethingsOptions {
  readonly call: ProviderCall;
  readonly connection: ThethingsConnection;
  readonly credentials: ProviderCredentials;
}

/**
 * thethings.io: no sign-in and no list; a thing's token in the path is the secret. Rows come newest first, and windows
 * are cut to whole seconds, so pages go backwards: the next ends with the second of the oldest row, which repeats rows
 * and loses none.
 */
export function createThethingsSource({ call, connection, credentials }: ThethingsOptions): SourceOfReadings {
  const { baseUrl, pageSize } = connection;
  const get = async (deviceId: string, channel: string, query: Record<string, string>, signal: AbortSignal) => {
    const { deviceTokens } = credentials;
    const token = Object.hasOwn(deviceTokens, deviceId) ? deviceTokens[deviceId] : undefined;
    if (token === undefined) throw new ProviderFailure('BAD_SETTINGS', `Device ${deviceId} has no token`);
    const path = `/things/${encodeURIComponent(token)}/resources/${encodeURIComponent(channel)}`;
    const url = `${baseUrl}${path}?${new URLSearchParams(query)}`;
    return parsed(z.array(z.unknown()), await call.json({ method: 'GET', url, signal }), 'The resource');
  };
  return {
    clockSkewMs: call.clockSkewMs,
    signIn: null,
    devices: null,
    latest: async (deviceId, channel, signal) => {
      const { values } = readRows(await get(deviceId, channel, { limit: '1' }, signal), readRow);
      return values[0] ?? null;
    },
    read: async ({ deviceId, channel, from, to }, signal) => {
      const collector = createPageCollector();
      let limit = pageSize;
      let end = Math.ceil(to.getTime() / 1_000) * 1_000;
      for (;;) {
        const query = { startDate: compact(from.getTime()), endDate: compact(end), limit: String(limit) };
        const rows = await get(deviceId, channel, query, signal);
        const page = readRows(rows, readRow);
        const added = collector.add(page);
        if (rows.length < limit) return collector.result();
        // The same rows again: one second fills the page, and only a larger page gets past it.
        if (added === 0) limit *= 2;
        if (limit > largestPage) throw new ProviderFailure('BAD_PAGING', 'The next page is the one before');
        // Up to its last instant: the page may have ended in the midst of a second.
        const oldest = Math.min(...page.values.map(({ measuredAt }) => measuredAt.getTime()));
        end = Math.min(end, Math.ceil(oldest / 1_000) * 1_000);
      }
    },
  };
}

const largestPage = 40_000;

const rowSchema = z.object({
  value: z.union([z.number(), z.string().max(256), z.boolean(), z.null()]),
  datetime: z.iso.datetime({ offset: true }),
});

function readRow(row: unknown): PulledValue | null {
  const { success, data } = rowSchema.safeParse(row);
  return success ? { id: null, measuredAt: new Date(data.datetime), value: data.value, unit: null } : null;
}

/** `YYYYMMDDHHmmss` in UTC; the part below a second is cut off. */
function compact(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replaceAll(/\D/g, '');
}
