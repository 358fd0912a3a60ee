import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import type { EventBus } from '@cauce/shared/events/event-bus';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import type { Alert } from '../alerts/alert.ts';
import type { Submission } from '../compliance/submission.ts';
import { lastInstant } from '../derivation/device-clock.ts';
import { alertRaised, complianceSubmissionChanged, measurementAdded, pointStatusChanged } from '../events.ts';
import type { CatchmentPoint } from '../points/point.ts';
import { gathered } from './gathered.ts';
import { fromAdded, type LiveMeasurement } from './live-measurement.ts';
import { oneByOne } from './one-by-one.ts';

type Ids = readonly string[] | null;

/** Less than half of what a reading may take to a browser; an eye follows no more than five messages a second. */
const gatherMs = 200;

/** What happens from now on, event by event within the viewer's reach. Null takes everything within reach. */
export interface Live {
  measurementAdded(pointIds: Ids): AsyncIterable<LiveMeasurement>;
  /** The newest measurement of each variable of a point that has one, if its time has come, gathered in messages of `gatherMs` apart. */
  latestMeasurementsChanged(pointIds: Ids): AsyncIterable<readonly LiveMeasurement[]>;
  alertRaised(siteIds: Ids): AsyncIterable<Alert>;
  /** The point as it is when the event is told. */
  pointStatusChanged(siteIds: Ids): AsyncIterable<CatchmentPoint>;
  /** The slot as it is when the event is told. */
  complianceSubmissionChanged(pointIds: Ids): AsyncIterable<Submission>;
}

export interface LiveDeps {
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
  /** Reads anew: a stream outlives what it has read. */
  readonly point: (id: string) => Promise<CatchmentPoint | null>;
  readonly alert: (id: string) => Promise<Alert | null>;
  readonly submission: (id: string) => Promise<Submission | null>;
}

export function createLive({ bus, clock, viewer, signal, point, alert, submission }: LiveDeps): Live {
  const added = (pointIds: Ids, isWanted = (_one: LiveMeasurement) => true): AsyncIterableIterator<LiveMeasurement> => {
    const wanted = toFilter(pointIds);
    const lists = reachableEvents(bus, measurementAdded, {
      ...{ viewer, signal },
      read: async ({ payload: { pointId, measurements } }) =>
        wanted(pointId) ? measurements.map((measurement) => fromAdded(pointId, measurement)).filter(isWanted) : null,
    });
    return oneByOne(lists);
  };
  return {
    measurementAdded: added,
    latestMeasurementsChanged: (pointIds) =>
      gathered(
        added(pointIds, ({ measuredAt }) => measuredAt <= lastInstant(clock.now())),
        {
          everyMs: gatherMs,
          keyOf: ({ pointId, variable }) => `${pointId} ${variable}`,
          replaces: (later, waiting) => later.measuredAt >= waiting.measuredAt,
        },
      ),
    alertRaised: (siteIds) => {
      const wanted = toFilter(siteIds);
      return reachableEvents(bus, alertRaised, {
        ...{ viewer, signal },
        read: async ({ siteId, payload }) => (wanted(siteId) ? alert(payload.alertId) : null),
      });
    },
    complianceSubmissionChanged: (pointIds) => {
      const wanted = toFilter(pointIds);
      return reachableEvents(bus, complianceSubmissionChanged, {
        ...{ viewer, signal },
        read: async ({ payload: { submissionId, pointId } }) => (wanted(pointId) ? submission(submissionId) : null),
      });
    },
    pointStatusChanged: (siteIds) => {
      const wanted = toFilter(siteIds);
      return reachableEvents(bus, pointStatusChanged, {
        ...{ viewer, signal },
        read: async ({ siteId, payload }) => (wanted(siteId) ? point(payload.pointId) : null),
      });
    },
  };
}

function toFilter(ids: Ids): (id: string | null) => boolean {
  if (ids === null) return () => true;
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return (id) => id !== null && wanted.has(id);
}
