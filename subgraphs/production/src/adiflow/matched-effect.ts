import { halfWidth95 } from './student-t.ts';

/**
 * Orders with or without Adiflow, summed up so far that a ratio Σy / Σx and its spread can be had from it; a mean is
 * the ratio whose x is 1. Sums of two groups are the sums of their union.
 */
export interface ArmSums {
  readonly orders: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** Orders alike in all but Adiflow: of one product, plant and month. */
export interface Stratum {
  readonly with: ArmSums;
  readonly without: ArmSums;
}

/** Fewer orders than these are an anecdote. */
export const sampleRules = {
  /** Orders on each side for a stratum to count as matched. */
  ordersPerArm: 4,
  matchedStrata: 3,
  /** Matched orders on each side, all strata together. */
  matchedOrdersPerArm: 30,
} as const;

/**
 * Why there is no answer. No orders at all; all of them with Adiflow, or all without; both, but never the same product
 * at the same plant in the same month often enough; or matched, but too few to say anything.
 */
export const refusalReasons = ['NO_ORDERS', 'ONLY_ONE_GROUP', 'NO_OVERLAP', 'TOO_FEW_ORDERS'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface MatchedCounts {
  readonly strata: number;
  readonly matchedStrata: number;
  readonly ordersWith: number;
  readonly ordersWithout: number;
  readonly matchedOrdersWith: number;
  readonly matchedOrdersWithout: number;
}

export interface MatchedEffect {
  readonly counts: MatchedCounts;
  readonly refusal: RefusalReason | null;
  /** Null when refused. */
  readonly estimate: {
    readonly with: number;
    readonly without: number;
    /** With minus without. */
    readonly effect: number;
    /** Where the effect lies with 95 % confidence. */
    readonly low: number;
    readonly high: number;
  } | null;
}

/**
 * The difference that Adiflow makes to a ratio, from orders that differ in nothing else we can match on. Each stratum
 * is compared within itself; strata weigh by how many pairs of orders they could form (the harmonic weight, which
 * gives nothing to a stratum with one side empty). Spread is taken within strata, so that dear products and good
 * months do not widen the interval.
 */
export function matchedEffect(strata: readonly Stratum[], scale = 1): MatchedEffect {
  const matched = strata.filter(isMatched);
  const counts = countsOf(strata, matched);
  const refusal = refusalOf(counts);
  if (refusal !== null) return { counts, refusal, estimate: null };

  const parts = matched.map((stratum) => {
    const treated = ratioOf(stratum.with);
    const control = ratioOf(stratum.without);
    return { treated, control, weight: 1 / (1 / stratum.with.orders + 1 / stratum.without.orders) };
  });
  const total = sumOf(parts, ({ weight }) => weight);
  const meanOf = (side: 'treated' | 'control') =>
    (sumOf(parts, (part) => part.weight * part[side].ratio) / total) * scale;
  const variances = parts.flatMap(({ treated, control, weight }) =>
    [treated, control].map(({ variance, degrees }) => ({ variance: (weight / total) ** 2 * variance, degrees })),
  );
  const variance = sumOf(variances, (part) => part.variance);
  // Satterthwaite: how much a variance made of many small ones may be trusted.
  const degrees = variance ** 2 / sumOf(variances, (part) => part.variance ** 2 / part.degrees);
  const reach = halfWidth95(Number.isNaN(degrees) ? 3 : degrees) * Math.sqrt(variance) * scale;
  const treated = meanOf('treated');
  const control = meanOf('control');
  const effect = treated - control;
  return {
    counts,
    refusal: null,
    estimate: { with: treated, without: control, effect, low: effect - reach, high: effect + reach },
  };
}

export function addArms(left: ArmSums, right: ArmSums): ArmSums {
  return {
    orders: left.orders + right.orders,
    x: left.x + right.x,
    y: left.y + right.y,
    xx: left.xx + right.xx,
    yy: left.yy + right.yy,
    xy: left.xy + right.xy,
  };
}

export const emptyArm: ArmSums = { orders: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };

function isMatched(stratum: Stratum): boolean {
  return [stratum.with, stratum.without].every(({ orders, x }) => orders >= sampleRules.ordersPerArm && x > 0);
}

function countsOf(strata: readonly Stratum[], matched: readonly Stratum[]): MatchedCounts {
  return {
    strata: strata.length,
    matchedStrata: matched.length,
    ordersWith: sumOf(strata, (stratum) => stratum.with.orders),
    ordersWithout: sumOf(strata, (stratum) => stratum.without.orders),
    matchedOrdersWith: sumOf(matched, (stratum) => stratum.with.orders),
    matchedOrdersWithout: sumOf(matched, (stratum) => stratum.without.orders),
  };
}

function refusalOf(counts: MatchedCounts): RefusalReason | null {
  if (counts.ordersWith === 0 && counts.ordersWithout === 0) return 'NO_ORDERS';
  if (counts.ordersWith === 0 || counts.ordersWithout === 0) return 'ONLY_ONE_GROUP';
  if (counts.matchedStrata === 0) return 'NO_OVERLAP';
  const isEnough =
    counts.matchedStrata >= sampleRules.matchedStrata &&
    counts.matchedOrdersWith >= sampleRules.matchedOrdersPerArm &&
    counts.matchedOrdersWithout >= sampleRules.matchedOrdersPerArm;
  return isEnough ? null : 'TOO_FEW_ORDERS';
}

/** The ratio estimator and its variance by linearisation. */
function ratioOf({ orders, x, y, xx, yy, xy }: ArmSums) {
  const ratio = y / x;
  const squares = Math.max(0, yy - 2 * ratio * xy + ratio ** 2 * xx);
  return { ratio, variance: (orders / (orders - 1)) * (squares / x ** 2), degrees: orders - 1 };
}

function sumOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
