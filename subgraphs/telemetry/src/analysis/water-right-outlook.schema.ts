import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { WaterRightOutlook } from './water-right-outlook.ts';

/** Adds `CatchmentPoint.waterRightOutlook`. */
export function addWaterRightOutlook(builder: TelemetryBuilder, { point }: TelemetryRefs): void {
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  const dayOrNull = (at: number | null) => (at === null ? null : dayOf(at));
  const outlook = builder.objectRef<WaterRightOutlook>('WaterRightOutlook').implement({
    description:
      'What becomes of the volume that is granted for the calendar year, if water is taken as forecast for thirty days and on at that rate.',
    fields: (t) => ({
      usedM3: t.exposeFloat('usedM3', { description: 'Taken this year before `from`, m3.' }),
      grantedM3: t.exposeFloat('grantedM3', { description: 'Granted for the year, m3.' }),
      from: t.field({
        type: 'Date',
        description: 'First day that is not measured whole.',
        resolve: (row) => dayOf(row.from),
      }),
      m3PerDay: t.exposeFloat('m3PerDay', { description: 'Expected rate, m3 a day.' }),
      projectedM3: t.exposeFloat('projectedM3', { description: 'Taken by the end of the year at that rate, m3.' }),
      lowM3: t.exposeFloat('lowM3', { description: 'Lower end of what 80 % lies in, m3.' }),
      highM3: t.exposeFloat('highM3', { description: 'Upper end of it, m3.' }),
      usedUpOn: t.field({
        type: 'Date',
        nullable: true,
        description: 'Day on which it is used up; null where the year ends before.',
        resolve: (row) => dayOrNull(row.usedUpOn),
      }),
      earliest: t.field({
        type: 'Date',
        nullable: true,
        description: 'That day, at the highest rate of the band; null where the year ends before.',
        resolve: (row) => dayOrNull(row.earliest),
      }),
      latest: t.field({
        type: 'Date',
        nullable: true,
        description: 'That day, at the lowest rate of the band; null where the year ends before.',
        resolve: (row) => dayOrNull(row.latest),
      }),
    }),
  });
  builder.objectField(point, 'waterRightOutlook', (t) =>
    t.field({
      type: outlook,
      nullable: true,
      description:
        'Day on which the year’s water right would be used up; null where none is granted or there is no forecast.',
      resolve: async ({ id }, _args, { services }) =>
        (await services.analyses.outlook(id, 'TOTAL')).outlook?.waterRight ?? null,
    }),
  );
}
