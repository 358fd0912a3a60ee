import { type FragmentType, readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { MapPointFragmentDoc, PointLatestFragmentDoc } from '../../../graphql/generated/graphql.ts';
import { type PointStateName, pointState } from '../point-state.ts';
import { newestValue } from '../variables.ts';

/** A catchment point as the map and the list beside it show it. */
export function readMapPoint(masked: FragmentType<typeof MapPointFragmentDoc>, nowMs: number) {
  const point = readFragment(MapPointFragmentDoc, masked);
  const { latest } = readFragment(PointLatestFragmentDoc, point);
  const state: PointStateName = pointState({ ...point, latest }, nowMs).name;
  return {
    ...point,
    latest,
    state,
    flowNow: newestValue(latest, 'flow'),
    trend: point.flow.points.map(({ value }) => value),
  };
}

export type MapPoint = ReturnType<typeof readMapPoint>;

/** One whose place is known. */
export type PlacedPoint = MapPoint & { readonly latitude: number; readonly longitude: number };

export function isPlaced(point: MapPoint): point is PlacedPoint {
  return point.latitude !== null && point.longitude !== null;
}

/** Letters without their accents and case, so that `canelo` finds `Canelón`. */
export function matchesPoint({ name, code, site }: Pick<MapPoint, 'name' | 'code' | 'site'>, text: string): boolean {
  const plain = (value: string) => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain(`${name} ${code} ${site.name}`).includes(plain(text.trim()));
}
