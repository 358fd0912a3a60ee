import type { Metric } from '../metric.ts';
import { text } from '../text.ts';

type Own = Pick<Metric, 'title' | 'definition' | 'formula'> & Partial<Metric>;

const metric = (name: string, answer: string, own: Own): Metric => ({
  name: `clinics.${name}`,
  version: 1,
  owner: 'clinics',
  permission: 'clinics:read',
  unit: null,
  additivity: 'SUM',
  dimensions: ['CLINIC'],
  answeredBy: `clinicStats.${answer}`,
  datasets: ['clinics', 'appointments', 'slots'],
  sign: null,
  ...own,
});

/** As `clinicStats` makes them, of the clinic's own day. */
export const clinicMetrics: readonly Metric[] = [
  metric('appointments_today', 'appointmentsToday', {
    title: text('Citas de hoy', 'Appointments today'),
    definition: text('Citas del día en la clínica.', 'Appointments of the day at the clinic.'),
    formula: text('cantidad de citas de hoy', 'number of today’s appointments'),
  }),
  metric('open_slots_today', 'openSlotsToday', {
    title: text('Horas libres de hoy', 'Open slots today'),
    definition: text('Tramos de hoy que aún se pueden reservar.', 'Slots of today that can still be booked.'),
    formula: text('cantidad de tramos libres de hoy', 'number of today’s free slots'),
  }),
  metric('no_shows_today', 'noShowsToday', {
    title: text('Inasistencias de hoy', 'No-shows today'),
    definition: text('Citas de hoy a las que nadie llegó.', 'Appointments of today to which nobody came.'),
    formula: text('cantidad de citas de hoy en NOSHOW', 'number of today’s appointments in NOSHOW'),
    sign: text('Más bajo es mejor.', 'Lower is better.'),
  }),
  metric('average_response_seconds', 'averageResponseSeconds', {
    title: text('Tiempo de respuesta', 'Response time'),
    definition: text(
      'Segundos que esperó hoy un mensaje hasta su respuesta, en promedio.',
      'Seconds that a message of today waited for its answer, on average.',
    ),
    formula: text('Σ espera ÷ mensajes respondidos', 'Σ wait ÷ messages answered'),
    unit: 's',
    additivity: 'RATIO',
    sign: text('Más bajo es mejor.', 'Lower is better.'),
    datasets: ['clinics'],
  }),
];
