import type { Metric } from '../metric.ts';
import { text } from '../text.ts';

type Own = Pick<Metric, 'title' | 'definition' | 'formula' | 'unit' | 'additivity'> & Partial<Metric>;

const metric = (name: string, answer: string, own: Own): Metric => ({
  name: `inventory.${name}`,
  version: 1,
  owner: 'inventory',
  permission: 'inventory:read',
  dimensions: ['SITE', 'COMPANY', 'CATEGORY'],
  answeredBy: `inventoryKpis.${answer}`,
  datasets: ['products', 'stock_levels'],
  sign: null,
  ...own,
});

/** As `inventoryKpis` makes them, of the stock as it is now. */
export const inventoryMetrics: readonly Metric[] = [
  metric('low_stock_count', 'lowStockCount', {
    title: text('Productos bajo mínimo', 'Products below minimum'),
    definition: text(
      'Productos a la venta con menos que su mínimo en alguna bodega.',
      'Products on sale with less than their minimum in some warehouse.',
    ),
    formula: text('cantidad de productos con existencia < mínimo', 'number of products with on hand < minimum'),
    unit: null,
    additivity: 'NONE',
    sign: text('Más bajo es mejor.', 'Lower is better.'),
  }),
  metric('negative_stock_count', 'negativeStockCount', {
    title: text('Productos con existencia negativa', 'Products with negative stock'),
    definition: text(
      'Productos con menos que nada en alguna bodega: se vendieron antes de ingresarse.',
      'Products with less than nothing in some warehouse: sold before they were entered.',
    ),
    formula: text('cantidad de productos con existencia < 0', 'number of products with on hand < 0'),
    unit: null,
    additivity: 'NONE',
    sign: text('Más bajo es mejor.', 'Lower is better.'),
  }),
  metric('stock_value', 'stockValue', {
    title: text('Valor del inventario', 'Stock value'),
    definition: text(
      'Unidades por costo; lo negativo o sin costo vale nada.',
      'Units times cost; what is negative or has no cost counts as nothing.',
    ),
    formula: text('Σ existencia × costo', 'Σ on hand × cost'),
    unit: 'currency',
    additivity: 'SNAPSHOT',
  }),
  metric('days_of_cover', 'daysOfCover', {
    title: text('Días de cobertura', 'Days of cover'),
    definition: text(
      'Días que dura lo que se vende, al costo y al ritmo de los últimos 90 días.',
      'Days that the stock of what sells lasts, at cost, at the pace of the last 90 days.',
    ),
    formula: text('Σ existencia × costo ÷ costo de venta diario', 'Σ on hand × cost ÷ daily cost of sales'),
    unit: 'd',
    additivity: 'RATIO',
  }),
];
