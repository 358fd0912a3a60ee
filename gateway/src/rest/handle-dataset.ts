import { Readable } from 'node:stream';
import type { Log } from '@cauce/shared/log/log';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { valueAt } from './answer.ts';
import type { DatasetEndpoint } from './catalogue.ts';
import { type Dataset, maxWorkbookRows } from './datasets/dataset.ts';
import { csvTexts } from './export/csv.ts';
import type { ExportSlots } from './export/export-slots.ts';
import { chooseFormat, type Format, mediaTypes } from './export/formats.ts';
import { patientPages } from './export/patient-pages.ts';
import { allPages, pageFrom, type ReadPage, type RowPage } from './export/row-pages.ts';
import { workbookFrom } from './export/workbook.ts';
import { nothingThere, type OperationHandlerDeps, objectOf } from './handle-operation.ts';
import { variablesFrom } from './read-input.ts';
import { Refusal, validationFailed } from './refusal.ts';
import type { RestRequest } from './rest-request.ts';
import { sendJson, vary } from './send-json.ts';

export interface DatasetHandlerDeps extends OperationHandlerDeps {
  readonly log: Log;
  readonly exports: ExportSlots;
}

const filePageSize = 200;

/** How long a reader may take nothing, longer than any wait for its quota. */
const stalledMs = 120_000;

/** Answers a page of a dataset as JSON, or the whole of it as a file. */
export async function answerDataset(
  endpoint: DatasetEndpoint,
  deps: DatasetHandlerDeps,
  open: RestRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { operation, read } = endpoint;
  const { dataset } = endpoint.route;
  const query = objectOf(request.query);
  const format = chooseFormat(query.format, request.headers.accept);
  const input = read({ path: {}, query: normalised(query), body: undefined });
  const variables = variablesFrom(operation, input, deps.clock.now());
  const readPage: ReadPage = async (pageVariables) => {
    const data = await deps.run(operation, pageVariables, open);
    if (dataset.one !== undefined && (valueAt(data, dataset.one) ?? null) === null) throw nothingThere();
    return data;
  };
  if (format === 'json') {
    const { rows, next, total } = pageFrom(dataset, await readPage(variables));
    if (next !== null) reply.header('link', `<${nextAddress(request.url, next)}>; rel="next"`);
    return sendJson(request, reply, 200, { data: rows, next, total });
  }
  if (dataset.connection !== null && query.limit !== undefined) {
    throw validationFailed([{ field: 'limit', code: 'UNKNOWN', message: 'Pages are of JSON; a file holds every row' }]);
  }
  fileHeaders(reply, dataset, format, deps.clock.now());
  if (request.method === 'HEAD') {
    // One row, to refuse what GET would; and an empty stream, since nobody knows how long the file would be.
    await readPage(dataset.connection === null ? variables : { ...variables, limit: 1, counted: false });
    return reply.send(Readable.from([]));
  }
  const pages = allPages(dataset, variables, patientPages(readPage, open.gone), {
    pageSize: filePageSize,
    isCounted: format === 'xlsx',
  });
  const release = deps.exports.take(open.viewer.id);
  // Also when all went well, and when the client left before we came this far.
  reply.raw.once('close', release);
  if (reply.raw.closed) release();
  reply.raw.setTimeout(stalledMs, () => reply.raw.destroy());
  if (format === 'xlsx') return reply.send(await workbookOf(endpoint, pages));
  // Read before the answer begins, so that what refuses the request can still be said with a status.
  const first = await pages.next();
  const texts = csvTexts(endpoint.columns, withFirst(first, pages), input.bom === true);
  return reply.send(Readable.from(reported(texts, deps.log, open)));
}

/** The format's other names, for the parameter's schema. */
function normalised({ format, ...query }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return format === undefined || format === '' ? query : { ...query, format: String(format).toLowerCase() };
}

async function* withFirst(
  first: IteratorResult<RowPage, void>,
  pages: AsyncGenerator<RowPage, void>,
): AsyncGenerator<RowPage, void> {
  try {
    if (first.done !== true) yield first.value;
    yield* pages;
  } finally {
    await pages.return();
  }
}

/** A file that breaks off shows as such to its client, who saw a good status; the log says why. */
async function* reported(
  texts: AsyncGenerator<string, void>,
  log: Log,
  { gone, requestId }: RestRequest,
): AsyncGenerator<string, void> {
  try {
    yield* texts;
  } catch (error) {
    if (!gone.aborted) log.warn({ err: error, requestId }, 'An export broke off');
    throw error;
  }
}

async function workbookOf({ route, columns }: DatasetEndpoint, pages: AsyncIterable<RowPage>): Promise<Buffer> {
  const rows: unknown[] = [];
  for await (const page of pages) {
    if ((page.total ?? 0) > maxWorkbookRows || rows.length + page.rows.length > maxWorkbookRows) {
      const many = page.total === null ? '' : ` (this has ${page.total})`;
      throw new Refusal({
        status: 422,
        code: 'VALIDATION_FAILED',
        reason: 'TOO_MANY_ROWS',
        detail: `An .xlsx file holds at most ${maxWorkbookRows} rows${many}; filter further, or take format=csv`,
        fields: [{ field: 'format', code: 'TOO_MANY_ROWS', message: 'Filter further, or take csv' }],
      });
    }
    rows.push(...page.rows);
  }
  return workbookFrom(columns, rows, route.dataset.name);
}

function fileHeaders(reply: FastifyReply, { name }: Dataset, format: Exclude<Format, 'json'>, now: Date): void {
  const file = `${name}-${now.toISOString().slice(0, 10)}.${format}`;
  reply
    .type(mediaTypes[format])
    .header('content-disposition', `attachment; filename="${file}"`)
    .header('cache-control', 'no-store');
  vary(reply, ['Accept', 'Authorization', 'X-Api-Key']);
}

/** The same address with the next cursor. Relative, because only the client knows by which name it reached us. */
function nextAddress(url: string, next: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('after', next);
  return `${path}?${parameters}`;
}
