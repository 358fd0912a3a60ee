import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { RawSeries } from './raw-series.service.ts';
import type { RawBucket } from './raw-series.store.ts';

/** Adds `CatchmentPoint.rawSeries`. */
export function addRawSeries(builder: TelemetryBuilder, { point, variable, timeRange }: TelemetryRefs): void {
  const rawPoint = builder.objectRef<RawBucket>('RawSeriesPoint').implement({
    description: 'What a device said at an instant, or in a stretch of time.',
    fields: (t) => ({
      at: t.expose('at', { type: 'DateTime', description: 'When the first of it was measured.' }),
      last: t.exposeFloat('last', { description: 'What was said last, in whatever the channel carries.' }),
      min: t.exposeFloat('min', { description: 'The lowest of it.' }),
      max: t.exposeFloat('max', { description: 'The highest of it.' }),
      count: t.exposeInt('count', { description: 'Readings in it.' }),
    }),
  });
  const raw = builder.objectRef<RawSeries>('RawSeries').implement({
    description: 'What a device said on one channel, before any constant: pulses, milliamperes, metres of its own.',
    fields: (t) => ({
      channel: t.exposeString('channel', { description: 'The name of the channel: `pulses`, `5001`.' }),
      points: t.field({
        type: [rawPoint],
        description: 'Oldest first; nothing where nothing was said.',
        resolve: ({ points }) => [...points],
      }),
    }),
  });
  builder.objectField(point, 'rawSeries', (t) =>
    t.field({
      type: [raw],
      description:
        'The raw readings behind a quantity, as they came and for ever are, by channel; never more than about `maxPoints` points each.',
      args: {
        variable: t.arg({ type: variable, description: 'The quantity that the channels carry.' }),
        between: t.arg({ type: timeRange, description: 'Instants; 100 days at most.' }),
        maxPoints: t.arg.int({ required: false, description: '2 to 5000; 1000 if left out.' }),
      },
      resolve: async (self, args, { services }) => [...(await services.rawSeries(self.id, args))],
    }),
  );
}
