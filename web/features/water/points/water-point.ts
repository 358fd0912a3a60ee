import { type FragmentType, readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { PointLatestFragmentDoc, WaterPointFragmentDoc } from '../../../graphql/generated/graphql.ts';

/** A catchment point with its newest values, as the water page reads it. */
export function readWaterPoint(masked: FragmentType<typeof WaterPointFragmentDoc>) {
  const point = readFragment(WaterPointFragmentDoc, masked);
  return { ...point, latest: readFragment(PointLatestFragmentDoc, point).latest };
}

export type WaterPoint = ReturnType<typeof readWaterPoint>;
