import { loadavg } from 'node:os';
import { methods, type TriedMethod } from '../forecast/engine/candidates.ts';
import { classifyDemand } from '../forecast/engine/classify-demand.ts';
import { forecastDemand } from '../forecast/engine/forecast-demand.ts';
import { basisOf, measureErrors, naiveScale } from '../forecast/engine/measure-errors.ts';
import { askMethod } from '../forecast/engine/rolling-backtest.ts';
import { meanOf, seriesOf } from '../forecast/engine/series.ts';
import { type GeneratedKind, generateDemand, generatedKinds } from './generated-demand.ts';

// The program of bench/inventory/forecast.bench.ts: prints the tables and ends.
const count = Number(process.argv[2] ?? 40);
const seeds = (process.argv[3] ?? '1').split(',').map(Number);
const seriesSeeds = seeds.flatMap((seed) => Array.from({ length: count }, (_none, at) => seed * 1_000 + at));
const ahead = 28;
const firstDay = Date.parse('2025-03-03') / 86_400_000;
const names = Object.keys(methods) as TriedMethod[];

interface KindResult {
  readonly kind: GeneratedKind;
  /** MASE of each series, in the same order. */
  readonly champion: readonly number[];
  readonly single: ReadonlyMap<TriedMethod, readonly number[]>;
  readonly coverage: number;
  readonly claimed: number;
  readonly chosen: ReadonlyMap<string, number>;
  readonly milliseconds: readonly number[];
  readonly cpuMs: number;
}

/** Errors of what was said about the days that came, in units of what seasonal naive misses by. */
function judge(kind: GeneratedKind): KindResult {
  const champion: number[] = [];
  const single = new Map(names.map((name) => [name, [] as number[]]));
  const chosen = new Map<string, number>();
  const milliseconds: number[] = [];
  const measured: number[] = [];
  let cpu = 0;
  let inside = 0;
  for (const seed of seriesSeeds) {
    const { history, future } = generateDemand(kind, seed, 365, ahead);
    const series = seriesOf(history.values, firstDay);
    const basis = basisOf(classifyDemand(series));
    const scale = naiveScale(series, basis) ?? 1;
    const came = Float64Array.from(future);
    const maseOf = (said: Float64Array) => measureErrors([{ origin: 0, said, came }], basis).mae / scale;
    const cpuBefore = process.cpuUsage();
    const before = performance.now();
    const forecast = forecastDemand({ history, profile: null });
    milliseconds.push(performance.now() - before);
    const used = process.cpuUsage(cpuBefore);
    cpu += (used.user + used.system) / 1_000;
    champion.push(maseOf(Float64Array.from(forecast.points.slice(0, ahead), ({ expected }) => expected)));
    chosen.set(forecast.method, (chosen.get(forecast.method) ?? 0) + 1);
    measured.push(forecast.backtests[0]?.measuredCoverage ?? Number.NaN);
    future.forEach((value, at) => {
      const point = forecast.points[at];
      if (point !== undefined && value >= point.low && value <= point.high) inside += 1;
    });
    for (const name of names) single.get(name)?.push(maseOf(askMethod(methods[name], series, ahead)));
  }
  return {
    ...{ kind, champion, single, chosen, milliseconds },
    coverage: inside / (seriesSeeds.length * ahead),
    claimed: meanOf(measured.filter((value) => !Number.isNaN(value))),
    cpuMs: cpu / seriesSeeds.length,
  };
}

/** The mean difference of two methods on the same series, and twice its standard error. */
function differenceOf(one: readonly number[], other: readonly number[]) {
  const differences = one.map((value, at) => value - (other[at] ?? 0));
  const mean = meanOf(differences);
  const variance = meanOf(differences.map((value) => (value - mean) ** 2));
  return { mean, noise: 2 * Math.sqrt(variance / Math.max(1, differences.length - 1)) };
}

// What is compiled on the first ones is not counted.
for (const kind of generatedKinds) forecastDemand({ history: generateDemand(kind, 99_999).history, profile: null });
const results = generatedKinds.map(judge);

const cell = (value: number) => value.toFixed(3).padStart(13);
console.log(
  `MASE on ${ahead} days that came after, mean of ${count} series of each kind and seed (${seeds.join()}); load ${loadavg()[0]?.toFixed(1)}`,
);
console.log(`${''.padEnd(22)}${results.map(({ kind }) => kind.padStart(13)).join('')}${'all'.padStart(13)}`);
const print = (name: string, numberOf: (result: KindResult) => number) => {
  const values = results.map(numberOf);
  console.log(`${name.padEnd(22)}${[...values, meanOf(values)].map(cell).join('')}`);
};
print('CHOSEN', ({ champion }) => meanOf(champion));
for (const name of names) print(name, ({ single }) => meanOf(single.get(name) ?? []));

console.log('\nchosen less each single one, over all series (below 0: better; ± twice the standard error):');
for (const name of names) {
  const { mean, noise } = differenceOf(
    results.flatMap(({ champion }) => champion),
    results.flatMap(({ single }) => single.get(name) ?? []),
  );
  console.log(`${name.padEnd(22)}${mean.toFixed(4).padStart(9)} ± ${noise.toFixed(4)}`);
}

console.log(
  '\nkind            best single (chosen less it)                in the band  by backtest   ms a series      p95   CPU ms   chosen',
);
for (const { kind, champion, single, coverage, claimed, milliseconds, cpuMs, chosen } of results) {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const list = [...chosen].sort(([, one], [, other]) => other - one).map(([name, times]) => `${name} ${times}`);
  const [best = ['', []] as const] = [...single].sort(([, one], [, other]) => meanOf(one) - meanOf(other));
  const { mean, noise } = differenceOf(champion, best[1]);
  const numbers = [
    `${best[0]} ${mean >= 0 ? '+' : ''}${mean.toFixed(3)} ± ${noise.toFixed(3)}`.padEnd(42),
    `${(100 * coverage).toFixed(1)} %`.padStart(11),
    `${(100 * claimed).toFixed(1)} %`.padStart(13),
    meanOf(milliseconds).toFixed(1).padStart(14),
    (sorted[Math.floor(0.95 * sorted.length)] ?? 0).toFixed(1).padStart(9),
    cpuMs.toFixed(1).padStart(9),
  ];
  console.log(`${kind.padEnd(16)}${numbers.join('')}   ${list.join(', ')}`);
}
