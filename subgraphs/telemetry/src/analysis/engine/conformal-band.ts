import { quantileOf, sortedOf } from './statistics.ts';

export interface BandStep {
  /** To be added to what is expected. */
  readonly low: number;
  readonly high: number;
}

type Errors = readonly Float64Array[];

const covered = 0.8;

/**
 * How far around a forecast 80 % of what comes will lie, by the errors of earlier ones (one list an origin, one error a
 * step). Steps of a block share their errors; errors of one origin resemble each other, so that the band is widened
 * until it would have held as many of each origin's errors when it was made from those of the others.
 */
export function bandOf(errors: Errors, blocks: readonly number[]): readonly BandStep[] {
  return widened(plainBand(errors, blocks), widthFor(ratiosOf(errors, blocks)));
}

/** Part of each origin's errors that lay in the band made and widened without them. */
export function coverageOf(errors: Errors, blocks: readonly number[]): number {
  const ratios = ratiosOf(errors, blocks);
  const within = ratios.flatMap((own, origin) => {
    const width = widthFor(ratios.toSpliced(origin, 1));
    return [...own].map((ratio) => ratio <= width);
  });
  return within.filter(Boolean).length / within.length;
}

/** How many times too narrow the band of the others is for each error of an origin. */
function ratiosOf(errors: Errors, blocks: readonly number[]): Float64Array[] {
  return errors.map((own, origin) => {
    const band = plainBand(errors.toSpliced(origin, 1), blocks);
    return sortedOf(
      own.map((error, step) => {
        const { low = 0, high = 0 } = band[step] ?? {};
        const [middle, half] = [(high + low) / 2, Math.max((high - low) / 2, 1e-9)];
        return Math.abs(error - middle) / half;
      }),
    );
  });
}

function widthFor(ratios: Errors): number {
  return Math.max(quantileOf(sortedOf(ratios.flatMap((own) => [...own])), covered), 0);
}

function widened(band: readonly BandStep[], width: number): BandStep[] {
  return band.map(({ low, high }) => {
    const [middle, half] = [(high + low) / 2, (high - low) / 2];
    return { low: middle - half * width, high: middle + half * width };
  });
}

/** Tenth and ninetieth part of the errors of each block, and between the middles of two blocks what lies between. */
function plainBand(errors: Errors, blocks: readonly number[]): BandStep[] {
  const made = blocks.map((last, block) => {
    const first = blocks[block - 1] ?? 0;
    const sorted = sortedOf(errors.flatMap((own) => [...own.subarray(first, last)]));
    return {
      at: (first + last - 1) / 2,
      low: quantileOf(sorted, (1 - covered) / 2),
      high: quantileOf(sorted, (1 + covered) / 2),
    };
  });
  return Array.from({ length: blocks.at(-1) ?? 0 }, (_none, step) => {
    const next = made.find(({ at }) => at >= step) ?? made.at(-1);
    const before = made.findLast(({ at }) => at <= step) ?? made[0];
    if (next === undefined || before === undefined) return { low: 0, high: 0 };
    const part = next.at === before.at ? 0 : (step - before.at) / (next.at - before.at);
    const between = (one: number, other: number) => one + (other - one) * part;
    return { low: between(before.low, next.low), high: between(before.high, next.high) };
  });
}
