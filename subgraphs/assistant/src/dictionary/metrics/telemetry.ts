import type { Metric } from '../metric.ts';
import { text } from '../text.ts';

/** As telemetry answers them for a place. */
export const telemetryMetrics: readonly Metric[] = [
  {
    name: 'telemetry.water_volume_m3',
    version: 1,
    owner: 'telemetry',
    permission: 'telemetry:read',
    title: text('Agua captada', 'Water taken'),
    definition: text(
      'Agua que pasó por los puntos de un sitio en el período, según sus contadores.',
      'Water that flowed at the points of a site over the period, by their counters.',
    ),
    formula: text('Σ avance de los contadores', 'Σ advance of the counters'),
    unit: 'm3',
    additivity: 'SUM',
    dimensions: ['DAY', 'SITE', 'COMPANY'],
    sign: null,
    answeredBy: 'site.waterUse.volumeM3',
    datasets: ['catchment_points', 'measurements'],
  },
  {
    name: 'telemetry.open_alerts',
    version: 1,
    owner: 'telemetry',
    permission: 'telemetry:read',
    title: text('Alertas abiertas', 'Open alerts'),
    definition: text('Episodios que no han terminado.', 'Episodes that are not over.'),
    formula: text('cantidad de alertas sin resolver', 'number of alerts not resolved'),
    unit: null,
    additivity: 'SNAPSHOT',
    dimensions: ['SITE', 'POINT'],
    sign: text('Más bajo es mejor.', 'Lower is better.'),
    answeredBy: 'alerts.totalCount',
    datasets: ['water_alerts'],
  },
];
