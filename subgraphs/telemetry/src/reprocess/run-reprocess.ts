import type { ReprocessRun } from '@cauce/prisma/client';
import type { Database, DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import type { JobProgress } from '@cauce/shared/jobs/define-job';
import { readStretches } from '../derivation/counter-stretch.store.ts';
import { deriveSpans } from '../derivation/derive-counters.ts';
import {
  type MeasurementRow,
  markDirty,
  measurementKey,
  moveLatest,
  resetLatest,
  saveMeasurements,
} from '../derivation/measurements.store.ts';
import { toStretchRows } from '../derivation/stretch-rows.ts';
import { readingsReprocessed } from '../events.ts';
import { type PointEntry, readPointById } from '../intake/point-directory.ts';
import { type SqlRunner, transactionRunner } from '../intake/sql-runner.ts';
import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import { nextChunk } from './chunks.store.ts';
import { rehearse } from './dry-run.ts';
import { positionSchema, type ReprocessChange, summarySchema } from './reprocess-run.ts';
import { instantsOf, type Period, readTally } from './tally.store.ts';

export interface ReprocessWork {
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly report: (progress: JobProgress) => void;
}

/**
 * Works a run to its end, stretch by stretch, each in a transaction of its own that also says how far it is: whoever
 * takes the run up after a crash goes on there, and doing it again changes nothing. What it leaves behind is at any
 * moment what the raw readings say. A rehearsal only reads, and begins anew.
 */
export async function runReprocess(db: Pick<Database, 'client'>, runId: string, work: ReprocessWork): Promise<void> {
  const begun = await db.client.$transaction((tx) => begin(tx, runId, work.now()));
  if (begun === null) return;
  if (begun.isDryRun) {
    await rehearseAll(db, begun, work);
    return;
  }
  for (let isDone = false; !isDone; ) {
    work.signal.throwIfAborted();
    isDone = await db.client.$transaction((tx) => workOn(tx, runId, work), { timeout: 60_000 });
  }
}

/** Gives a run up for good. */
export async function failReprocess(db: Pick<Database, 'client'>, runId: string, error: string): Promise<void> {
  await db.client.reprocessRun.updateMany({
    where: { id: runId, status: { in: ['WAITING', 'RUNNING'] } },
    data: { status: 'FAILED', error },
  });
}

/** Two workers of one run follow each other: the row is locked until the stretch is committed. */
async function lockRun(tx: DatabaseTransaction, runId: string): Promise<ReprocessRun | null> {
  await tx.$queryRaw`SELECT FROM telemetry.reprocess_runs WHERE id = ${runId}::uuid FOR UPDATE`;
  const run = await tx.reprocessRun.findUnique({ where: { id: runId } });
  return run === null || run.status === 'DONE' || run.status === 'FAILED' ? null : run;
}

async function begin(tx: DatabaseTransaction, runId: string, now: Date): Promise<ReprocessRun | null> {
  const run = await lockRun(tx, runId);
  if (run === null || run.status === 'RUNNING') return run;
  const sql = transactionRunner(tx);
  const summary: ReprocessChange[] = [];
  for (const variable of run.variables) {
    const before = await readTally(sql, periodOf(run, variable));
    summary.push({ variable, changed: 0, before, after: before });
  }
  const position = { variable: 0, at: run.fromAt.getTime() };
  return tx.reprocessRun.update({
    where: { id: runId },
    data: { status: 'RUNNING', startedAt: now, position, summary: asJson(summary) },
  });
}

async function rehearseAll(db: Pick<Database, 'client'>, run: ReprocessRun, work: ReprocessWork): Promise<void> {
  const summary: ReprocessChange[] = [];
  for (const variable of run.variables) {
    const change = await db.client.$transaction(
      async (tx) => {
        const sql = transactionRunner(tx);
        const point = await readPointById(sql, run.pointId);
        return point === null ? null : rehearse(sql, point, periodOf(run, variable), work.signal);
      },
      // One view of everything, however long it takes; it holds nobody up.
      { isolationLevel: 'RepeatableRead', timeout: 600_000 },
    );
    if (change !== null) summary.push(change);
    work.report({ done: summary.length, total: run.variables.length });
  }
  await db.client.$transaction(async (tx) => {
    if ((await lockRun(tx, run.id)) !== null) await finish(tx, run, summary, work.now());
  });
}

/** Makes the next stretch again; true when the run is over. */
async function workOn(tx: DatabaseTransaction, runId: string, { now, report }: ReprocessWork): Promise<boolean> {
  const run = await lockRun(tx, runId);
  if (run === null) return true;
  const sql = transactionRunner(tx);
  const summary = summarySchema.parse(run.summary);
  const position = positionSchema.parse(run.position);
  const variable = run.variables[position.variable];
  const point = await readPointById(sql, run.pointId);
  if (variable === undefined || point === null) {
    const changes: ReprocessChange[] = [];
    for (const change of summary)
      changes.push({ ...change, after: await readTally(sql, periodOf(run, change.variable)) });
    await finish(tx, run, changes, now());
    return true;
  }
  const instants = instantsOf({ variable, from: new Date(position.at), to: run.toAt });
  const ends = await nextChunk(sql, { pointId: point.id, variable, ...instants });
  const changed = await deriveAgain(sql, point, { pointId: point.id, variable, from: instants.from, to: ends }, now());
  const isOver = ends >= instants.to;
  const shift = instants.to.getTime() - run.toAt.getTime();
  await tx.reprocessRun.update({
    where: { id: runId },
    data: {
      position: isOver
        ? { variable: position.variable + 1, at: run.fromAt.getTime() }
        : { variable: position.variable, at: ends.getTime() - shift },
      summary: asJson(
        summary.map((change) =>
          change.variable === variable ? { ...change, changed: change.changed + changed } : change,
        ),
      ),
    },
  });
  const share = isOver ? 1 : (ends.getTime() - run.fromAt.getTime()) / (run.toAt.getTime() - run.fromAt.getTime());
  report({ done: Math.round(100 * (position.variable + share)), total: 100 * run.variables.length });
  return false;
}

/** Makes the measurements between two instants again, and answers how many came out otherwise. */
async function deriveAgain(
  sql: SqlRunner,
  point: PointEntry,
  { variable, from, to }: Period,
  now: Date,
): Promise<number> {
  // As the intake does: one transaction at a time adds measurements of a quantity.
  await sql.rows(
    'telemetry-lock-quantity',
    `SELECT FROM telemetry.latest_measurements WHERE point_id = $1::uuid AND variable = $2::text::telemetry.variable_kind FOR UPDATE`,
    [point.id, variable],
  );
  const span = { point, variable, from, to: new Date(to.getTime() - 1) };
  const rows = variableDefinitions[variable].isCounter ? await deriveSpans(sql, [span]) : await derivePlain(sql, span);
  const written = rows.length === 0 ? [] : await saveMeasurements(sql, rows, { isAll: true });
  if (written.length === 0) return 0;
  const byKey = new Map(rows.map((row) => [measurementKey(row), row]));
  await markDirty(
    sql,
    written.flatMap(({ key }) => byKey.get(key) ?? []),
  );
  const newest = rows.findLast(({ quality }) => quality !== 'HELD');
  if (newest !== undefined) await moveLatest(sql, [newest], now);
  await resetLatest(sql, [{ pointId: point.id, variable }], now);
  return written.length;
}

async function derivePlain(
  sql: SqlRunner,
  {
    point,
    ...span
  }: { readonly point: PointEntry; readonly variable: VariableKind; readonly from: Date; readonly to: Date },
): Promise<readonly MeasurementRow[]> {
  const [stretch] = await readStretches(sql, [{ pointId: point.id, ...span }], 1);
  if (stretch === undefined) return [];
  return toStretchRows(point, span.variable, stretch).flatMap(({ row }) =>
    row.measuredAt >= span.from && row.measuredAt <= span.to ? [row] : [],
  );
}

async function finish(
  tx: DatabaseTransaction,
  run: ReprocessRun,
  summary: readonly ReprocessChange[],
  now: Date,
): Promise<void> {
  await tx.reprocessRun.update({
    where: { id: run.id },
    data: { status: 'DONE', finishedAt: now, summary: asJson(summary) },
  });
  await appendEvents(tx, [
    {
      topic: readingsReprocessed,
      ...{ key: run.pointId, siteId: run.siteId, companyId: run.companyId, occurredAt: now },
      payload: {
        ...{ runId: run.id, pointId: run.pointId, isDryRun: run.isDryRun },
        changed: summary.reduce((sum, change) => sum + change.changed, 0),
      },
    },
  ]);
}

function periodOf({ pointId, fromAt, toAt }: ReprocessRun, variable: VariableKind): Period {
  return { pointId, variable, from: fromAt, to: toAt };
}

/** Prisma takes plain JSON and no readonly lists. */
function asJson(summary: readonly ReprocessChange[]) {
  return summary.map(({ before, after, ...change }) => ({ ...change, before: { ...before }, after: { ...after } }));
}
