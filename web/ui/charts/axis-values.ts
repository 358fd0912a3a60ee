import type { ChartData } from './chart-data.ts';

/** Every height that an axis must reach: single values, and the sums of what stands on each other. */
export function axisValues({ positions, series }: ChartData, axis: 'left' | 'right'): readonly number[] {
  const own = series.filter((one) => (one.axis ?? 'left') === axis);
  const single = own
    .filter((one) => one.stack === undefined)
    .flatMap((one) => one.values.filter((value) => value !== null));
  const stacks = new Set(own.map((one) => one.stack).filter((stack) => stack !== undefined));
  const sums = [...stacks].flatMap((stack) =>
    positions.map((_, index) =>
      own.filter((one) => one.stack === stack).reduce((sum, one) => sum + (one.values[index] ?? 0), 0),
    ),
  );
  return [...single, ...sums];
}
