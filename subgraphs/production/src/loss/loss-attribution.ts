import type { KpiSums } from '../kpis/kpi-sums.ts';

/** Shares that the table cannot tell and somebody who knows the plant can. */
export interface LossAssumptions {
  /** Of the water added, how much leaves again as steam in the cooler, in percent. */
  readonly waterLostPct: number;
  /** Of the fines, how many are not returned to the press, in percent. */
  readonly finesLostPct: number;
}

/** Half of the water stays in the pellet and a twentieth of the fines escapes: to be replaced by what a plant measured. */
export const defaultAssumptions: LossAssumptions = { waterLostPct: 50, finesLostPct: 5 };

export const lossComponents = ['DOSING', 'MOISTURE', 'FINES', 'UNEXPLAINED'] as const;

export interface LossPart {
  readonly component: (typeof lossComponents)[number];
  /** Under the assumptions. Positive is a loss, negative a gain. */
  readonly tons: number;
  /** The least and the most it can be, whatever is assumed; the same for what was weighed. */
  readonly leastTons: number;
  readonly mostTons: number;
  /** Of the produced tons. */
  readonly pct: number | null;
  /** Weighed, or made from a weight and an assumption. */
  readonly isEstimated: boolean;
}

export interface LossAttribution {
  readonly orders: number;
  /** Dispatched orders that could not be taken apart, because their raw material was not weighed. */
  readonly ordersWithoutRawMaterial: number;
  readonly plannedTons: number;
  readonly producedTons: number;
  readonly cancelledTons: number;
  /** Planned − produced − cancelled, of these orders. */
  readonly differenceTons: number;
  /** Raw material + water − produced. */
  readonly massLossTons: number;
  /** They add up to `differenceTons`. */
  readonly parts: readonly LossPart[];
  readonly assumptions: LossAssumptions;
}

/**
 * Takes the order difference apart by mass balance. With raw material R, water W, planned P, cancelled C, produced Q:
 *
 *   P − C − Q  =  (P − C − R − W)  +  (R + W − Q)
 *
 * The first bracket is what the scales did not put in (a dosing or weighing error, measured). The second was put in
 * and did not come out: water that left as steam and fines that were not returned, both estimated and together no
 * more than there is to explain, and a rest that nothing explains.
 */
export function attributeLoss(sums: KpiSums, assumptions: LossAssumptions = defaultAssumptions): LossAttribution {
  const asked = sums.massPlannedTons - sums.massCancelledTons;
  const putIn = sums.massRawTons + sums.massWaterTons;
  const massLossTons = putIn - sums.massProducedTons;
  const explainable = Math.max(0, massLossTons);
  const mostMoisture = Math.min(explainable, sums.massWaterTons);
  const mostFines = Math.min(explainable, sums.massFinesTons);
  const moisture = Math.min(explainable, (sums.massWaterTons * assumptions.waterLostPct) / 100);
  const fines = Math.min(explainable - moisture, (sums.massFinesTons * assumptions.finesLostPct) / 100);
  const leastUnexplained = massLossTons - Math.min(explainable, mostMoisture + mostFines);
  const part = (component: LossPart['component'], tons: number, least: number, most: number): LossPart => ({
    component,
    tons: round(tons),
    leastTons: round(least),
    mostTons: round(most),
    pct: sums.massProducedTons > 0 ? round((tons / sums.massProducedTons) * 100) : null,
    isEstimated: component !== 'DOSING',
  });
  return {
    orders: sums.massOrders,
    ordersWithoutRawMaterial: sums.lossOrders - sums.massOrders,
    plannedTons: sums.massPlannedTons,
    producedTons: sums.massProducedTons,
    cancelledTons: sums.massCancelledTons,
    differenceTons: round(asked - sums.massProducedTons),
    massLossTons: round(massLossTons),
    parts: [
      part('DOSING', asked - putIn, asked - putIn, asked - putIn),
      part('MOISTURE', moisture, 0, mostMoisture),
      part('FINES', fines, 0, mostFines),
      part('UNEXPLAINED', massLossTons - moisture - fines, leastUnexplained, massLossTons),
    ],
    assumptions,
  };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
