import { AppError } from '@cauce/shared/errors/app-error';
import { createQuestionLoader } from '../question-loader.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import type { RawBucket, RawQuery } from './raw-series.store.ts';

/** What a device said on one channel, as it came. */
export interface RawSeries {
  readonly channel: string;
  readonly points: readonly RawBucket[];
}

interface RawArgs {
  readonly variable: VariableKind;
  readonly between: { readonly from: Date; readonly to: Date };
  readonly maxPoints?: number | null | undefined;
}

/** The raw readings behind a quantity of a point, by channel. Throws BAD_USER_INPUT for an impossible period. */
export type ReadRawSeries = (pointId: string, args: RawArgs) => Promise<readonly RawSeries[]>;

const defaultPoints = 1_000;
const mostPoints = 5_000;
/** Raw readings have no sums that were made before: each of them is read. */
const longestMs = 100 * 86_400_000;

export function createRawSeries(
  read: (pointIds: readonly string[], query: RawQuery) => Promise<ReadonlyMap<string, readonly RawBucket[]>>,
): ReadRawSeries {
  const loader = createQuestionLoader((ids, { from, to, ...query }: QueryKey) =>
    read(ids, { ...query, from: new Date(from), to: new Date(to) }),
  );
  return async (pointId, { variable, between, maxPoints }) => {
    const [from, to] = [between.from.getTime(), between.to.getTime()];
    const limit = maxPoints ?? defaultPoints;
    if (to <= from || to - from > longestMs) {
      throw badInput('between', 'The period must end after it begins and last 100 days at most');
    }
    if (limit < 2 || limit > mostPoints) throw badInput('maxPoints', `maxPoints must be between 2 and ${mostPoints}`);
    const stretchMs = Math.max(1, Math.ceil((to - from) / limit));
    const buckets = (await loader.load(pointId, { variable, from, to, stretchMs })) ?? [];
    return [...Map.groupBy(buckets, ({ channel }) => channel)].map(([channel, points]) => ({ channel, points }));
  };
}

/** A question that two points of one list ask alike, as plain data. */
interface QueryKey extends Omit<RawQuery, 'from' | 'to'> {
  readonly from: number;
  readonly to: number;
}

function badInput(argument: string, message: string): AppError {
  return new AppError('BAD_USER_INPUT', message, { detail: { argument } });
}
