import type { ProviderCall } from '../provider-call.ts';
import { ProviderFailure } from '../provider-failure.ts';
import type { ProviderCredentials } from '../provider-settings.ts';
import type { PulledValue, ReadingsWindow, SourceDevice, SourceOfReadings } from '../source-of-readings.ts';
import type { HttpDescription } from './http-description.ts';
import { selectAll, selectOne } from './json-path.ts';
import { createPageCollector, readRows, requireProgress } from './page-collector.ts';
import { readTime, writeTime } from './provider-time.ts';
import { fillTemplate } from './template.ts';

export interface DescribedHttpOptions {
  readonly call: ProviderCall;
  readonly description: HttpDescription;
  readonly credentials: ProviderCredentials;
  readonly now: () => Date;
}

/** Where the next page begins, in the words of the templates. */
interface PagePlace {
  readonly page: number;
  readonly offset: number;
  readonly cursor: string;
  readonly from: Date;
}

/** Any HTTP service that answers JSON and that a description fits: a provider without code of its own. */
export function createDescribedHttpSource(options: DescribedHttpOptions): SourceOfReadings {
  const { call, description, credentials, now } = options;
  const { time, fields, paging } = description;
  const size = 'size' in paging ? paging.size : null;

  const ask = (url: string, values: Readonly<Record<string, string>>, signal: AbortSignal) => {
    const lookUp = (name: string) => secretValue(credentials, values.device, name) ?? values[name];
    const filled = (text: string, encode: (value: string) => string) => {
      try {
        return fillTemplate(text, lookUp, encode);
      } catch (error) {
        throw new ProviderFailure('BAD_SETTINGS', error instanceof Error ? error.message : 'A template has a gap');
      }
    };
    const headers = Object.entries(description.headers).map(([name, text]) => [name, filled(text, headerText)]);
    return call.json({
      method: 'GET',
      url: filled(url, encodeURIComponent),
      headers: Object.fromEntries(headers),
      signal,
    });
  };
  const askPage = ({ deviceId, channel, to }: ReadingsWindow, place: PagePlace, signal: AbortSignal) =>
    ask(
      description.url,
      {
        ...{ device: deviceId, channel, cursor: place.cursor, page: String(place.page), offset: String(place.offset) },
        ...{ from: writeTime(place.from, time), to: writeTime(to, time), limit: String(size ?? 1_000) },
      },
      signal,
    );
  const readRow = (row: unknown): PulledValue | null => {
    const measuredAt = readTime(selectOne(row, fields.time), time);
    const value = selectOne(row, fields.value);
    if (measuredAt === null || !isScalar(value)) return null;
    const id = fields.id === undefined ? undefined : selectOne(row, fields.id);
    const unit = fields.unit === undefined ? undefined : selectOne(row, fields.unit);
    return {
      ...{ measuredAt, value },
      id: typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, 100) : null,
      unit: typeof unit === 'string' ? unit : null,
    };
  };
  const read: SourceOfReadings['read'] = async (window, signal) => {
    const collector = createPageCollector();
    let place: PagePlace = {
      page: paging.kind === 'PAGE' ? paging.first : 0,
      offset: 0,
      cursor: '',
      from: window.from,
    };
    for (;;) {
      const answer = await askPage(window, place, signal);
      const rows = selectAll(answer, description.rows);
      const page = readRows(rows, readRow);
      const added = collector.add(page);
      const next = paging.kind === 'CURSOR' ? selectOne(answer, paging.next) : null;
      const isLast = paging.kind === 'CURSOR' ? !isToken(next) : size === null || rows.length < size;
      if (isLast) return collector.result();
      // An empty page may stand before a full one where the answer itself says that there is more.
      if (paging.kind !== 'CURSOR' || next === place.cursor) requireProgress(added);
      const newest = page.values.map(({ measuredAt }) => measuredAt.getTime()).reduce((a, b) => Math.max(a, b), 0);
      place = {
        page: place.page + 1,
        offset: place.offset + rows.length,
        cursor: isToken(next) ? String(next) : '',
        from: paging.kind === 'FORWARD' ? new Date(newest) : place.from,
      };
    }
  };

  return {
    clockSkewMs: call.clockSkewMs,
    signIn: null,
    devices: description.devices === undefined ? null : (signal) => listDevices(description.devices, ask, signal),
    read,
    latest: async (deviceId, channel, signal) => {
      const to = now();
      const from = new Date(to.getTime() - latestWithinMs);
      const { values } = await read({ deviceId, channel, from, to }, signal);
      return values.toSorted((a, b) => b.measuredAt.getTime() - a.measuredAt.getTime())[0] ?? null;
    },
  };
}

/** A description tells windows only: the newest value is looked for in the last two days. */
const latestWithinMs = 2 * 86_400_000;

async function listDevices(
  devices: HttpDescription['devices'],
  ask: (url: string, values: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
): Promise<readonly SourceDevice[]> {
  if (devices === undefined) return [];
  const answer = await ask(devices.url, {}, signal);
  return selectAll(answer, devices.rows).flatMap((row) => {
    const id = selectOne(row, devices.id);
    const name = devices.name === undefined ? null : selectOne(row, devices.name);
    if (typeof id !== 'string' && typeof id !== 'number') return [];
    return [{ deviceId: String(id), name: typeof name === 'string' ? name : null }];
  });
}

function secretValue(credentials: ProviderCredentials, device: string | undefined, name: string): string | undefined {
  const [values, key] =
    name === 'deviceToken'
      ? [credentials.deviceTokens, device ?? '']
      : [credentials.secrets, name.replace('secret.', '')];
  const isSecret = name === 'deviceToken' || name.startsWith('secret.');
  return isSecret && Object.hasOwn(values, key) ? values[key] : undefined;
}

/** A line break in a header would begin another one. */
function headerText(value: string): string {
  return value.replaceAll(/[\r\n\0]/g, '');
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'number' ||
    (typeof value === 'string' && value.length <= 256)
  );
}

function isToken(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
