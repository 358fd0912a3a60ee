import type { DemoFeedProduct } from '../demo-feed-products.ts';
import { demoFeedProducts } from '../demo-feed-products.ts';
import { type DemoSite, demoSites } from '../demo-places.ts';

/** A demo plant as its own system knows it, and what makes it different from the others. */
export interface DemoPlant {
  readonly site: DemoSite;
  /** Name in `produccion_aliar`. */
  readonly name: string;
  readonly orderPrefix: string;
  readonly orders: number;
  readonly products: readonly DemoFeedProduct[];
  /** Sign in which its system stores a loss. */
  readonly storedDifferenceSign: 1 | -1;
  readonly hardnessUnit: string;
  readonly durabilityMethod: string;
  /** Share of the two years that had passed when Adiflow came, and its share of the orders at the end. */
  readonly adiflowFrom: number;
  readonly adiflowShare: number;
  /** Percent that is lost on an ordinary day without Adiflow. */
  readonly sackoffPct: number;
  readonly durabilityShift: number;
  /** Months (1 to 12) in which it is busiest. */
  readonly peakMonth: number;
}

const madeBy = (...starts: string[]) =>
  demoFeedProducts.filter(({ sku }) => starts.some((start) => sku.startsWith(start)));

/** Three plants, 8,000 orders. */
export const demoPlants: readonly DemoPlant[] = [
  {
    site: demoSites.plantaNorte,
    name: 'Planta Norte',
    orderPrefix: 'OPN',
    orders: 3_700,
    products: madeBy('AL-POLLO', 'AL-PONED', 'AL-PAVO', 'AL-TRUCH', 'AL-CONEJ'),
    storedDifferenceSign: 1,
    hardnessUnit: 'kg/cm2',
    durabilityMethod: 'ASAE S269.5',
    adiflowFrom: 0.15,
    adiflowShare: 0.72,
    sackoffPct: 1.1,
    durabilityShift: 0.3,
    peakMonth: 11,
  },
  {
    site: demoSites.plantaSur,
    name: 'Planta Sur',
    orderPrefix: 'OPS',
    orders: 2_500,
    products: madeBy('AL-CERDO', 'AL-POLLO-ENG', 'AL-POLLO-FIN', 'AL-PONED'),
    storedDifferenceSign: -1,
    hardnessUnit: 'kg/cm2',
    durabilityMethod: 'ASAE S269.5',
    adiflowFrom: 0.4,
    adiflowShare: 0.55,
    sackoffPct: 1.45,
    durabilityShift: -0.4,
    peakMonth: 8,
  },
  {
    site: demoSites.plantaQuillay,
    name: 'Planta Quillay',
    orderPrefix: 'OPQ',
    orders: 1_800,
    products: madeBy('AQ-'),
    storedDifferenceSign: 1,
    hardnessUnit: 'kg/cm2',
    durabilityMethod: 'HOLMEN',
    adiflowFrom: 0.6,
    adiflowShare: 0.4,
    sackoffPct: 1.25,
    durabilityShift: 0,
    peakMonth: 6,
  },
];
