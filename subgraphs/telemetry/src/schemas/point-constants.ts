import type { CatchmentPoint } from '../points/point.ts';

/** What expressions can ask of the point itself, beside its quantities. */
export const pointConstants = [
  { name: 'well_depth', unit: 'm' },
  { name: 'sensor_depth', unit: 'm' },
  { name: 'altitude', unit: 'm' },
  { name: 'granted_flow', unit: 'l/s' },
  { name: 'granted_volume', unit: 'm3' },
  { name: 'hours', unit: 'h' },
] as const;

export type PointConstant = (typeof pointConstants)[number]['name'];

/** The constants of a point as they stand now; null for what nobody wrote down. `hours` is how long the group lasts. */
export function constantsOf(
  point: Pick<CatchmentPoint, 'wellDepthM' | 'sensorDepthM' | 'altitudeM' | 'waterRightFlowLps' | 'waterRightYearlyM3'>,
  hours: number,
): Readonly<Record<PointConstant, number | null>> {
  return {
    well_depth: point.wellDepthM?.toNumber() ?? null,
    sensor_depth: point.sensorDepthM?.toNumber() ?? null,
    altitude: point.altitudeM?.toNumber() ?? null,
    granted_flow: point.waterRightFlowLps?.toNumber() ?? null,
    granted_volume: point.waterRightYearlyM3?.toNumber() ?? null,
    hours,
  };
}
