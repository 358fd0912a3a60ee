export interface Scale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/**
 * An axis with round numbers on it and always the same count of lines, so that a left and a right axis share theirs.
 * Begins at zero when told to, or when the values come near it.
 */
export function niceScale(values: readonly number[], fromZero: boolean, intervals = 4): Scale {
  const high = Math.max(...values, fromZero ? 0 : Number.NEGATIVE_INFINITY);
  const low = Math.min(...values, fromZero ? 0 : Number.POSITIVE_INFINITY);
  if (!Number.isFinite(high) || !Number.isFinite(low)) return scaleFrom(0, 1, 1);
  // A difference that the numbers cannot resolve is no difference.
  const span = high - low > Math.max(Math.abs(high), Math.abs(low)) * 1e-9 ? high - low : Math.abs(high) || 1;
  for (let power = Math.max(-12, Math.floor(Math.log10(span / intervals))); ; power++) {
    for (const one of steps) {
      const step = one * 10 ** power;
      const start = Math.floor(low / step + 1e-9) * step;
      if (start + step * intervals >= high - step * 1e-9) return scaleFrom(start, step, intervals);
    }
  }
}

function scaleFrom(start: number, step: number, intervals: number): Scale {
  // Sums of decimal fractions drift: 0.1 + 0.2 must not become a tick.
  const digits = Math.max(0, 3 - Math.floor(Math.log10(step)));
  const ticks = Array.from({ length: intervals + 1 }, (_, index) =>
    Number((start + index * step).toFixed(Math.min(20, digits))),
  );
  return { domain: [ticks[0] ?? 0, ticks[intervals] ?? 1], ticks };
}
