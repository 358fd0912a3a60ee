import { AppError } from '@cauce/shared/errors/app-error';
import { type DateRange, dateRangeSchema } from '@cauce/shared/schema/date-range';
import type { CatchmentPoint } from '../points/point.ts';
import { createQuestionLoader } from '../question-loader.ts';
import { nextDay, startOfDay } from '../zone-time.ts';
import type { Consumption } from './consumption.store.ts';

/** What a point's counter counted on some days. Throws BAD_USER_INPUT for a period that is impossible. */
export type ExplainConsumption = (point: CatchmentPoint, range: DateRange) => Promise<Consumption | null>;

export function createConsumption(
  read: (pointIds: readonly string[], from: Date, to: Date) => Promise<ReadonlyMap<string, Consumption>>,
): ExplainConsumption {
  const loader = createQuestionLoader((ids, { from, to }: { readonly from: number; readonly to: number }) =>
    read(ids, new Date(from), new Date(to)),
  );
  return (point, range) => {
    const parsed = dateRangeSchema.safeParse(range);
    if (!parsed.success) {
      throw new AppError('BAD_USER_INPUT', parsed.error.issues.map(({ message }) => message).join('; '), {
        detail: { argument: 'range' },
      });
    }
    const { from, to } = parsed.data;
    return loader.load(point.id, {
      from: startOfDay(from, point.timeZone).getTime(),
      to: startOfDay(nextDay(to), point.timeZone).getTime(),
    });
  };
}
