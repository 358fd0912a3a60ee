import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { startOfDay } from '../zone-time.ts';
import type { AnalysisRefs, AskedSeries } from './analysis.schema.ts';
import { unitPer } from './analysis.schema.ts';
import type { AnalysisState, Outlook } from './analysis.ts';
import { dayMs, hourMs } from './engine/even-series.ts';
import { forecastMethods } from './engine/forecast.ts';
import { addWaterRightOutlook } from './water-right-outlook.schema.ts';

type Horizon = 'HOURS_72' | 'DAYS_30';

interface SeriesForecast extends AskedSeries {
  readonly horizon: Horizon;
  readonly state: AnalysisState;
  readonly madeAt: Date | null;
  readonly forecast: Outlook['hourly'];
  /** Where a step begins. */
  readonly atStep: (step: number) => Date;
}

interface ForecastPoint {
  readonly at: Date;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** Adds `CatchmentPoint.forecast` and `CatchmentPoint.waterRightOutlook`. */
export function addForecasts(builder: TelemetryBuilder, refs: TelemetryRefs, { state }: AnalysisRefs): void {
  const { point, variable } = refs;
  const horizon = builder.enumType('ForecastHorizon', {
    description: 'The next three days by the hour, or the next thirty days by the day.',
    values: ['HOURS_72', 'DAYS_30'] as const,
  });
  const method = builder.enumType('ForecastMethod', {
    description:
      'SEASONAL_TREND: seasons by MSTL and exponential smoothing of what is left. SEASONAL_NAIVE: what a day or a week ago was, because nothing was better than that.',
    values: forecastMethods,
  });
  const step = builder.objectRef<ForecastPoint>('ForecastPoint').implement({
    description: 'One hour or day ahead.',
    fields: (t) => ({
      at: t.expose('at', { type: 'DateTime', description: 'Where it begins.' }),
      expected: t.exposeFloat('expected', { description: 'What is expected, in the unit of the forecast.' }),
      low: t.exposeFloat('low', { description: 'Lower end of what 80 % lies in.' }),
      high: t.exposeFloat('high', { description: 'Upper end of it.' }),
    }),
  });
  const figure = (value: (forecast: NonNullable<SeriesForecast['forecast']>) => number | null) => ({
    nullable: true as const,
    resolve: ({ forecast }: SeriesForecast) => (forecast === null ? null : value(forecast)),
  });
  const forecast = builder.objectRef<SeriesForecast>('SeriesForecast').implement({
    description:
      'What a quantity is expected to be, with what the same method would have said at earlier instants held against what came. Figures are null and `points` empty unless `state` is READY.',
    fields: (t) => ({
      state: t.expose('state', { type: state, description: 'Whether there is one.' }),
      variable: t.expose('variable', { type: variable, description: 'The quantity.' }),
      horizon: t.expose('horizon', { type: horizon, description: 'How far ahead.' }),
      unit: t.string({
        description: 'Unit of every value: the mean of an hour or day, or what a counter moves in it.',
        resolve: (row) => unitPer(row.variable, row.horizon === 'HOURS_72' ? 'h' : 'd'),
      }),
      madeAt: t.expose('madeAt', { type: 'DateTime', nullable: true, description: 'When it was made; null before.' }),
      method: t.field({
        type: method,
        nullable: true,
        description: 'How it was made.',
        resolve: (row) => row.forecast?.method ?? null,
      }),
      points: t.field({
        type: [step],
        description: 'From the end of the last hour or day that was measured on.',
        resolve: ({ forecast: own, atStep }) => (own?.steps ?? []).map((one, place) => ({ ...one, at: atStep(place) })),
      }),
      origins: t.int({
        ...figure((own) => own.backtest.origins),
        description: 'Earlier instants that it was tried at.',
      }),
      meanError: t.float({
        ...figure((own) => own.backtest.meanError),
        description: 'Its mean error there, in `unit`.',
      }),
      naiveError: t.float({
        ...figure((own) => own.backtest.naiveError),
        description:
          'The mean error of saying what a day or week ago was, in `unit`; the same where the method is that.',
      }),
      mase: t.float({
        ...figure((own) => own.backtest.mase),
        description:
          'Mean error in steps from one season to the next, below 1 is better; null where the series never differs from the season before.',
      }),
      coverage: t.float({
        ...figure((own) => own.backtest.coverage),
        description: 'Part of what came that lay in the band made without it, 0 to 1; 0.8 is meant.',
      }),
    }),
  });
  builder.objectField(point, 'forecast', (t) =>
    t.field({
      type: forecast,
      description: 'What a quantity is expected to be; made every night from what was accepted.',
      args: {
        variable: t.arg({ type: variable, description: 'The quantity.' }),
        horizon: t.arg({ type: horizon, defaultValue: 'DAYS_30', description: 'How far ahead.' }),
      },
      resolve: async (self, args, { services }): Promise<SeriesForecast> => {
        const { state: kept, madeAt, outlook } = await services.analyses.outlook(self.id, args.variable);
        const own = (args.horizon === 'HOURS_72' ? outlook?.hourly : outlook?.daily) ?? null;
        const [hour, day] = [outlook?.hourlyFrom ?? 0, outlook?.dailyFrom ?? 0];
        return {
          ...{ point: self, ...args, madeAt, forecast: own },
          state: kept === 'READY' && own === null ? 'NOT_ENOUGH_HISTORY' : kept,
          atStep: (place) =>
            args.horizon === 'HOURS_72'
              ? new Date(hour + place * hourMs)
              : startOfDay(new Date(day + place * dayMs).toISOString().slice(0, 10), self.timeZone),
        };
      },
    }),
  );
  addWaterRightOutlook(builder, refs);
}
