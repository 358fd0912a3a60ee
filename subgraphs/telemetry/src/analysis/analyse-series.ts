import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import { type ComputeThread, TaskFailed } from '@cauce/shared/threads/compute-thread';
import { variableDefinitions } from '../variables/variable-kinds.ts';
import { type AnalysisPart, readDays, readHours, readStale, type StaleSeries } from './analysis-input.store.ts';
import type { AnalysisAnswer, AnalysisTask } from './analysis-task.ts';
import { anomalyEvidence } from './anomaly-evidence.ts';
import { dayMs, hourMs } from './engine/even-series.ts';
import { waterRightOutlook } from './water-right-outlook.ts';
import { yearOf } from './year-of.store.ts';

export type AnalysisThread = ComputeThread<AnalysisTask, AnalysisAnswer>;

export interface AnalysisDeps {
  readonly client: PrismaClient;
  readonly thread: AnalysisThread;
}

export interface AnalysisTally {
  /** Series that were made again. */
  readonly made: number;
  readonly failed: number;
}

const pointsAtOnce = 100;
const noJson = Prisma.DbNull;

/**
 * Makes a part of the analysis of each quantity whose history is another one than at the last time. One that cannot be
 * made is kept as failed until its history changes; the others go on. Whoever is interrupted goes on where it was.
 */
export async function analyse(
  { client, thread }: AnalysisDeps,
  part: AnalysisPart,
  options: { readonly now: Date; readonly pointIds: readonly string[]; readonly signal?: AbortSignal },
): Promise<AnalysisTally> {
  const { now, pointIds, signal } = options;
  let tally = { made: 0, failed: 0 };
  for (let first = 0; first < pointIds.length; first += pointsAtOnce) {
    for (const series of await readStale(client, part, pointIds.slice(first, first + pointsAtOnce), now)) {
      signal?.throwIfAborted();
      const startedAt = performance.now();
      const kept = await keptOf(client, thread, { part, series, now, signal });
      await save(client, series, { ...kept, tookMs: Math.round(performance.now() - startedAt) });
      const hasFailed = kept.anomaliesState === 'FAILED' || kept.outlookState === 'FAILED';
      tally = { made: tally.made + 1, failed: tally.failed + (hasFailed ? 1 : 0) };
    }
  }
  return tally;
}

/** Every point whose quantities are looked at. */
export async function pointsToAnalyse(client: PrismaClient): Promise<string[]> {
  const points = await client.catchmentPoint.findMany({
    where: { deletedAt: null },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return points.map(({ id }) => id);
}

type Kept = Omit<Prisma.SeriesAnalysisUncheckedCreateInput, 'pointId' | 'variable'>;

interface Question {
  readonly part: AnalysisPart;
  readonly series: StaleSeries;
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

async function keptOf(client: PrismaClient, thread: AnalysisThread, question: Question): Promise<Kept> {
  const { part, series, now } = question;
  try {
    return part === 'anomalies'
      ? await anomaliesOf(client, thread, question)
      : await outlookOf(client, thread, question);
  } catch (error) {
    if (!(error instanceof TaskFailed)) throw error;
    const { stamp } = series;
    return part === 'anomalies'
      ? { anomaliesStamp: stamp, anomaliesState: 'FAILED', anomaliesAt: now, anomalies: [], ongoing: noJson }
      : { outlookStamp: stamp, outlookState: 'FAILED', outlookAt: now, outlook: noJson };
  }
}

async function anomaliesOf(client: PrismaClient, thread: AnalysisThread, question: Question): Promise<Kept> {
  const { series, now, signal } = question;
  const hours = await readHours(client, series, now);
  const mayRest = ['FLOW', 'AVERAGE_FLOW', 'TOTAL'].includes(series.variable);
  const task = { ask: 'ANOMALIES', mayRest, hours: { ...hours, timeZone: series.timeZone } } as const;
  const answer = await thread.run(task, signal);
  if (answer.ask !== 'ANOMALIES') throw new TypeError('Another answer than was asked for');
  const { anomalies } = answer;
  const ongoing = anomalies?.findLast(({ isOngoing }) => isOngoing);
  return {
    anomaliesStamp: series.stamp,
    anomaliesState: anomalies === null ? 'NOT_ENOUGH_HISTORY' : 'READY',
    anomaliesAt: now,
    anomaliesUpTo: new Date(hours.from + hours.values.length * hourMs),
    anomalies: (anomalies ?? []).map((anomaly) => ({ ...anomaly })),
    ongoing: ongoing === undefined ? noJson : anomalyEvidence(ongoing, series.variable),
  };
}

async function outlookOf(client: PrismaClient, thread: AnalysisThread, question: Question): Promise<Kept> {
  const { series, now, signal } = question;
  const [hours, days] = [await readHours(client, series, now), await readDays(client, series, now)];
  const answer = await thread.run({ ask: 'OUTLOOK', hours: hours.values, days: days.values }, signal);
  if (answer.ask !== 'OUTLOOK') throw new TypeError('Another answer than was asked for');
  const { figures } = answer;
  const dailyFrom = days.from + days.values.length * dayMs;
  const year = variableDefinitions[series.variable].isCounter ? await yearOf(client, series, dailyFrom) : null;
  const waterRight = year === null ? null : waterRightOutlook({ ...year, from: dailyFrom, daily: figures.daily });
  const isEmpty = [figures.hourly, figures.daily, ...Object.values(figures.trends)].every((figure) => figure === null);
  const made = { ...figures, waterRight, dailyFrom, hourlyFrom: hours.from + hours.values.length * hourMs };
  return {
    ...{ outlookStamp: series.stamp, outlookAt: now },
    outlookState: isEmpty ? 'NOT_ENOUGH_HISTORY' : 'READY',
    outlook: isEmpty ? noJson : JSON.parse(JSON.stringify(made)),
  };
}

async function save(client: PrismaClient, { pointId, variable }: StaleSeries, kept: Kept): Promise<void> {
  await client.seriesAnalysis.upsert({
    where: { pointId_variable: { pointId, variable } },
    create: { pointId, variable, ...kept },
    update: kept,
  });
}
