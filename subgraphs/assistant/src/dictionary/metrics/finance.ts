import type { Metric } from '../metric.ts';
import { text } from '../text.ts';

type Own = Pick<Metric, 'title' | 'definition' | 'formula' | 'unit' | 'additivity'> & Partial<Metric>;

const metric = (name: string, answeredBy: string, own: Own): Metric => ({
  name: `finance.${name}`,
  version: 1,
  owner: 'finance',
  permission: 'finance:read',
  dimensions: ['COMPANY'],
  answeredBy,
  datasets: ['profit_and_loss'],
  sign: null,
  ...own,
});

/** As the books and the staff records answer them; daily metrics of the warehouses carry their own definitions. */
export const financeMetrics: readonly Metric[] = [
  metric('daily_metric', 'dailyMetrics.value', {
    title: text('Indicador diario', 'Daily metric'),
    definition: text(
      'Cualquier indicador que `metricDefinitions` define: pedidos, ingresos y los demás.',
      'Any metric that `metricDefinitions` defines: orders, revenue and the others.',
    ),
    formula: text('según su definición', 'as its definition says'),
    unit: null,
    additivity: 'NONE',
    dimensions: ['DAY', 'SITE', 'COMPANY'],
    datasets: ['daily_metrics'],
  }),
  metric('gross_profit', 'profitAndLoss.grossProfit', {
    title: text('Margen bruto', 'Gross profit'),
    definition: text('Ingresos de operación menos costo de ventas.', 'Operating income minus cost of sales.'),
    formula: text('Σ ingresos − Σ costo de ventas', 'Σ income − Σ cost of sales'),
    unit: 'currency',
    additivity: 'SUM',
    sign: text('Positivo es ganancia.', 'Positive is a gain.'),
  }),
  metric('net_income', 'profitAndLoss.netIncome', {
    title: text('Resultado neto', 'Net income'),
    definition: text(
      'Margen bruto menos gastos, más otros ingresos, menos otros gastos.',
      'Gross profit minus expenses, plus other income, minus other expenses.',
    ),
    formula: text(
      'margen bruto − gastos + otros ingresos − otros gastos',
      'gross profit − expenses + other income − other expenses',
    ),
    unit: 'currency',
    additivity: 'SUM',
    sign: text('Positivo es ganancia.', 'Positive is a gain.'),
  }),
  metric('headcount', 'workforce.headcount', {
    title: text('Dotación', 'Headcount'),
    definition: text('Personas empleadas en el día.', 'People employed on the day.'),
    formula: text('cantidad de personas con contrato vigente', 'number of people under contract'),
    unit: null,
    additivity: 'SNAPSHOT',
    dimensions: ['DAY', 'COMPANY', 'SITE'],
    datasets: ['workforce'],
  }),
];
