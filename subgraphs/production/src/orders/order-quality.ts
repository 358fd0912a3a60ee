import type { ProductionOrder } from './order.ts';
import type { PlantConvention } from './plant-convention.ts';

/** What is wrong with an order as it was written. Nothing is corrected: a person sees it and decides. */
export const orderQualityFlags = [
  'NEGATIVE_QUANTITY',
  'IMPLAUSIBLE_YIELD',
  'PLANNED_NOT_POSITIVE',
  'IMPLAUSIBLE_HARDNESS',
  'PERCENTAGE_OUT_OF_RANGE',
  'STORED_DIFFERENCE_DISAGREES',
  'UNKNOWN_PLANT',
  'NO_PRODUCT',
] as const;
export type OrderQualityFlag = (typeof orderQualityFlags)[number];

/** More than this share of the plan cannot have been made: a slipped decimal point. */
export const largestYield = 1.5;

/** Two decimals are stored, so half a cent of a ton each way is rounding. */
const storedToleranceTons = 0.011;

/** Pellet hardness that a meter of the unit can show on feed; outside it the unit is another one. */
export const plausibleHardness: Readonly<Record<string, readonly [min: number, max: number]>> = {
  'kg/cm2': [1, 30],
  kgf: [1, 30],
  N: [10, 300],
};

/** Every flag of one order; `convention` is how its plant writes, null for a plant that is not known. */
export function qualityFlags(order: ProductionOrder, convention: PlantConvention | null): OrderQualityFlag[] {
  const holds: Readonly<Record<OrderQualityFlag, boolean>> = {
    NEGATIVE_QUANTITY: hasNegativeQuantity(order),
    IMPLAUSIBLE_YIELD: hasImplausibleYield(order),
    PLANNED_NOT_POSITIVE: order.plannedTons === null || order.plannedTons <= 0,
    IMPLAUSIBLE_HARDNESS: [order.qaHardness, order.hardness].some((value) => !isHardness(value, convention)),
    PERCENTAGE_OUT_OF_RANGE: [order.qaDurabilityPct, order.durabilityPct, order.qaFinesPct, order.finesPct].some(
      (value) => value !== null && (value < 0 || value > 100),
    ),
    STORED_DIFFERENCE_DISAGREES: disagrees(order, convention),
    UNKNOWN_PLANT: order.siteId === null,
    NO_PRODUCT: order.productSku === null,
  };
  return orderQualityFlags.filter((flag) => holds[flag]);
}

/** Whether its weights may enter any sum. `usableSql` says the same in SQL. */
export function isUsable(order: ProductionOrder): boolean {
  return !hasNegativeQuantity(order) && !hasImplausibleYield(order);
}

function hasNegativeQuantity(order: ProductionOrder): boolean {
  const { plannedTons, producedTons, cancelledTons, rawMaterialTons, waterKg } = order;
  return [plannedTons, producedTons, cancelledTons, rawMaterialTons, waterKg].some((value) => (value ?? 0) < 0);
}

function hasImplausibleYield({ plannedTons, producedTons }: ProductionOrder): boolean {
  return plannedTons !== null && plannedTons > 0 && (producedTons ?? 0) > plannedTons * largestYield;
}

function isHardness(value: number | null, convention: PlantConvention | null): boolean {
  const range = convention === null ? undefined : plausibleHardness[convention.hardnessUnit];
  return value === null || range === undefined || (value >= range[0] && value <= range[1]);
}

function disagrees(order: ProductionOrder, convention: PlantConvention | null): boolean {
  const { differenceTons, storedDifferenceTons } = order;
  if (convention === null || differenceTons === null || storedDifferenceTons === null) return false;
  return Math.abs(storedDifferenceTons * convention.storedDifferenceSign - differenceTons) > storedToleranceTons;
}
