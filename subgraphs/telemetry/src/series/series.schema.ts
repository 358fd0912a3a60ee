import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { addRawSeries } from './raw-series.schema.ts';
import type { MeasurementSeries, SeriesPoint } from './series.service.ts';

/** Adds `CatchmentPoint.series` and `CatchmentPoint.rawSeries`. */
export function addSeries(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { point, variable, grain, aggregate, dateRange, timeRange } = refs;
  const seriesPoint = builder.objectRef<SeriesPoint>('SeriesPoint').implement({
    description: 'One point of a chart: a measurement, or a bucket of them.',
    fields: (t) => ({
      at: t.expose('at', { type: 'DateTime', description: 'The instant, or where the bucket begins.' }),
      value: t.exposeFloat('value', {
        nullable: true,
        description:
          'The aggregate, in the unit of the series; null where there is none, as before a counter’s first reading.',
      }),
      min: t.float({ description: 'Lowest value in the bucket.', resolve: ({ bucket }) => bucket.min }),
      max: t.float({ description: 'Highest value in the bucket.', resolve: ({ bucket }) => bucket.max }),
      first: t.float({
        description: 'The earliest value in the bucket.',
        resolve: ({ bucket }) => bucket.first,
      }),
      last: t.float({ description: 'The latest value in the bucket.', resolve: ({ bucket }) => bucket.last }),
      delta: t.float({
        nullable: true,
        description: 'Of a counter: m³ that flowed in the bucket, whatever the aggregate; null for other quantities.',
        resolve: ({ bucket }) => bucket.delta,
      }),
      count: t.int({ description: 'Measurements in the bucket.', resolve: ({ bucket }) => bucket.count }),
      suspect: t.int({
        description: 'How many of them broke a rule; they do not shape the bucket unless it has nothing better.',
        resolve: ({ bucket }) => bucket.suspect,
      }),
    }),
  });
  const series = builder.objectRef<MeasurementSeries>('MeasurementSeries').implement({
    description: 'A quantity over time. Held measurements are left out.',
    fields: (t) => ({
      variable: t.expose('variable', { type: variable, description: 'The quantity.' }),
      unit: t.exposeString('unit', { description: 'Unit of every value.' }),
      aggregate: t.expose('aggregate', { type: aggregate, description: 'Which number stands for a bucket.' }),
      grain: t.expose('grain', { type: grain, description: 'What was read: the grain asked for, or a coarser one.' }),
      joined: t.exposeInt('joined', {
        description:
          'Rows of the grain that a point joins at most, to stay within `maxPoints`; 1 where each stands for itself.',
      }),
      from: t.expose('from', { type: 'DateTime', description: 'First instant of the period.' }),
      to: t.expose('to', { type: 'DateTime', description: 'End of the period, not included.' }),
      points: t.field({
        type: [seriesPoint],
        description: 'Oldest first; nothing where nothing was measured.',
        resolve: ({ points }) => [...points],
      }),
    }),
  });

  builder.objectField(point, 'series', (t) =>
    t.field({
      type: series,
      description:
        'A quantity over time, gathered in the database and never more than `maxPoints` points: of what a point joins, the lowest, highest, first and last value and the volume survive, and a gap stays a gap.',
      args: {
        variable: t.arg({ type: variable, description: 'The quantity.' }),
        range: t.arg({ type: dateRange, required: false, description: 'Days in the point’s zone.' }),
        between: t.arg({ type: timeRange, required: false, description: 'Instants, instead of `range`.' }),
        grain: t.arg({ type: grain, required: false, description: 'The finest wanted; by the period if left out.' }),
        aggregate: t.arg({
          type: aggregate,
          required: false,
          description: 'DELTA for counters and AVERAGE for the rest if left out.',
        }),
        maxPoints: t.arg.int({ required: false, description: '2 to 5000; 1000 if left out.' }),
      },
      resolve: (self, args, { services }) => services.series.of(self, args),
    }),
  );
  addRawSeries(builder, refs);
}
