import { byRights } from '@cauce/shared/schema/by-rights';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';

/** Adds the live subscriptions. */
export function addLive(builder: TelemetryBuilder, { measurement, alert, point }: TelemetryRefs): void {
  const authScopes = { permission: 'telemetry:read' } as const;
  builder.subscriptionFields((t) => ({
    measurementAdded: t.field({
      type: measurement,
      tag: byRights,
      authScopes,
      description: 'Measurements as they come in, a fraction of a second after the device sent them.',
      args: {
        pointIds: t.arg.idList({ required: false, description: 'Only these points; all within reach if left out.' }),
      },
      subscribe: (_root, { pointIds }, { services }) => services.live.measurementAdded(pointIds ?? null),
      resolve: (event) => event,
    }),
    latestMeasurementsChanged: t.field({
      type: [measurement],
      tag: byRights,
      authScopes,
      description:
        'The newest measurements of points as they change, one of each variable of a point: the first at once, then all that have changed, at most five times a second. For lists and maps, whose work must not grow with the readings; `measurementAdded` tells of every single one.',
      args: {
        pointIds: t.arg.idList({ required: false, description: 'Only these points; all within reach if left out.' }),
      },
      subscribe: (_root, { pointIds }, { services }) => services.live.latestMeasurementsChanged(pointIds ?? null),
      resolve: (event) => event,
    }),
    alertRaised: t.field({
      type: alert,
      tag: byRights,
      authScopes,
      description: 'Alerts as their episodes begin.',
      args: {
        siteIds: t.arg.idList({ required: false, description: 'Only these sites; all within reach if left out.' }),
      },
      subscribe: (_root, { siteIds }, { services }) => services.live.alertRaised(siteIds ?? null),
      resolve: (event) => event,
    }),
    pointStatusChanged: t.field({
      type: point,
      tag: byRights,
      authScopes,
      description: 'Points as they are registered, go silent, come back or change state otherwise.',
      args: {
        siteIds: t.arg.idList({ required: false, description: 'Only these sites; all within reach if left out.' }),
      },
      subscribe: (_root, { siteIds }, { services }) => services.live.pointStatusChanged(siteIds ?? null),
      resolve: (event) => event,
    }),
  }));
}
