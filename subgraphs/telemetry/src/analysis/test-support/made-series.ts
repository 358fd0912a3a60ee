/** Numbers that look random and are the same each time: seeded (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of a bell curve with deviation 1. */
export function bellFrom(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export interface MadeSeries {
  readonly seed: number;
  readonly length: number;
  readonly level?: number;
  /** Half of what a day swings, and a week. */
  readonly daily?: number;
  readonly weekly?: number;
  readonly noise?: number;
  /** Part of the noise that is left one step later. */
  readonly memory?: number;
  /** Added each step. */
  readonly slope?: number;
  /** Steps in a day; 1 for a series of days. */
  readonly stepsPerDay?: number;
  /** Half of what a year swings. */
  readonly yearly?: number;
}

/** A series whose truth is known: level, trend, seasons and noise. */
export function madeSeries(made: MadeSeries): Float64Array {
  const { seed, length, level = 20, daily = 3, weekly = 1, noise = 0.5, memory = 0.5, slope = 0, yearly = 0 } = made;
  const { stepsPerDay = 24 } = made;
  const bell = bellFrom(randomFrom(seed));
  let rest = 0;
  const wave = (step: number, period: number) => Math.sin((2 * Math.PI * step) / period);
  return Float64Array.from({ length }, (_none, step) => {
    rest = memory * rest + Math.sqrt(1 - memory * memory) * bell() * noise;
    const season =
      (stepsPerDay > 1 ? daily * wave(step, stepsPerDay) : 0) +
      weekly * wave(step, 7 * stepsPerDay) +
      yearly * wave(step, 365 * stepsPerDay);
    return level + slope * step + season + rest;
  });
}
