import { type SeedDemand, type SeedSeries, seedHistoryDays } from './demand.ts';
import type { TableRows } from './rows.ts';

/** Weeks of forecasts that the demo begins with. */
const weeks = 10;
const keptDays = 30;
/** Days after the last one on which an outcome is counted. */
const graceDays = 3;
const coverage = 0.8;
const dayMs = 86_400_000;

/** What was said of the days from one on; `first` counts days of the history. */
interface SeedForecast {
  readonly series: SeedSeries;
  readonly first: number;
  readonly days: readonly { readonly expected: number; readonly low: number; readonly high: number }[];
}

/**
 * What the platform would have said in the last weeks of all that sells often enough, had it been there: the mean of four
 * weeks, of the same weekday where each has its own, with a band from eight; and what came of it. Each forecast knows
 * nothing but the days before it.
 */
export function pastForecastTables(demand: readonly SeedDemand[], today: Date): TableRows[] {
  const sold = new Map<SeedSeries, Float64Array>();
  for (const { series, day, quantity } of demand) {
    const units = sold.get(series) ?? new Float64Array(seedHistoryDays);
    units[day] = (units[day] ?? 0) + quantity;
    sold.set(series, units);
  }
  const rows: TableRows['rows'][number][] = [];
  const outcomes = new Map<string, Outcome>();
  let turn = 0;
  for (const [series, units] of sold) {
    if (series.pattern === 'rare' || series.product.companyId === null) continue;
    turn += 1;
    for (let week = weeks - 1; week >= 0; week -= 1) {
      const first = seedHistoryDays - 1 - (turn % 7) - 7 * week;
      const forecast = { series, first, days: daysFrom(series, units, first) };
      const age = seedHistoryDays - 1 - first;
      const settled = [30, 7].find((days) => age >= days + graceDays) ?? 0;
      const madeOn = dateOf(today, first);
      const said = totalsOf(forecast, units, 7);
      rows.push([
        ...[series.product.id, series.siteId, series.product.companyId, madeOn, 'MOVING_AVERAGE', coverage],
        ...[listOf(forecast, 'expected'), listOf(forecast, 'low'), listOf(forecast, 'high'), settled],
        ...(settled === 0 ? [null, null] : [said.said, said.sold]),
      ]);
      for (const days of [7, 30]) if (settled >= days) count(outcomes, forecast, units, days, madeOn);
    }
  }
  return [
    { table: 'past_forecasts', columns: forecastColumns, rows },
    {
      table: 'forecast_outcomes',
      columns: outcomeColumns,
      rows: [...outcomes.values()].map((sum) => Object.keys(outcomeColumns).map((name) => sum[name] ?? null)),
    },
  ];
}

const dateOf = (today: Date, day: number) =>
  new Date(today.getTime() - (seedHistoryDays - 1 - day) * dayMs).toISOString().slice(0, 10);

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const quantile = (values: readonly number[], share: number) =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;

function daysFrom({ pattern }: SeedSeries, units: Float64Array, first: number): SeedForecast['days'] {
  const before = (day: number, count: number) => Array.from({ length: count }, (_, n) => units[day - 1 - n] ?? 0);
  if (pattern === 'intermittent' || pattern === 'lumpy') {
    const expected = meanOf(before(first, 28));
    const high = Math.max(expected, quantile(before(first, 84), coverage));
    return Array.from({ length: keptDays }, () => ({ expected, low: 0, high }));
  }
  const ofWeekday = (day: number) => meanOf([1, 2, 3, 4].map((week) => units[day - 7 * week] ?? 0));
  const missed = Array.from({ length: 56 }, (_, n) => first - 1 - n)
    .filter((day) => ofWeekday(day) > 0)
    .map((day) => (units[day] ?? 0) - ofWeekday(day));
  const tail = (1 - coverage) / 2;
  const [lower, upper] = [quantile(missed, tail), quantile(missed, 1 - tail)];
  return Array.from({ length: keptDays }, (_, ahead) => {
    const expected = ofWeekday(first + (ahead % 7));
    if (expected === 0) return { expected, low: 0, high: 0 };
    return { expected, low: Math.max(0, expected + Math.min(0, lower)), high: expected + Math.max(0, upper) };
  });
}

const listOf = ({ days }: SeedForecast, name: 'expected' | 'low' | 'high') => days.map((day) => day[name].toFixed(2));

function totalsOf({ first, days }: SeedForecast, units: Float64Array, count: number) {
  const total = { said: 0, sold: 0, naive: 0, inside: 0 };
  for (const [ahead, { expected, low, high }] of days.slice(0, count).entries()) {
    const sold = units[first + ahead] ?? 0;
    total.said += expected;
    total.sold += sold;
    total.naive += units[first + (ahead % 7) - 7] ?? 0;
    total.inside += sold >= low - 0.01 && sold <= high + 0.01 ? 1 : 0;
  }
  return total;
}

type Outcome = Record<string, string | number>;

/** In money at list prices, by site and the week it was made in. */
function count(
  outcomes: Map<string, Outcome>,
  forecast: SeedForecast,
  units: Float64Array,
  days: number,
  madeOn: string,
): void {
  const { product, siteId } = forecast.series;
  const { said, sold, naive, inside } = totalsOf(forecast, units, days);
  const price = Math.max(0, product.price ?? product.cost ?? 0);
  const weekday = (new Date(madeOn).getUTCDay() + 6) % 7;
  const week = new Date(Date.parse(madeOn) - weekday * dayMs).toISOString().slice(0, 10);
  const key = `${siteId} ${days} ${week}`;
  const sum = outcomes.get(key) ?? { company_id: product.companyId ?? '', site_id: siteId, horizon_days: days, week };
  const more = {
    ...{ forecasts: 1, known_days: days, inside_days: inside, claimed_days: days * coverage, said: said * price },
    ...{ sold: sold * price, missed: Math.abs(said - sold) * price, naive_missed: Math.abs(naive - sold) * price },
  };
  for (const [name, value] of Object.entries(more)) sum[name] = Number(sum[name] ?? 0) + value;
  outcomes.set(key, sum);
}

const forecastColumns = {
  product_id: 'uuid',
  site_id: 'uuid',
  company_id: 'uuid',
  made_on: 'date',
  method: 'inventory.forecast_method',
  coverage: 'real',
  expected: 'real[]',
  low: 'real[]',
  high: 'real[]',
  settled_days: 'smallint',
  week_said: 'float8',
  week_sold: 'float8',
};

const outcomeColumns = {
  company_id: 'uuid',
  site_id: 'uuid',
  horizon_days: 'smallint',
  week: 'date',
  forecasts: 'int',
  known_days: 'int',
  inside_days: 'int',
  claimed_days: 'float8',
  said: 'float8',
  sold: 'float8',
  missed: 'float8',
  naive_missed: 'float8',
};
