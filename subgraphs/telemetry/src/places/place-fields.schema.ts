import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { WaterDay, WaterUse } from './water-use.store.ts';

/**
 * Adds what telemetry knows of sites and companies. The fields are nullable: without the permission, or without this
 * subgraph, the place they hang on stays.
 */
export function addPlaceFields(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { site, company, user, point, alert, dateRange } = refs;
  const waterUse = addWaterUse(builder);
  const base = { nullable: true, authScopes: { permission: 'telemetry:read' } } as const;

  site.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      catchmentPoints: t.field({
        ...base,
        type: [point],
        description: 'Points of the site, by code; none for a site without water.',
        resolve: async ({ id }, _args, { services }) => [...(await services.points.ofSite(id))],
      }),
      openAlerts: t.field({
        ...base,
        type: [alert],
        description: 'Episodes of the site’s points that are not over, newest first, 50 at most.',
        resolve: async ({ id }, _args, { services }) => [...(await services.alerts.openOfSite(id))],
      }),
      waterUse: t.field({
        ...base,
        type: waterUse,
        description: 'Water that flowed at the site’s points.',
        args: { range: t.arg({ type: dateRange, description: 'Days in the zone of each point.' }) },
        resolve: ({ id }, { range }, { services }) => services.waterUses.ofSite(id, range),
      }),
    }),
  });
  company.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      waterUse: t.field({
        ...base,
        type: waterUse,
        description: 'Water that flowed at the company’s points, as far as the viewer reaches them.',
        args: { range: t.arg({ type: dateRange, description: 'Days in the zone of each point.' }) },
        resolve: ({ id }, { range }, { services }) => services.waterUses.ofCompany(id, range),
      }),
    }),
  });
  user.implement({ fields: (t) => ({ id: t.exposeID('id', { description: 'Opaque id.' }) }) });
}

function addWaterUse(builder: TelemetryBuilder) {
  const day = builder.objectRef<WaterDay>('WaterUseDay').implement({
    description: 'Water of one day.',
    fields: (t) => ({
      date: t.expose('date', { type: 'Date', description: 'The day, in the zone of the points.' }),
      volumeM3: t.exposeFloat('volumeM3', { description: 'Volume, m3.' }),
    }),
  });
  return builder.objectRef<WaterUse>('WaterUse').implement({
    description:
      'Volume by the counters of points: the sum of what each moved, resets and rollovers taken into account.',
    fields: (t) => ({
      volumeM3: t.exposeFloat('volumeM3', { description: 'Volume in the period, m3.' }),
      points: t.exposeInt('points', { description: 'Points that counted any.' }),
      grantedYearlyM3: t.expose('grantedYearlyM3', {
        type: 'Decimal',
        nullable: true,
        description: 'Volume that the water rights of the points grant a year, m3; null when none has one.',
      }),
      measuredAt: t.expose('measuredAt', {
        type: 'DateTime',
        nullable: true,
        description: 'The newest counter reading of the points. Volumes are added up within a minute of it.',
      }),
      days: t.field({
        type: [day],
        description: 'Days with any reading, oldest first.',
        resolve: ({ days }) => [...days],
      }),
    }),
  });
}
