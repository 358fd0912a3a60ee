import type { DemandHistory } from '../forecast/engine/demand-forecast.ts';

export const generatedKinds = ['smooth', 'seasonal', 'erratic', 'intermittent', 'lumpy', 'stock-outs'] as const;
export type GeneratedKind = (typeof generatedKinds)[number];

export interface GeneratedSeries {
  readonly history: DemandHistory;
  /** What then came, and what was to be expected of each day by the rule that made it. */
  readonly future: readonly number[];
  readonly truth: readonly number[];
}

/** Numbers from 0 to 1, the same for the same seed. */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low digits of such a generator are weak.
    let mixed = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
}

/** A year of daily demand of one kind with the weeks after it, by a rule that is known. */
export function generateDemand(kind: GeneratedKind, seed: number, days = 365, ahead = 28): GeneratedSeries {
  const chance = chanceOf(seed * 7_919 + generatedKinds.indexOf(kind));
  for (let warm = 0; warm < 10; warm += 1) chance();
  const between = (low: number, high: number) => low + (high - low) * chance();
  const normal = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const mean = 10 ** between(0.7, 2.3);
  const isSparse = kind === 'intermittent' || kind === 'lumpy';
  const rate = isSparse ? 1 / between(1.6, 4.5) : 1;
  const spread = { smooth: 0.3, seasonal: 0.25, erratic: 0.9, intermittent: 0.35, lumpy: 0.9, 'stock-outs': 0.3 }[kind];
  const swing = kind === 'seasonal' ? 0.6 : isSparse ? 0 : between(0, 0.15);
  const yearly = kind === 'seasonal' ? 0.25 : 0;
  const growth = isSparse ? 0 : between(-0.3, 0.3);
  const shape = Array.from({ length: 7 }, (_none, at) => (at === 6 ? -1 : Math.sin((at / 6) * Math.PI)) * swing);
  const phase = between(0, 365);
  const expected = Array.from({ length: days + ahead }, (_none, day) => {
    const season = 1 + (shape[day % 7] ?? 0) + yearly * Math.sin(((day + phase) / 365) * 2 * Math.PI);
    return mean * Math.max(0.05, season) * (1 + growth * (day / days - 0.5));
  });
  const logSpread = Math.sqrt(Math.log(1 + spread * spread));
  const sold = expected.map((value) => {
    if (chance() >= rate) return 0;
    return Math.round(value * Math.exp(logSpread * normal() - (logSpread * logSpread) / 2) * 10) / 10;
  });
  const values: (number | null)[] = sold.slice(0, days);
  if (kind === 'stock-outs') {
    for (let gap = 0; gap < 6; gap += 1) {
      const start = Math.floor(between(20, days - 25));
      values.fill(null, start, start + Math.floor(between(5, 18)));
    }
  }
  return {
    history: { startsOn: '2025-03-03', values },
    future: sold.slice(days),
    truth: expected.slice(days).map((value) => value * rate),
  };
}
