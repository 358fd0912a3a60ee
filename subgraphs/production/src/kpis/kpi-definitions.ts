/** The headline numbers of production. Every one is made from sums; none is a mean of ratios. */
export const productionMetrics = [
  'PLANNED_TONS',
  'PRODUCED_TONS',
  'CANCELLED_TONS',
  'ORDER_DIFFERENCE_TONS',
  'EFFICIENCY_PCT',
  'SACKOFF_PCT',
  'MASS_BALANCE_SHRINK_PCT',
  'DURABILITY_PCT',
  'HARDNESS',
  'FINES_PCT',
  'ADIFLOW_SHARE_PCT',
  'ORDER_COUNT',
] as const;
export type ProductionMetric = (typeof productionMetrics)[number];

/** What a number means, in words that a plant manager can check. */
export interface KpiDefinition {
  readonly metric: ProductionMetric;
  /** Grows when the meaning changes, so that two reports can be told apart. */
  readonly version: number;
  /** Null where the unit comes from the data, as for hardness. */
  readonly unit: string | null;
  readonly formula: string;
  readonly es: string;
  readonly en: string;
  /** Which direction is good, or what a sign says; null where neither applies. */
  readonly sign: { readonly es: string; readonly en: string } | null;
}

const lossSign = {
  es: 'Positivo es pérdida (merma); negativo es ganancia.',
  en: 'Positive is a loss (shrink); negative is a gain.',
};

const define = (
  metric: ProductionMetric,
  unit: string | null,
  formula: string,
  es: string,
  en: string,
  sign: KpiDefinition['sign'] = null,
): KpiDefinition => ({ metric, version: 1, unit, formula, es, en, sign });

/**
 * One definition for each metric. An order with a negative weight, or that made more than one and a half times its
 * plan, is counted as excluded and enters no number.
 */
export const kpiDefinitions: Readonly<Record<ProductionMetric, KpiDefinition>> = {
  PLANNED_TONS: define(
    'PLANNED_TONS',
    't',
    'Σ planned',
    'Toneladas que las órdenes del período mandaban producir.',
    'Tons that the orders of the period asked for.',
  ),
  PRODUCED_TONS: define(
    'PRODUCED_TONS',
    't',
    'Σ produced',
    'Toneladas producidas por las órdenes del período, terminadas o no.',
    'Tons that the orders of the period produced, finished or not.',
  ),
  CANCELLED_TONS: define(
    'CANCELLED_TONS',
    't',
    'Σ cancelled',
    'Toneladas anuladas de las órdenes del período.',
    'Tons of the period’s orders that were cancelled.',
  ),
  ORDER_DIFFERENCE_TONS: define(
    'ORDER_DIFFERENCE_TONS',
    't',
    'Σ (planned − produced − cancelled), dispatched orders',
    'Planificado menos producido menos anulado, solo órdenes despachadas: una orden sin terminar parecería pérdida.',
    'Planned minus produced minus cancelled, dispatched orders only: an unfinished order would look like a loss.',
    lossSign,
  ),
  EFFICIENCY_PCT: define(
    'EFFICIENCY_PCT',
    '%',
    'Σ produced ÷ Σ planned × 100, orders with a plan above zero and a produced weight',
    'Producido sobre planificado, de órdenes con plan mayor que cero y peso producido.',
    'Produced over planned, of orders with a plan above zero and a produced weight.',
    { es: 'Más alto es mejor; 100 % es el plan.', en: 'Higher is better; 100 % is the plan.' },
  ),
  SACKOFF_PCT: define(
    'SACKOFF_PCT',
    '%',
    'Σ (planned − produced − cancelled) ÷ Σ produced × 100, dispatched orders',
    'Diferencia de orden sobre lo producido, desde sumas y solo órdenes despachadas; nunca promedio de porcentajes.',
    'Order difference over produced, from sums and dispatched orders only; never a mean of percentages.',
    lossSign,
  ),
  MASS_BALANCE_SHRINK_PCT: define(
    'MASS_BALANCE_SHRINK_PCT',
    '%',
    '(Σ raw material + Σ water − Σ produced) ÷ Σ raw material × 100, dispatched orders with raw material weighed',
    'Lo que entró (materia prima y agua) menos lo producido, sobre la materia prima. Muestra la pérdida que el agua esconde.',
    'What went in (raw material and water) minus what was produced, over raw material. Shows the loss that water hides.',
    lossSign,
  ),
  DURABILITY_PCT: define(
    'DURABILITY_PCT',
    '%',
    'mean of the laboratory’s PDI over orders that have one',
    'Durabilidad del pellet (PDI) según QA agroindustrial, promedio por orden. Sin valor si se mezclan métodos de ensayo.',
    'Pellet durability (PDI) by the agroindustrial laboratory, mean over orders. No value when test methods are mixed.',
    { es: 'Más alto es mejor.', en: 'Higher is better.' },
  ),
  HARDNESS: define(
    'HARDNESS',
    null,
    'mean of the laboratory’s hardness over orders that have a plausible one in the plant’s unit',
    'Dureza del pellet según QA agroindustrial, promedio por orden. Sin valor si se mezclan unidades; los valores imposibles para la unidad no cuentan.',
    'Pellet hardness by the agroindustrial laboratory, mean over orders. No value when units are mixed; values impossible for the unit do not count.',
  ),
  FINES_PCT: define(
    'FINES_PCT',
    '%',
    'mean of the laboratory’s fines share over orders that have one',
    'Finos según QA agroindustrial, promedio por orden.',
    'Fines by the agroindustrial laboratory, mean over orders.',
    { es: 'Más bajo es mejor.', en: 'Lower is better.' },
  ),
  ADIFLOW_SHARE_PCT: define(
    'ADIFLOW_SHARE_PCT',
    '%',
    'Σ produced with Adiflow ÷ Σ produced of orders that say whether it was used × 100',
    'Parte de las toneladas producidas que llevó Adiflow.',
    'Share of the produced tons that was made with Adiflow.',
  ),
  ORDER_COUNT: define(
    'ORDER_COUNT',
    null,
    'number of orders',
    'Órdenes de producción del período, de cualquier estado.',
    'Production orders of the period, in any state.',
  ),
};
