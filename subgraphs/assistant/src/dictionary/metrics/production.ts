import type { Metric } from '../metric.ts';
import { type Text, text } from '../text.ts';

const lossSign = text(
  'Positivo es pérdida (merma); negativo es ganancia.',
  'Positive is a loss (shrink); negative is a gain.',
);

type Own = Pick<Metric, 'title' | 'definition' | 'formula' | 'unit' | 'additivity'> & { readonly sign?: Text };

const metric = (name: string, answer: string, own: Own): Metric => ({
  name: `production.${name}`,
  version: 1,
  owner: 'production',
  permission: 'production:read',
  dimensions: ['DAY', 'SITE', 'COMPANY', 'PRODUCT', 'ADIFLOW'],
  answeredBy: answer,
  datasets: ['production_orders'],
  sign: null,
  ...own,
});

/** As `productionKpis` makes them: from sums, without orders whose weights are impossible. */
export const productionMetrics: readonly Metric[] = [
  metric('planned_tons', 'productionKpis.plannedTons', {
    title: text('Toneladas planificadas', 'Planned tons'),
    definition: text(
      'Toneladas que las órdenes del período mandaban producir.',
      'Tons that the orders of the period asked for.',
    ),
    formula: text('Σ planificado', 'Σ planned'),
    unit: 't',
    additivity: 'SUM',
  }),
  metric('produced_tons', 'productionKpis.producedTons', {
    title: text('Toneladas producidas', 'Produced tons'),
    definition: text(
      'Toneladas producidas por las órdenes del período, terminadas o no.',
      'Tons that the orders of the period produced, finished or not.',
    ),
    formula: text('Σ producido', 'Σ produced'),
    unit: 't',
    additivity: 'SUM',
  }),
  metric('cancelled_tons', 'productionKpis.cancelledTons', {
    title: text('Toneladas anuladas', 'Cancelled tons'),
    definition: text(
      'Toneladas anuladas de las órdenes del período.',
      'Tons of the period’s orders that were cancelled.',
    ),
    formula: text('Σ anulado', 'Σ cancelled'),
    unit: 't',
    additivity: 'SUM',
  }),
  metric('order_difference_tons', 'productionKpis.orderDifferenceTons', {
    title: text('Diferencia de orden', 'Order difference'),
    definition: text(
      'Planificado menos producido menos anulado de las órdenes despachadas.',
      'Planned minus produced minus cancelled, of dispatched orders.',
    ),
    formula: text('Σ (planificado − producido − anulado)', 'Σ (planned − produced − cancelled)'),
    unit: 't',
    additivity: 'SUM',
    sign: lossSign,
  }),
  metric('efficiency_pct', 'productionKpis.efficiencyPct', {
    title: text('Eficiencia', 'Efficiency'),
    definition: text(
      'Producido sobre planificado, de órdenes con plan mayor que cero y peso producido.',
      'Produced over planned, of orders with a plan above zero and a produced weight.',
    ),
    formula: text('Σ producido ÷ Σ planificado × 100', 'Σ produced ÷ Σ planned × 100'),
    unit: '%',
    additivity: 'RATIO',
    sign: text('Más alto es mejor; 100 % es el plan.', 'Higher is better; 100 % is the plan.'),
  }),
  metric('sackoff_pct', 'productionKpis.sackoffPct', {
    title: text('Sackoff', 'Sackoff'),
    definition: text(
      'Diferencia de orden sobre lo producido, de órdenes despachadas; nunca promedio de porcentajes.',
      'Order difference over produced, of dispatched orders; never a mean of percentages.',
    ),
    formula: text(
      'Σ (planificado − producido − anulado) ÷ Σ producido × 100',
      'Σ (planned − produced − cancelled) ÷ Σ produced × 100',
    ),
    unit: '%',
    additivity: 'RATIO',
    sign: lossSign,
  }),
  metric('mass_balance_shrink_pct', 'productionKpis.massBalanceShrinkPct', {
    title: text('Merma por balance de masa', 'Mass-balance shrink'),
    definition: text(
      'Lo que entró (materia prima y agua) menos lo producido, sobre la materia prima, de órdenes despachadas.',
      'What went in (raw material and water) minus what was produced, over raw material, of dispatched orders.',
    ),
    formula: text(
      '(Σ materia prima + Σ agua − Σ producido) ÷ Σ materia prima × 100',
      '(Σ raw material + Σ water − Σ produced) ÷ Σ raw material × 100',
    ),
    unit: '%',
    additivity: 'RATIO',
    sign: lossSign,
  }),
  metric('durability_pct', 'productionKpis.durabilityPct', {
    title: text('Durabilidad (PDI)', 'Durability (PDI)'),
    definition: text(
      'Durabilidad del pellet según laboratorio, promedio por orden; sin valor si se mezclan métodos.',
      'Pellet durability by the laboratory, mean over orders; no value when methods are mixed.',
    ),
    formula: text('promedio de PDI', 'mean of PDI'),
    unit: '%',
    additivity: 'RATIO',
    sign: text('Más alto es mejor.', 'Higher is better.'),
  }),
  metric('hardness', 'productionKpis.hardness', {
    title: text('Dureza', 'Hardness'),
    definition: text(
      'Dureza del pellet según laboratorio, promedio por orden, en la unidad de la planta; sin valor si se mezclan unidades.',
      'Pellet hardness by the laboratory, mean over orders, in the plant’s unit; no value when units are mixed.',
    ),
    formula: text('promedio de dureza', 'mean of hardness'),
    unit: null,
    additivity: 'RATIO',
  }),
  metric('fines_pct', 'productionKpis.finesPct', {
    title: text('Finos', 'Fines'),
    definition: text('Finos según laboratorio, promedio por orden.', 'Fines by the laboratory, mean over orders.'),
    formula: text('promedio de finos', 'mean of fines'),
    unit: '%',
    additivity: 'RATIO',
    sign: text('Más bajo es mejor.', 'Lower is better.'),
  }),
  metric('adiflow_share_pct', 'productionKpis.adiflowSharePct', {
    title: text('Parte con Adiflow', 'Adiflow share'),
    definition: text(
      'Parte de las toneladas producidas que llevó Adiflow.',
      'Share of the produced tons that was made with Adiflow.',
    ),
    formula: text('Σ producido con Adiflow ÷ Σ producido × 100', 'Σ produced with Adiflow ÷ Σ produced × 100'),
    unit: '%',
    additivity: 'RATIO',
  }),
  metric('order_count', 'productionKpis.orderCounts.total', {
    title: text('Órdenes de producción', 'Production orders'),
    definition: text('Órdenes del período, de cualquier estado.', 'Orders of the period, in any state.'),
    formula: text('cantidad de órdenes', 'number of orders'),
    unit: null,
    additivity: 'SUM',
  }),
  metric('adiflow_effect', 'adiflowEffect.outcomes', {
    title: text('Efecto de Adiflow', 'Adiflow effect'),
    definition: text(
      'Diferencia entre órdenes con y sin Adiflow del mismo producto, planta y mes, con intervalo de 95 %; sin respuesta si no se pueden comparar.',
      'Difference between orders with and without Adiflow of the same product, plant and month, with a 95 % interval; no answer when they cannot be compared.',
    ),
    formula: text(
      'Σ peso × (con − sin) ÷ Σ peso, por producto, planta y mes',
      'Σ weight × (with − without) ÷ Σ weight, by product, plant and month',
    ),
    unit: null,
    additivity: 'NONE',
    sign: text('Con menos sin: positivo es más con Adiflow.', 'With minus without: positive is more with Adiflow.'),
  }),
];
