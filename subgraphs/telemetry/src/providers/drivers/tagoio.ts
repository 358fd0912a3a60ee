import { z } from 'zod';
import { maskProviderText, type ProviderCall, secretForms } from '../provider-call.ts';
import { ProviderFailure } from '../provider-failure.ts';
import { type ProviderCredentials, secretsOf, type TagoConnection } from '../provider-settings.ts';
import type { PulledValue, SourceOfReadings } from '../source-of-readings.ts';
import { createPageCollector, readRows, requireProgress } from './page-collector.ts';
import { parsed } from './thingsboard.ts';

export interface TagoOptions {
  readonly call: ProviderCall;
  readonly connection: TagoConnection;
  readonly credentials: ProviderCredentials;
}

/**
 * TagoIO: each device has a token, rows have an id and may name their unit, and a refusal may come with HTTP 200, so
 * that `status` in the answer decides. Pages go forward by a number of rows to skip.
 */
export function createTagoSource({ call, connection, credentials }: TagoOptions): SourceOfReadings {
  const { baseUrl, tokenHeader, variableParameter, pageSize, isNegativeStatus = false } = connection;
  const secrets = secretForms(secretsOf(credentials));
  const get = async (deviceId: string, path: string, query: Record<string, string>, signal: AbortSignal) => {
    const { deviceTokens } = credentials;
    const token = Object.hasOwn(deviceTokens, deviceId) ? deviceTokens[deviceId] : undefined;
    if (token === undefined) throw new ProviderFailure('BAD_SETTINGS', `Device ${deviceId} has no token`);
    const url = `${baseUrl}${path}?${new URLSearchParams(query)}`;
    const answer = await call.json({ method: 'GET', url, headers: { [tokenHeader]: token }, signal });
    const { status, result, message } = parsed(answerSchema, answer, 'The answer');
    if (status) return result;
    const said = maskProviderText(message ?? 'refused', secrets);
    throw new ProviderFailure(/denied|token|authori[sz]/i.test(said) ? 'UNAUTHORISED' : 'REFUSED', said);
  };
  const rowsOf = (result: unknown) => parsed(z.array(z.unknown()), result, 'The result');
  const readRow = (row: unknown): PulledValue | null => {
    const { success, data } = rowSchema.safeParse(row);
    if (!success) return null;
    const { id, time, value, unit } = data;
    const isStatusCode = isNegativeStatus && typeof value === 'number' && value < 0;
    return { id: id ?? null, measuredAt: new Date(time), value, unit: unit ?? null, isStatusCode };
  };
  return {
    clockSkewMs: call.clockSkewMs,
    signIn: async (signal) => {
      const [first] = Object.keys(credentials.deviceTokens);
      if (first === undefined) throw new ProviderFailure('BAD_SETTINGS', 'No device has a token');
      await get(first, '/info', {}, signal);
    },
    devices: null,
    latest: async (deviceId, channel, signal) => {
      const query = { [variableParameter]: channel, query: 'last_item' };
      const { values } = readRows(rowsOf(await get(deviceId, '/data', query, signal)), readRow);
      return values[0] ?? null;
    },
    read: async ({ deviceId, channel, from, to }, signal) => {
      const collector = createPageCollector();
      const window = { start_date: from.toISOString(), end_date: to.toISOString(), ordination: 'ascending' };
      for (let skip = 0; ; skip += pageSize) {
        const query = { [variableParameter]: channel, ...window, qty: String(pageSize), skip: String(skip) };
        const rows = rowsOf(await get(deviceId, '/data', query, signal));
        const added = collector.add(readRows(rows, readRow));
        if (rows.length < pageSize) return collector.result();
        requireProgress(added);
      }
    },
  };
}

const answerSchema = z.object({ status: z.boolean(), result: z.unknown().optional(), message: z.string().optional() });

const rowSchema = z.object({
  id: z.string().min(1).max(100).nullish(),
  time: z.iso.datetime({ offset: true }),
  value: z.union([z.number(), z.string().max(256), z.boolean(), z.null()]),
  unit: z.string().max(40).nullish(),
});
