import { kpiDefinitions, type ProductionMetric } from './kpi-definitions.ts';
import type { KpiSums } from './kpi-sums.ts';

/** A headline number with what it was made from. */
export interface KpiValue {
  readonly metric: ProductionMetric;
  /** Null when no order can answer it, or when what would be averaged does not compare. */
  readonly value: number | null;
  readonly unit: string | null;
  /** The two sums of a ratio; null for a plain sum. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Orders that it was made from. */
  readonly orderCount: number;
}

/** One metric from the sums: `total` as it is, `ratio` as numerator over denominator. */
export function kpiValue(sums: KpiSums, metric: ProductionMetric): KpiValue {
  const { numerator, denominator, value, orderCount } = parts(sums)[metric];
  const unit = metric === 'HARDNESS' && !sums.isHardnessMixed ? sums.hardnessUnit : kpiDefinitions[metric].unit;
  return { metric, value, unit, numerator, denominator, orderCount };
}

type Parts = Omit<KpiValue, 'metric' | 'unit'>;

function parts(sums: KpiSums): Readonly<Record<ProductionMetric, Parts>> {
  const usable = sums.orders - sums.excludedOrders;
  const difference = sums.lossPlannedTons - sums.lossProducedTons - sums.lossCancelledTons;
  const massLoss = sums.massRawTons + sums.massWaterTons - sums.massProducedTons;
  return {
    PLANNED_TONS: total(sums.plannedTons, usable),
    PRODUCED_TONS: total(sums.producedTons, usable),
    CANCELLED_TONS: total(sums.cancelledTons, usable),
    ORDER_DIFFERENCE_TONS: total(difference, sums.lossOrders),
    EFFICIENCY_PCT: ratio(sums.yieldProducedTons, sums.yieldPlannedTons, sums.yieldOrders, 100),
    SACKOFF_PCT: ratio(difference, sums.lossProducedTons, sums.lossOrders, 100),
    MASS_BALANCE_SHRINK_PCT: ratio(massLoss, sums.massRawTons, sums.massOrders, 100),
    DURABILITY_PCT: comparable(
      ratio(sums.durabilitySum, sums.durabilityOrders, sums.durabilityOrders),
      sums.isDurabilityMixed,
    ),
    HARDNESS: comparable(ratio(sums.hardnessSum, sums.hardnessOrders, sums.hardnessOrders), sums.isHardnessMixed),
    FINES_PCT: ratio(sums.finesSum, sums.finesOrders, sums.finesOrders),
    ADIFLOW_SHARE_PCT: ratio(sums.adiflowTons, sums.adiflowKnownTons, sums.adiflowKnownOrders, 100),
    ORDER_COUNT: total(sums.orders, sums.orders),
  };
}

function total(value: number, orderCount: number): Parts {
  return { value: clean(value), numerator: null, denominator: null, orderCount };
}

function ratio(numerator: number, denominator: number, orderCount: number, scale = 1): Parts {
  return {
    value: denominator > 0 ? clean((numerator / denominator) * scale) : null,
    numerator: clean(numerator),
    denominator: clean(denominator),
    orderCount,
  };
}

function comparable(made: Parts, isMixed: boolean): Parts {
  return isMixed ? { ...made, value: null } : made;
}

/** Takes away the dust of binary fractions: the sums have two decimals, a ratio no more than six that mean anything. */
function clean(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
