import type { Spot } from './project-points.ts';

export interface Placed<Item> {
  readonly item: Item;
  readonly spot: Spot;
}

/** Things that lie so near to each other that a finger would meet all of them, and their middle. */
export interface Cluster<Item> {
  readonly spot: Spot;
  readonly items: readonly Placed<Item>[];
}

/** Gathers what would overlap. Each thing is in one cluster, and the middles of clusters are `nearPx` apart. */
export function clusterSpots<Item>(placed: readonly Placed<Item>[], nearPx: number): readonly Cluster<Item>[] {
  let clusters: readonly Cluster<Item>[] = placed.map((one) => ({ spot: one.spot, items: [one] }));
  for (;;) {
    const pair = nearestPair(clusters, nearPx);
    if (pair === null) return clusters;
    const [one, other] = pair;
    const items = [...one.items, ...other.items];
    const spot = { x: mean(items.map((item) => item.spot.x)), y: mean(items.map((item) => item.spot.y)) };
    clusters = [...clusters.filter((cluster) => cluster !== one && cluster !== other), { spot, items }];
  }
}

function nearestPair<Item>(
  clusters: readonly Cluster<Item>[],
  nearPx: number,
): readonly [Cluster<Item>, Cluster<Item>] | null {
  const sorted = clusters.toSorted((one, other) => one.spot.x - other.spot.x);
  for (const [index, one] of sorted.entries()) {
    for (const other of sorted.slice(index + 1)) {
      if (other.spot.x - one.spot.x >= nearPx) break;
      if (Math.hypot(other.spot.x - one.spot.x, other.spot.y - one.spot.y) < nearPx) return [one, other];
    }
  }
  return null;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The corners of the tightest outline around some spots, in order (Andrew's monotone chain). */
export function outline(spots: readonly Spot[]): readonly Spot[] {
  const sorted = spots.toSorted((one, other) => one.x - other.x || one.y - other.y);
  if (sorted.length < 3) return sorted;
  return [...halfOutline(sorted), ...halfOutline(sorted.toReversed())];
}

function halfOutline(sorted: readonly Spot[]): readonly Spot[] {
  const corners: Spot[] = [];
  for (const spot of sorted) {
    for (;;) {
      const [before, last] = corners.slice(-2);
      if (before === undefined || last === undefined || turn(before, last, spot) > 0) break;
      corners.pop();
    }
    corners.push(spot);
  }
  return corners.slice(0, -1);
}

const turn = (one: Spot, two: Spot, three: Spot) =>
  (two.x - one.x) * (three.y - one.y) - (two.y - one.y) * (three.x - one.x);
