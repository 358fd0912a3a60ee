import type { ProductionOrder as OrderRow } from '@cauce/prisma/client';
import type { WallClock } from '../plant-time.ts';

/** Cancelled: nothing of it was or will be made. Open: still being made, or not yet dispatched. */
export const orderStatuses = ['OPEN', 'DISPATCHED', 'CANCELLED'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** A feed-plant order in our words. Weights are metric tons, water kilograms, shares percent. */
export interface ProductionOrder {
  readonly id: string;
  readonly registryId: number;
  readonly orderNumber: string;
  /** What the plant's clock showed. */
  readonly producedAt: WallClock;
  readonly plant: string | null;
  readonly siteId: string | null;
  readonly companyId: string | null;
  readonly productSku: string | null;
  readonly productName: string | null;
  readonly status: OrderStatus;
  readonly isDispatched: boolean;
  readonly hasAdiflow: boolean | null;
  readonly plannedTons: number | null;
  readonly producedTons: number | null;
  readonly cancelledTons: number | null;
  readonly rawMaterialTons: number | null;
  readonly waterKg: number | null;
  readonly postGreaseOilPct: number | null;
  readonly distributorPressurePsi: number | null;
  readonly feederLoadPct: number | null;
  readonly conditionerPressurePsi: number | null;
  readonly qaDurabilityPct: number | null;
  readonly qaHardness: number | null;
  readonly qaFinesPct: number | null;
  readonly durabilityPct: number | null;
  readonly hardness: number | null;
  readonly finesPct: number | null;
  /** Planned − produced − cancelled, positive for a loss; null until something was produced. */
  readonly differenceTons: number | null;
  readonly storedDifferenceTons: number | null;
  readonly storedSackoffPct: number | null;
  readonly updatedAt: Date;
  readonly createdAt: Date;
}

/** Translates a row of `produccion_aliar`. */
export function toOrder(row: OrderRow): ProductionOrder {
  const plannedTons = row.plannedTons?.toNumber() ?? null;
  const producedTons = row.producedTons?.toNumber() ?? null;
  const cancelledTons = row.cancelledTons?.toNumber() ?? null;
  const isDispatched = row.isDispatched ?? false;
  return {
    id: row.id,
    registryId: row.registryId,
    orderNumber: row.orderNumber,
    producedAt: row.producedAt,
    plant: row.plant,
    siteId: row.siteId,
    companyId: row.companyId,
    productSku: row.productReference?.trim() || null,
    productName: row.productName,
    status: statusOf({ isDispatched, plannedTons, producedTons, cancelledTons }),
    isDispatched,
    hasAdiflow: row.hasAdiflow,
    plannedTons,
    producedTons,
    cancelledTons,
    rawMaterialTons: row.rawMaterialTons?.toNumber() ?? null,
    waterKg: row.waterKg?.toNumber() ?? null,
    postGreaseOilPct: row.postGreaseOilPct?.toNumber() ?? null,
    distributorPressurePsi: row.distributorPressurePsi?.toNumber() ?? null,
    feederLoadPct: row.feederLoadPct?.toNumber() ?? null,
    conditionerPressurePsi: row.conditionerPressurePsi?.toNumber() ?? null,
    qaDurabilityPct: row.qaDurabilityPct?.toNumber() ?? null,
    qaHardness: row.qaHardness?.toNumber() ?? null,
    qaFinesPct: row.qaFinesPct?.toNumber() ?? null,
    durabilityPct: row.durabilityPct?.toNumber() ?? null,
    hardness: row.hardness?.toNumber() ?? null,
    finesPct: row.finesPct?.toNumber() ?? null,
    differenceTons: differenceTons({ plannedTons, producedTons, cancelledTons }),
    storedDifferenceTons: row.storedDifferenceTons?.toNumber() ?? null,
    storedSackoffPct: row.storedSackoffPct?.toNumber() ?? null,
    updatedAt: row.updatedAt,
    createdAt: row.createdAt,
  };
}

type Weights = Pick<ProductionOrder, 'plannedTons' | 'producedTons' | 'cancelledTons'>;

export function statusOf({
  isDispatched,
  plannedTons,
  producedTons,
  cancelledTons,
}: Weights & {
  readonly isDispatched: boolean;
}): OrderStatus {
  if (isDispatched) return 'DISPATCHED';
  const isWhole = plannedTons !== null && plannedTons > 0 && (cancelledTons ?? 0) >= plannedTons;
  return isWhole && (producedTons ?? 0) === 0 ? 'CANCELLED' : 'OPEN';
}

/** The order difference in tons, to two decimals, positive for a loss. */
export function differenceTons({ plannedTons, producedTons, cancelledTons }: Weights): number | null {
  if (plannedTons === null || producedTons === null) return null;
  return Math.round((plannedTons - producedTons - (cancelledTons ?? 0)) * 100) / 100;
}

/** Its difference as percent of what was produced; null when nothing was. */
export function sackoffPct(weights: Weights): number | null {
  const difference = differenceTons(weights);
  const produced = weights.producedTons ?? 0;
  return difference === null || produced <= 0 ? null : (difference / produced) * 100;
}
