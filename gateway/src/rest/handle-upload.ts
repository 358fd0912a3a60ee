import { setTimeout as wait } from 'node:timers/promises';
import { can, type Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { valueAt } from './answer.ts';
import type { UploadEndpoint } from './catalogue.ts';
import { objectOf } from './handle-operation.ts';
import { Refusal, validationFailed } from './refusal.ts';
import type { RestRequest } from './rest-request.ts';
import type { UploadStep } from './route.ts';
import type { RunOperation } from './run-operation.ts';
import { sendJson } from './send-json.ts';

/** The largest spreadsheet. */
export const maxSpreadsheetBytes = 10 * 1024 * 1024;

/** Keeps the file of a request for a company; the door knows where. @throws AppError */
export type StoreFile = (options: {
  readonly request: FastifyRequest;
  readonly viewer: Viewer;
  readonly mostBytes: number;
  readonly endings: readonly string[];
}) => Promise<{ readonly id: string }>;

export interface UploadHandlerDeps {
  readonly run: RunOperation;
  readonly store: StoreFile;
}

/** What came of a file, in the words of the system that sends it. */
export const uploadAnswer = z.object({
  success: z.boolean().meta({ description: 'False while it is still under way: ask the graph for `upload(id:)`.' }),
  filename: z.string(),
  recordsProcessed: z.int(),
  recordsCreated: z.int(),
  recordsUpdated: z.int(),
  recordsRefused: z.int().meta({ description: 'Left out, where `skipRefused` allowed it.' }),
  fileType: z.enum(['inventory', 'sales']).nullable(),
  store: z.string().nullable().meta({ description: 'Branch that the file names.' }),
  uploadId: z.string(),
  importId: z.string().meta({ description: 'Can be undone by `undoSpreadsheet`.' }),
});

/** Longer than this a client is not kept waiting. */
const longestMs = 60_000;

/**
 * Takes a spreadsheet, and writes it as one or not at all: refused rows are named by cell and nothing is written, unless
 * `skipRefused` leaves them out.
 */
export async function answerUpload(
  { read, steps }: UploadEndpoint,
  { run, store }: UploadHandlerDeps,
  open: RestRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { viewer, gone } = open;
  const { siteId = null, skipRefused } = read({ path: {}, query: objectOf(request.query), body: undefined });
  for (const permission of ['uploads:write', 'inventory:write'] as const) {
    if (!can(viewer, permission)) throw new AppError('FORBIDDEN', `This needs ${permission}`);
  }
  const { id: uploadId } = await store({
    ...{ request, viewer, mostBytes: maxSpreadsheetBytes, endings: ['.xlsx', '.xls'] },
  });
  const ask = (step: UploadStep, variables: Readonly<Record<string, unknown>>) => run(steps[step], variables, open);
  const started = await ask('start', { uploadId, siteId });
  const importId = String(valueAt(started, 'importSpreadsheet.id'));
  const deadline = performance.now() + longestMs;
  /** The import when no worker works on it, or when there is no more time. */
  const settled = async () => {
    for (let pauseMs = 150; ; pauseMs = Math.min(pauseMs * 1.4, 2_000)) {
      const file = fileSchema.parse(valueAt(await ask('state', { uploadId }), 'upload'));
      if (!moving.includes(file.status) || performance.now() > deadline) return file;
      await wait(pauseMs, undefined, { signal: gone });
    }
  };
  const answer = (file: UploadedFile, success: boolean) => ({
    ...{ success, filename: file.filename, recordsProcessed: file.recordsProcessed },
    ...{ recordsCreated: file.recordsCreated, recordsUpdated: file.recordsUpdated },
    ...{ recordsRefused: file.recordsRefused, store: file.branch, uploadId, importId },
    fileType: file.kind === null ? null : file.kind === 'SALES' ? ('sales' as const) : ('inventory' as const),
  });

  const file = await settled();
  if (moving.includes(file.status)) return sendJson(request, reply, 202, answer(file, false));
  if (file.status !== 'PREVIEW') throw refusedFile(file);
  const isRefused = file.recordsRefused > 0 && skipRefused !== true;
  if (isRefused || file.recordsCreated + file.recordsUpdated === 0) {
    await ask('discard', { importId });
    if (isRefused) throw refusedRows(file);
    return sendJson(request, reply, 200, answer(file, true));
  }
  await ask('commit', { importId, plan: file.plan });
  const written = await settled();
  if (moving.includes(written.status)) return sendJson(request, reply, 202, answer(written, false));
  if (written.status !== 'COMPLETED') {
    await ask('discard', { importId });
    const detail = written.problemMessage?.en ?? 'Nothing was written';
    throw new Refusal({
      status: 409,
      code: 'CONFLICT',
      detail,
      ...(written.problem === null ? {} : { reason: written.problem }),
    });
  }
  return sendJson(request, reply, 200, answer(written, true));
}

const moving = ['UPLOADED', 'PARSING', 'COMMITTING'];

const fileSchema = z.object({
  filename: z.string(),
  status: z.string(),
  kind: z.string().nullable(),
  branch: z.string().nullable(),
  problem: z.string().nullable(),
  problemMessage: z.object({ en: z.string() }).nullable(),
  plan: z.string().nullable(),
  recordsProcessed: z.int(),
  recordsCreated: z.int(),
  recordsUpdated: z.int(),
  recordsRefused: z.int(),
  refused: z.array(
    z.object({
      sheet: z.string(),
      line: z.int(),
      problems: z.array(
        z.object({ column: z.string().nullable(), code: z.string(), message: z.object({ en: z.string() }) }),
      ),
    }),
  ),
});
type UploadedFile = z.output<typeof fileSchema>;

const refusedFile = ({ problem, problemMessage }: UploadedFile) =>
  validationFailed([{ field: 'file', code: problem ?? 'REFUSED', message: problemMessage?.en ?? 'It was refused' }]);

/** Each refused cell as a field of its own: `Hoja1!C6`. */
const refusedRows = ({ refused }: UploadedFile) =>
  validationFailed(
    refused.flatMap(({ sheet, line, problems }) =>
      problems.map(({ column, code, message }) => ({
        field: `${sheet}!${column ?? ''}${line}`,
        code,
        message: message.en,
      })),
    ),
  );
