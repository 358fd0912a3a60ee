import type { Viewer } from '@cauce/shared/auth/viewer';
import type { DomainEvent, EventTopic } from '@cauce/shared/events/domain-event';
import type { EventBus } from '@cauce/shared/events/event-bus';
import type { Alert } from '../alerts/alert.ts';
import { alertRaised, measurementAdded, pointStatusChanged } from '../events.ts';
import type { CatchmentPoint } from '../points/point.ts';
import { fromAdded, type LiveMeasurement } from './live-measurement.ts';
import { reachableEvents } from './reachable-events.ts';

type Ids = readonly string[] | null;

/** What happens from now on, event by event within the viewer's reach. Null takes everything within reach. */
export interface Live {
  measurementAdded(pointIds: Ids): AsyncIterable<LiveMeasurement>;
  alertRaised(siteIds: Ids): AsyncIterable<Alert>;
  /** The point as it is when the event is told. */
  pointStatusChanged(siteIds: Ids): AsyncIterable<CatchmentPoint>;
}

export interface LiveDeps {
  readonly bus: EventBus;
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
  /** Reads anew: a stream outlives what it has read. */
  readonly point: (id: string) => Promise<CatchmentPoint | null>;
  readonly alert: (id: string) => Promise<Alert | null>;
}

export function createLive({ bus, viewer, signal, point, alert }: LiveDeps): Live {
  const listen = <Payload, Value>(
    topic: EventTopic<Payload>,
    answers: (event: DomainEvent<Payload>) => readonly Value[] | Promise<readonly Value[]>,
  ) => reachableEvents(bus, topic, { viewer, signal, answers: async (event) => answers(event) });
  return {
    measurementAdded: (pointIds) => {
      const wanted = toFilter(pointIds);
      return listen(measurementAdded, ({ payload }) =>
        wanted(payload.pointId) ? payload.measurements.map((added) => fromAdded(payload.pointId, added)) : [],
      );
    },
    alertRaised: (siteIds) => {
      const wanted = toFilter(siteIds);
      return listen(alertRaised, async ({ siteId, payload }) =>
        wanted(siteId) ? present(await alert(payload.alertId)) : [],
      );
    },
    pointStatusChanged: (siteIds) => {
      const wanted = toFilter(siteIds);
      return listen(pointStatusChanged, async ({ siteId, payload }) =>
        wanted(siteId) ? present(await point(payload.pointId)) : [],
      );
    },
  };
}

function toFilter(ids: Ids): (id: string | null) => boolean {
  if (ids === null) return () => true;
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return (id) => id !== null && wanted.has(id);
}

function present<Value>(value: Value | null): Value[] {
  return value === null ? [] : [value];
}
