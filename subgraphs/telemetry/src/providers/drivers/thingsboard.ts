import type { Clock } from '@cauce/shared/clock';
import { z } from 'zod';
import type { ProviderCall } from '../provider-call.ts';
import { ProviderFailure } from '../provider-failure.ts';
import type { ProviderCredentials, ThingsBoardConnection } from '../provider-settings.ts';
import type { PulledValue, PulledValues, SourceDevice, SourceOfReadings } from '../source-of-readings.ts';
import { createTokenHolder } from '../token-holder.ts';
import { createPageCollector, readRows, requireProgress } from './page-collector.ts';

export interface ThingsBoardOptions {
  readonly call: ProviderCall;
  readonly clock: Clock;
  readonly connection: ThingsBoardConnection;
  readonly credentials: ProviderCredentials;
}

/**
 * ThingsBoard and its fork TwinDimension: a sign-in gives a JWT, or an API key stands for it; time series by device and
 * key, in epoch milliseconds, their values usually text. Pages go forward in time: the next begins a millisecond after
 * the last row, and one that is not full is the last.
 */
export function createThingsBoardSource({
  call,
  clock,
  connection,
  credentials,
}: ThingsBoardOptions): SourceOfReadings {
  const { baseUrl, pageSize, authHeader } = connection;
  const paths = pathsOf[connection.flavour];
  const { username, password, apiKey } = credentials;

  const tokens = createTokenHolder({
    clock,
    signIn: async (signal) => {
      if (username === undefined || password === undefined) {
        throw new ProviderFailure('BAD_SETTINGS', 'A user name and a password, or an API key, are needed');
      }
      const body = { username, password };
      const answer = await call.json({ method: 'POST', url: `${baseUrl}${paths.login}`, body, signal });
      return parsed(loginSchema, answer, 'The sign-in').token;
    },
  });
  const get = (path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<unknown> => {
    const url = `${baseUrl}${path}?${new URLSearchParams(query)}`;
    const ask = (authorization: string) =>
      call.json({ method: 'GET', url, headers: { [authHeader]: authorization }, signal });
    if (apiKey !== undefined) return ask(`ApiKey ${apiKey}`);
    return tokens.withToken(signal, (token) => ask(`Bearer ${token}`));
  };
  const series = async (deviceId: string, channel: string, query: Record<string, string>, signal: AbortSignal) => {
    const path = `${paths.telemetry}/${encodeURIComponent(deviceId)}/values/timeseries`;
    const answer = parsed(seriesSchema, await get(path, { keys: channel, ...query }, signal), 'The time series');
    return Object.hasOwn(answer, channel) ? (answer[channel] ?? []) : [];
  };

  return {
    clockSkewMs: call.clockSkewMs,
    signIn: apiKey === undefined ? tokens.renew : null,
    devices: async (signal) => {
      const devices: SourceDevice[] = [];
      for (let page = 0; page < devicePagesAtMost; page += 1) {
        const answer = await get(paths.devices, { pageSize: '50', page: String(page) }, signal);
        const { rows, hasNext } = parsed(devicesSchema, answer, 'The list of devices');
        devices.push(...rows);
        if (!hasNext) break;
      }
      return devices;
    },
    latest: async (deviceId, channel, signal) => {
      const { values } = readRows(await series(deviceId, channel, {}, signal), readPoint);
      return values.toSorted((a, b) => b.measuredAt.getTime() - a.measuredAt.getTime())[0] ?? null;
    },
    read: async ({ deviceId, channel, from, to }, signal): Promise<PulledValues> => {
      const collector = createPageCollector();
      let startTs = from.getTime();
      while (startTs <= to.getTime()) {
        const window = { startTs: String(startTs), endTs: String(to.getTime()), limit: String(pageSize) };
        const rows = await series(deviceId, channel, { ...window, ...paths.ascending }, signal);
        const page = readRows(rows, readPoint);
        const added = collector.add(page);
        if (rows.length < pageSize) break;
        requireProgress(added);
        const last = Math.max(...page.values.map(({ measuredAt }) => measuredAt.getTime()));
        if (last < startTs) throw new ProviderFailure('BAD_PAGING', 'The rows are older than what was asked for');
        startTs = last + 1;
      }
      return collector.result();
    },
  };
}

const devicePagesAtMost = 100;

const pathsOf = {
  TWIN: { login: '/login', devices: '/devices', telemetry: '/telemetry/DEVICE', ascending: { asc: 'true' } },
  THINGSBOARD: {
    login: '/api/auth/login',
    devices: '/api/tenant/devices',
    telemetry: '/api/plugins/telemetry/DEVICE',
    ascending: { orderBy: 'ASC', agg: 'NONE' },
  },
} as const;

const loginSchema = z.object({ token: z.string().min(1) });
const seriesSchema = z.record(z.string(), z.array(z.unknown()));
const pointSchema = z.object({
  ts: z.number().int().min(-8.64e15).max(8.64e15),
  value: z.union([z.number(), z.string().max(256), z.boolean(), z.null()]),
});
const deviceRow = z
  .object({ id: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]), name: z.string() })
  .transform(({ id, name }): SourceDevice => ({ deviceId: id, name }));
const devicesSchema = z.union([
  z.array(deviceRow).transform((rows) => ({ rows, hasNext: false })),
  z
    .object({ data: z.array(deviceRow), hasNext: z.boolean().default(false) })
    .transform(({ data, hasNext }) => ({ rows: data, hasNext })),
]);

function readPoint(row: unknown): PulledValue | null {
  const { success, data } = pointSchema.safeParse(row);
  return success ? { id: null, measuredAt: new Date(data.ts), value: data.value, unit: null } : null;
}

/** What an answer must be; the parser's own words would quote it. */
export function parsed<Schema extends z.ZodType>(schema: Schema, answer: unknown, name: string): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (!result.success) throw new ProviderFailure('MALFORMED', `${name} has another shape than agreed`);
  return result.data;
}
