import { type Text, text } from '../dictionary/text.ts';

/** A question that somebody could ask, and the governed metrics that answer it. */
export interface Example {
  readonly id: string;
  readonly question: Text;
  readonly metrics: readonly string[];
}

const example = (id: string, es: string, en: string, ...metrics: string[]): Example => ({
  id,
  question: text(es, en),
  metrics,
});

/** Questions to begin with; each is answerable from the metrics that it names. */
export const allExamples: readonly Example[] = [
  example(
    'production-month',
    '¿Cuántas toneladas produjo cada planta este mes?',
    'How many tons did each plant produce this month?',
    'production.produced_tons',
  ),
  example(
    'sackoff-trend',
    '¿Cómo ha evolucionado el sackoff por mes en el último año?',
    'How has sackoff developed by month over the last year?',
    'production.sackoff_pct',
  ),
  example(
    'efficiency-below-target',
    '¿Qué productos están bajo 90 % de eficiencia este trimestre?',
    'Which products are below 90 % efficiency this quarter?',
    'production.efficiency_pct',
  ),
  example(
    'adiflow-effect',
    '¿Mejora Adiflow la durabilidad del pellet?',
    'Does Adiflow make pellets more durable?',
    'production.adiflow_effect',
  ),
  example(
    'low-stock',
    '¿Qué productos están bajo su mínimo?',
    'Which products are below their minimum?',
    'inventory.low_stock_count',
  ),
  example(
    'stock-value',
    '¿Cuánto vale el inventario de cada sitio?',
    'What is the stock of each site worth?',
    'inventory.stock_value',
  ),
  example(
    'open-slots',
    '¿Cuántas horas libres quedan hoy en cada clínica?',
    'How many slots are open today at each clinic?',
    'clinics.open_slots_today',
  ),
  example(
    'open-alerts',
    '¿Qué puntos de captación tienen alertas abiertas?',
    'Which catchment points have open alerts?',
    'telemetry.open_alerts',
  ),
  example(
    'net-income',
    '¿Cuál fue el resultado neto de cada empresa el mes pasado?',
    'What was each company’s net income last month?',
    'finance.net_income',
  ),
  example(
    'water-per-ton',
    '¿Cuántos metros cúbicos de agua se usan por tonelada producida?',
    'How many cubic metres of water are used for each ton produced?',
    'telemetry.water_volume_m3',
    'production.produced_tons',
  ),
];
