import { type Dataset, field } from '../dataset.ts';
import { text } from '../text.ts';

const loaded = text(
  'Con cada carga desde su sistema (bodega, contabilidad, personas), según horario.',
  'With every load from its system (warehouse, books, people), on schedule.',
);

export const financeDatasets: readonly Dataset[] = [
  {
    name: 'warehouse_orders',
    owner: 'finance',
    permission: 'finance:read',
    title: text('Pedidos de bodega', 'Warehouse orders'),
    meaning: text(
      'Cada fila es un pedido del sistema de bodegas (WMS).',
      'Each row is an order of the warehouse system (WMS).',
    ),
    graphType: 'Order',
    graphQuery: 'orders',
    freshness: { rule: loaded, topics: [] },
    rules: [
      text('Dos empresas pueden usar el mismo número de pedido.', 'Two companies may use the same order number.'),
    ],
    fields: [
      field('orderNumber', 'TEXT', 'Número en el WMS.', 'Number in the WMS.', { synonyms: ['pedido'] }),
      field('orderType', 'TEXT', 'Clase, en palabras del origen.', 'Kind, in the source’s words.'),
      field('status', 'TEXT', 'Estado, en palabras del origen.', 'State, in the source’s words.'),
      field('orderedAt', 'TIME', 'Cuándo se pidió.', 'When it was placed.', { synonyms: ['fecha del pedido'] }),
      field('shippedAt', 'TIME', 'Cuándo salió.', 'When it left.', { synonyms: ['despacho'] }),
      field('total', 'MONEY', 'Monto.', 'Amount.', { unit: 'currency' }),
      field('currency', 'CHOICE', 'Moneda (ISO 4217).', 'Currency (ISO 4217).'),
      field('itemsCount', 'NUMBER', 'Líneas.', 'Lines.'),
      field('site', 'LINK', 'Bodega.', 'Warehouse.'),
      field('company', 'LINK', 'Empresa.', 'Company.'),
      field('customer', 'LINK', 'Cliente.', 'Customer.'),
    ],
  },
  {
    name: 'daily_metrics',
    owner: 'finance',
    permission: 'finance:read',
    title: text('Indicadores diarios', 'Daily metrics'),
    meaning: text(
      'Cada fila es el valor de un indicador en un día, de un sitio o una empresa.',
      'Each row is the value of a metric on a day, of a site or a company.',
    ),
    graphType: 'MetricValue',
    graphQuery: 'dailyMetrics',
    freshness: { rule: loaded, topics: ['finance.dailyMetricsChanged'] },
    rules: [
      text(
        'Las razones se suman por sus partes y los saldos toman el último valor; nunca se promedian.',
        'Ratios add up by their parts and balances take the last value; they are never averaged.',
      ),
    ],
    fields: [
      field('metric', 'TEXT', 'Nombre del indicador.', 'Name of the metric.'),
      field('date', 'DAY', 'Primer día del tramo.', 'First day of the bucket.'),
      field('value', 'NUMBER', 'Valor, en su unidad.', 'Value, in its unit.'),
      field('unit', 'TEXT', 'Unidad.', 'Unit.'),
    ],
  },
  {
    name: 'profit_and_loss',
    owner: 'finance',
    permission: 'finance:read',
    title: text('Estado de resultados', 'Profit and loss'),
    meaning: text(
      'Lo que una empresa ganó y gastó en un período, cuenta por cuenta.',
      'What a company earned and spent over a period, account by account.',
    ),
    graphType: 'ProfitAndLoss',
    graphQuery: 'profitAndLoss',
    freshness: { rule: loaded, topics: [] },
    rules: [text('Libros en dos monedas no se suman.', 'Books in two currencies are not added up.')],
    fields: [
      field('income', 'MONEY', 'Ingresos de operación.', 'Operating income.', {
        unit: 'currency',
        synonyms: ['ventas netas'],
      }),
      field('costOfSales', 'MONEY', 'Costo de ventas.', 'Cost of sales.', { unit: 'currency' }),
      field('grossProfit', 'MONEY', 'Margen bruto.', 'Gross profit.', { unit: 'currency', synonyms: ['margen'] }),
      field('expenses', 'MONEY', 'Gastos de operación.', 'Operating expenses.', { unit: 'currency' }),
      field('netIncome', 'MONEY', 'Resultado neto.', 'Net income.', {
        unit: 'currency',
        synonyms: ['utilidad', 'ganancia'],
      }),
      field('currency', 'CHOICE', 'Moneda (ISO 4217).', 'Currency (ISO 4217).'),
    ],
  },
  {
    name: 'workforce',
    owner: 'finance',
    permission: 'finance:read',
    title: text('Dotación', 'Workforce'),
    meaning: text(
      'Personas empleadas en un día: números, nunca nombres.',
      'People employed on a day: numbers, never names.',
    ),
    graphType: 'Workforce',
    graphQuery: 'workforce',
    freshness: { rule: loaded, topics: [] },
    rules: [],
    fields: [
      field('date', 'DAY', 'Día.', 'Day.'),
      field('headcount', 'NUMBER', 'Personas empleadas.', 'People employed.', {
        synonyms: ['dotación', 'trabajadores'],
      }),
      field('hired', 'NUMBER', 'Ingresos de los últimos 30 días.', 'Hired in the last 30 days.', {
        synonyms: ['contrataciones'],
      }),
      field('left', 'NUMBER', 'Salidas de los últimos 30 días.', 'Left in the last 30 days.', { synonyms: ['bajas'] }),
    ],
  },
];
