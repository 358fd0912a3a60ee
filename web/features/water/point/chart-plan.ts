import type { SeriesGrain, VariableKind } from '../../../graphql/generated/graphql.ts';
import type { TimeWindow } from '../../../ui/charts/time-window.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** More points than a screen has columns cannot be told apart. */
const linePoints = 900;
const barPoints = 800;

/** How finely a chart asks: a line for all there is, an amount by hour, day or month so that a bar has a name. */
export function chartPlan(
  variable: VariableKind,
  { fromMs, toMs }: TimeWindow,
): { readonly grain: SeriesGrain; readonly maxPoints: number } {
  if (variable !== 'TOTAL') return { grain: 'RAW', maxPoints: linePoints };
  const span = toMs - fromMs;
  const grain = span > 800 * dayMs ? 'MONTH' : span > 10 * dayMs ? 'DAY' : span > dayMs ? 'HOUR' : 'RAW';
  return { grain, maxPoints: barPoints };
}

const grainMinutes: Readonly<Record<SeriesGrain, number | null>> = { RAW: null, HOUR: 60, DAY: 1_440, MONTH: 44_640 };

/** Neighbours that are further apart than this have a silence between them. */
export function longestSilenceMs(
  series: { readonly grain: SeriesGrain; readonly joined: number },
  samplingMinutes: number,
): number {
  const usual = Math.max(samplingMinutes, grainMinutes[series.grain] ?? samplingMinutes) * series.joined;
  return usual * 2.5 * 60_000;
}
