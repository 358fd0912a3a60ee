import { AppError } from '@cauce/shared/errors/app-error';
import { type DateRange, dateRangeSchema } from '@cauce/shared/schema/date-range';
import type { CatchmentPoint } from '../points/point.ts';
import { createQuestionLoader } from '../question-loader.ts';
import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import { nextDay, startOfDay } from '../zone-time.ts';
import type { SeriesQuery } from './series.store.ts';
import { bucketValue, type SeriesAggregate, type SeriesBucket } from './series-buckets.ts';
import { planSeries, rowsPerSeries, type SeriesGrain, type SeriesPlan, type SeriesQuestion } from './series-plan.ts';

export interface SeriesPoint {
  readonly at: Date;
  readonly value: number | null;
  readonly bucket: SeriesBucket;
}

export interface MeasurementSeries {
  readonly variable: VariableKind;
  readonly unit: string;
  readonly aggregate: SeriesAggregate;
  /** The grain that was read: the one asked for, or a coarser one. */
  readonly grain: SeriesGrain;
  readonly from: Date;
  readonly to: Date;
  /** Rows of the grain that a point joins at most. */
  readonly joined: number;
  readonly points: readonly SeriesPoint[];
}

interface SeriesArgs {
  readonly variable: VariableKind;
  /** Days in the point's zone. */
  readonly range?: DateRange | null | undefined;
  /** Instants, the end not included. */
  readonly between?: { readonly from: Date; readonly to: Date } | null | undefined;
  readonly grain?: SeriesGrain | null | undefined;
  readonly aggregate?: SeriesAggregate | null | undefined;
  readonly maxPoints?: number | null | undefined;
}

export interface Series {
  /** @throws AppError BAD_USER_INPUT for a period that is missing, named twice or impossible */
  of(
    point: Pick<CatchmentPoint, 'id' | 'timeZone' | 'samplingFrequencyMinutes'>,
    args: SeriesArgs,
  ): Promise<MeasurementSeries>;
}

const defaultPoints = 1_000;
const mostPoints = 5_000;

export function createSeries(
  read: (pointIds: readonly string[], query: SeriesQuery) => Promise<ReadonlyMap<string, readonly SeriesBucket[]>>,
): Series {
  const loader = createQuestionLoader((ids, { from, to, ...query }: QueryKey) =>
    read(ids, { ...query, from: new Date(from), to: new Date(to) }),
  );
  const ask = async (pointId: string, variable: VariableKind, question: SeriesQuestion): Promise<Answer> => {
    const plan = planSeries(question);
    const key = { ...plan, variable, from: plan.from.getTime(), to: plan.to.getTime() };
    const buckets = (await loader.load(pointId, key)) ?? [];
    const rows = buckets.reduce((sum, { joined }) => sum + joined, 0);
    // The device speaks more often than its point says: its hours are read instead, so that no part is missing.
    if (rows > rowsPerSeries && plan.grain === 'RAW') return ask(pointId, variable, { ...question, grain: 'HOUR' });
    return { plan, buckets };
  };
  return {
    async of(point, { variable, grain, maxPoints, ...args }) {
      const period = periodOf(args, point.timeZone);
      const limit = maxPoints ?? defaultPoints;
      if (limit < 2 || limit > mostPoints) {
        throw badInput('maxPoints', `maxPoints must be between 2 and ${mostPoints}`);
      }
      const samplingMinutes = point.samplingFrequencyMinutes;
      const { plan, buckets } = await ask(point.id, variable, {
        ...period,
        limit,
        samplingMinutes,
        grain: grain ?? null,
      });
      const definition = variableDefinitions[variable];
      const aggregate = args.aggregate ?? (definition.isCounter ? 'DELTA' : 'AVERAGE');
      return {
        ...{ variable, aggregate, grain: plan.grain, from: plan.from, to: plan.to },
        unit: definition.unit,
        joined: Math.max(1, ...buckets.map(({ joined }) => joined)),
        points: buckets.map((bucket) => ({
          at: bucket.at,
          value: bucketValue(bucket, aggregate),
          bucket,
        })),
      };
    },
  };
}

interface Answer {
  readonly plan: SeriesPlan;
  readonly buckets: readonly SeriesBucket[];
}

/** A question that two points of one list ask alike, as plain data. */
interface QueryKey extends Omit<SeriesQuery, 'from' | 'to'> {
  readonly from: number;
  readonly to: number;
}

function periodOf({ range, between }: Pick<SeriesArgs, 'range' | 'between'>, timeZone: string) {
  if (range && !between) {
    const parsed = dateRangeSchema.safeParse(range);
    if (!parsed.success) throw badInput('range', parsed.error.issues.map(({ message }) => message).join('; '));
    return { from: startOfDay(range.from, timeZone), to: startOfDay(nextDay(range.to), timeZone) };
  }
  if (between && !range) return between;
  throw badInput('range', 'Give range (days) or between (instants), and not both');
}

function badInput(argument: string, message: string): AppError {
  return new AppError('BAD_USER_INPUT', message, { detail: { argument } });
}
