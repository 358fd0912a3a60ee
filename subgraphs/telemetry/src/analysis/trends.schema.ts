import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { AnalysisRefs, AskedSeries } from './analysis.schema.ts';
import { unitPer } from './analysis.schema.ts';
import type { AnalysisState, Outlook } from './analysis.ts';
import type { TrendSpan } from './analysis-task.ts';

interface SeriesTrend extends AskedSeries {
  readonly span: TrendSpan;
  readonly state: AnalysisState;
  readonly madeAt: Date | null;
  readonly trend: Outlook['trends'][TrendSpan];
}

/** Adds `CatchmentPoint.trend`. */
export function addTrends(
  builder: TelemetryBuilder,
  { point, variable }: TelemetryRefs,
  { state }: AnalysisRefs,
): void {
  const span = builder.enumType('TrendSpan', {
    description: 'How far back a trend looks from the last whole day: 91 days, 365, or three years.',
    values: ['QUARTER', 'YEAR', 'THREE_YEARS'] as const,
  });
  const direction = builder.enumType('TrendDirection', {
    description: 'RISING or FALLING only where it is significant (p below 0.05); else STEADY.',
    values: ['RISING', 'FALLING', 'STEADY'] as const,
  });
  const figure = (value: (trend: NonNullable<SeriesTrend['trend']>) => number | null) => ({
    nullable: true as const,
    resolve: ({ trend }: SeriesTrend) => (trend === null ? null : value(trend)),
  });
  const trend = builder.objectRef<SeriesTrend>('SeriesTrend').implement({
    description:
      'Where the daily values of a quantity are going: the median of the slopes between any two days (Theil-Sen), which outliers do not move, and how sure that is (Mann-Kendall). Figures are null unless `state` is READY.',
    fields: (t) => ({
      state: t.expose('state', { type: state, description: 'Whether there are figures.' }),
      variable: t.expose('variable', { type: variable, description: 'The quantity.' }),
      span: t.expose('span', { type: span, description: 'How far back it looks.' }),
      unit: t.string({
        description:
          'Unit of the daily values: the mean of a day, or what a counter moved in it. Slopes are in it a month.',
        resolve: (row) => unitPer(row.variable, 'd'),
      }),
      madeAt: t.expose('madeAt', { type: 'DateTime', nullable: true, description: 'When it was made; null before.' }),
      direction: t.field({
        type: direction,
        nullable: true,
        description: 'Where it goes.',
        resolve: (row) => row.trend?.direction ?? null,
      }),
      perMonth: t.float({ ...figure((own) => own.perMonth), description: 'Slope, `unit` a month of 30.4 days.' }),
      lowPerMonth: t.float({ ...figure((own) => own.lowPerMonth), description: 'The slope is above it with 97.5 %.' }),
      highPerMonth: t.float({
        ...figure((own) => own.highPerMonth),
        description: 'The slope is below it with 97.5 %.',
      }),
      percentPerMonth: t.float({
        ...figure((own) => own.percentPerMonth),
        description: 'Slope in % of the median a month; null too where the median is about zero.',
      }),
      pValue: t.float({
        ...figure((own) => own.pValue),
        description:
          'How probable so clear a trend is where there is none, 0 to 1; corrected for weeks that resemble each other.',
      }),
      isSeasonRemoved: t.boolean({
        nullable: true,
        description: 'Whether the yearly season was taken out first, for which two years are needed.',
        resolve: (row) => row.trend?.isSeasonRemoved ?? null,
      }),
      measuredDays: t.int({ ...figure((own) => own.measuredDays), description: 'Days that it was made of.' }),
      spanDays: t.int({ ...figure((own) => own.spanDays), description: 'Days from the first of them to the last.' }),
    }),
  });
  builder.objectField(point, 'trend', (t) =>
    t.field({
      type: trend,
      description: 'Where a quantity is going; made every night from what was accepted.',
      args: {
        variable: t.arg({ type: variable, description: 'The quantity.' }),
        span: t.arg({ type: span, defaultValue: 'YEAR', description: 'How far back.' }),
      },
      resolve: async (self, args, { services }): Promise<SeriesTrend> => {
        const { state: kept, madeAt, outlook } = await services.analyses.outlook(self.id, args.variable);
        const own = outlook?.trends[args.span] ?? null;
        const isTooShort = kept === 'READY' && own === null;
        return { point: self, ...args, madeAt, state: isTooShort ? 'NOT_ENOUGH_HISTORY' : kept, trend: own };
      },
    }),
  );
}
