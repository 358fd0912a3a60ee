import type { IncomingMessage } from 'node:http';
import { type ProviderStandIn, type StandInReading, standInAccount } from './provider-stand-in.ts';

interface Answer {
  readonly status: number;
  readonly answer: unknown;
}

/** What the account's provider answers by its own protocol; the path tells which. */
export function answerProtocol(standIn: ProviderStandIn, request: IncomingMessage, body: string): Answer {
  const url = new URL(request.url ?? '/', standIn.url);
  const [root, ...path] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  if (root === 'twin') return twin(standIn, request, path, url.searchParams, body);
  if (root === 'things') return things(standIn, [root, ...path], url.searchParams);
  if (root === 'tago') return tago(standIn, request, path, url.searchParams);
  if (root === 'plain') return plain(standIn, request, path, url.searchParams);
  return { status: 404, answer: { message: 'not found' } };
}

type Params = URLSearchParams;

/** The rows of one channel as the protocol shows them, with the faults that are switched on. */
function rowsOf(
  { readings, faults }: ProviderStandIn,
  device: string,
  channel: string,
  from: number,
  to: number,
): StandInReading[] {
  const known = readings.get(device)?.get(channel) ?? [];
  const rows = known.filter(({ at }) => at >= from && at <= to).toSorted((a, b) => a.at - b.at);
  return faults.duplicates ? rows.flatMap((row) => [row, row]) : rows;
}

function twin(
  standIn: ProviderStandIn,
  request: IncomingMessage,
  path: readonly string[],
  query: Params,
  body: string,
): Answer {
  if (path[0] === 'login') {
    const given: unknown = JSON.parse(body);
    const { username, password } = standInAccount;
    const isKnown = JSON.stringify(given) === JSON.stringify({ username, password });
    if (!isKnown)
      return { status: 401, answer: { status: 401, message: 'Invalid username or password', errorCode: 10 } };
    return { status: 200, answer: { token: standIn.makeToken(), refreshToken: 'r' } };
  }
  const token = String(request.headers.authorization ?? '').replace('Bearer ', '');
  if (!standIn.isTokenGood(token))
    return { status: 401, answer: { status: 401, message: 'Token has expired', errorCode: 11 } };
  if (path[0] === 'devices') {
    const data = [...standIn.readings.keys()].map((name) => ({ id: { id: name, entityType: 'DEVICE' }, name }));
    return { status: 200, answer: { data, hasNext: false } };
  }
  const channel = query.get('keys') ?? '';
  const rows = rowsOf(standIn, path[2] ?? '', channel, number(query, 'startTs', 0), number(query, 'endTs', Infinity));
  if (!query.has('startTs'))
    return { status: 200, answer: rows.length === 0 ? {} : { [channel]: rows.slice(-1).map(toPoint) } };
  const all = standIn.faults.pagingLoop ? rowsOf(standIn, path[2] ?? '', channel, 0, Infinity) : rows;
  // Duplicates are one row here: a page cannot end between two of them.
  const single = all.filter((row, index) => row.at !== all[index - 1]?.at || row !== all[index - 1]);
  const page: unknown[] = single.slice(0, number(query, 'limit', 100)).map(toPoint);
  if (standIn.faults.duplicates) page.push(...page.slice(0, 1));
  if (standIn.faults.brokenRow) page.push({ ts: 'yesterday', value: '1' });
  return { status: 200, answer: page.length === 0 ? {} : { [channel]: page } };
}

const toPoint = ({ at, value }: StandInReading) => ({ ts: at, value: String(value) });

function things(standIn: ProviderStandIn, path: readonly string[], query: Params): Answer {
  const [, token = '', , channel = ''] = path;
  const device = token.replace(`${standInAccount.deviceToken}-`, '');
  if (!standIn.readings.has(device) || device === token)
    return { status: 404, answer: { status: 'error', message: 'not found' } };
  const end = standIn.faults.pagingLoop ? Infinity : fromCompact(query.get('endDate'), Infinity);
  const rows = rowsOf(standIn, device, channel, fromCompact(query.get('startDate'), 0), end).reverse();
  const page: unknown[] = rows
    .slice(0, number(query, 'limit', 100))
    .map(({ at, value }) => ({ key: channel, value, datetime: new Date(at).toISOString() }));
  if (standIn.faults.brokenRow) page.push({ key: channel, value: 1, datetime: 'ayer' });
  return { status: 200, answer: page };
}

function tago(standIn: ProviderStandIn, request: IncomingMessage, path: readonly string[], query: Params): Answer {
  const token = String(request.headers['device-token'] ?? request.headers.token ?? request.headers.authorization ?? '');
  const device = token.replace(`${standInAccount.deviceToken}-`, '');
  // A refusal comes with HTTP 200.
  if (device === token) return { status: 200, answer: { status: false, message: 'Authorization denied' } };
  if (path[0] === 'info') return { status: 200, answer: { status: true, result: { id: device } } };
  const channel = query.get('variables') ?? query.get('variable') ?? '';
  const isLast = query.get('query') === 'last_item';
  const rows = rowsOf(standIn, device, channel, instant(query, 'start_date', 0), instant(query, 'end_date', Infinity));
  const skip = standIn.faults.pagingLoop ? 0 : number(query, 'skip', 0);
  const page: unknown[] = (isLast ? rows.slice(-1) : rows.slice(skip, skip + number(query, 'qty', 15))).map((row) => ({
    id: `id-${device}-${channel}-${row.at}`,
    device,
    variable: channel,
    value: row.value,
    unit: standIn.faults.unit ?? row.unit,
    time: new Date(row.at).toISOString(),
    created_at: new Date(row.at + 3_000).toISOString(),
  }));
  if (standIn.faults.shuffled) page.reverse();
  if (standIn.faults.brokenRow) page.push({ variable: channel });
  return { status: 200, answer: { status: true, result: page } };
}

/** A service of nobody's protocol: pages by number, a key in the query and in a header. */
function plain(standIn: ProviderStandIn, request: IncomingMessage, path: readonly string[], query: Params): Answer {
  if (query.get('key') !== standInAccount.password || request.headers['x-key'] !== standInAccount.password) {
    return { status: 403, answer: { message: `No such key: ${query.get('key')}` } };
  }
  if (path.length === 1) {
    return { status: 200, answer: { items: [...standIn.readings.keys()].map((id) => ({ id, label: `Well ${id}` })) } };
  }
  const rows = rowsOf(standIn, path[1] ?? '', path[2] ?? '', instant(query, 'from', 0), instant(query, 'to', Infinity));
  const size = number(query, 'limit', 10);
  const page = standIn.faults.pagingLoop ? 1 : number(query, 'page', 1);
  const list = rows.slice((page - 1) * size, page * size).map(({ at, value, unit }) => ({
    when: { t: new Date(at).toISOString() },
    v: [value],
    unit: standIn.faults.unit ?? unit,
  }));
  return { status: 200, answer: { data: { list: standIn.faults.brokenRow ? [...list, { v: [1] }] : list } } };
}

const number = (query: Params, name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
const instant = (query: Params, name: string, otherwise: number) =>
  query.has(name) ? Date.parse(query.get(name) ?? '') : otherwise;

function fromCompact(text: string | null, otherwise: number): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  return year === undefined ? otherwise : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
